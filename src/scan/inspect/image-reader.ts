import type { AnyExtractor } from '../../base/model/ecosystem.ts'
import type { ImageSource } from '../image/source.ts'
import type { ContentPart, PartFacts } from './content-part.ts'
import { knownBlobs } from './known-blobs.ts'
import { fingerprintOf, fingerprintOfParts, type LayerCache, openLayerCache } from './layer-cache.ts'
import type { LayerReader } from './read-layers.ts'
import type { InspectRequest } from './request.ts'

const defaultCacheBytes = 1024 * 1024 * 1024

/**
 * An image's layers, recalled where we know what we would read. `done` writes down what was learned about this image's files, and answers whether every layer
 * is known now, by digests that we computed or trust.
 */
export function imageReader(
  source: ImageSource,
  request: InspectRequest,
  extractors: AnyExtractor[],
): LayerReader & { done(): boolean } {
  const { cacheDir, target } = request
  const cache = cacheDir === undefined ? undefined : openLayerCache(cacheDir, fingerprintOf(extractors))
  const known = knownBlobs(cacheDir, target, source.addressedBy)
  let grown = false
  /** Readings that were cut short or did not keep their word. */
  let amiss = 0
  const partCaches = new Map<ContentPart, LayerCache<PartFacts>>()
  const cacheOf = (part: ContentPart): LayerCache<PartFacts> | undefined => {
    if (cacheDir === undefined) return undefined
    const open =
      partCaches.get(part) ?? openLayerCache<PartFacts>(cacheDir, fingerprintOfParts([part.scanner, part.digest]))
    partCaches.set(part, open)
    return open
  }
  return {
    count: source.layers.length,
    async read(index, visitor) {
      const reading = await source.readLayer(index, visitor, request.limits)
      if (reading.problems.length > 0) amiss++
      return reading
    },
    recall(index, variant) {
      const digest = known.digestOf(source.layers[index]!)
      return digest === undefined ? undefined : cache?.get(digest, variant)
    },
    keep(index, facts, { problems, digest, diffId }, variant) {
      // What was cut short or does not keep its word is read again the next time.
      if (!cache || problems.length > 0) return
      for (const computed of new Set([digest, diffId])) if (computed) cache.put(computed, facts, variant)
      const computed = digest ?? diffId
      if (computed) known.remember(source.layers[index]!, computed)
      grown = true
    },
    recallPart(index, part) {
      const digest = known.digestOf(source.layers[index]!)
      return digest === undefined ? undefined : cacheOf(part)?.get(digest)
    },
    keepPart(_, part, facts, { problems, digest, diffId }) {
      if (problems.length > 0) return
      for (const computed of new Set([digest, diffId])) if (computed) cacheOf(part)?.put(computed, facts)
      grown = true
    },
    done() {
      known.save()
      if (grown) cache?.prune(request.maxCacheBytes ?? defaultCacheBytes)
      return amiss === 0
    },
  }
}
