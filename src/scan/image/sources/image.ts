import type { Artifact, IncompleteCode } from '../../../base/model/inventory.ts'
import type { LayerReading, LayerVisitor, ReadLimits } from '../../../base/model/visitor.ts'
import type { Blob } from '../blob.ts'
import { isDigest } from '../digest.ts'
import { createDigester } from '../digester.ts'
import { createInflater } from '../inflate/pipe.ts'
import { readLayerBlob, type VerifiedDigests } from '../layer.ts'
import type { ImageLayer, ImageSource, OpenOptions } from '../source.ts'
import { asStrings, type Json } from './documents.ts'

/** A layer and where its bytes are; no blob: a foreign layer that the image only points to, or one that is missing. */
export interface StoredLayer extends ImageLayer {
  blob?: Blob
  /** Of the descriptor, when it disagrees with the blob. */
  statedSize?: number
  /** Reads a layer that stands in no blob: an unpacked one. */
  read?: (visitor: LayerVisitor, limits: Partial<ReadLimits> | undefined) => Promise<LayerReading>
}

/** A layer's bytes, which whoever supplies them has compared with its digest; or why there are none. */
export type SuppliedLayer = { blob: Blob } | { problem: { code: IncompleteCode; detail: string } }

export interface ImageParts {
  name: string
  imageId?: string
  repoTags?: string[]
  repoDigests?: string[]
  config?: Json
  layers: StoredLayer[]
  problems?: LayerReading['problems']
  /** Brings the layers' blobs when they were not fetched at once (the daemon's). */
  fetch?: () => Promise<Pick<ImageParts, 'layers' | 'config'>>
  /** Brings the bytes of one layer. */
  supply?: (index: number) => Promise<SuppliedLayer>
  addressedBy?: ImageSource['addressedBy']
  close(): void
}

/** An image source over parts that some origin found. */
export function createImageSource(parts: ImageParts, options: OpenOptions): ImageSource {
  const digester = createDigester()
  const inflater = createInflater()
  const verified = new Map<number, VerifiedDigests>()
  let stored = parts.fetch === undefined ? parts.layers : undefined
  const artifact = artifactOf(parts)
  const fetchLayers = async (): Promise<StoredLayer[]> => {
    const { layers, config } = await parts.fetch!()
    Object.assign(artifact, { config, layers: shownLayers({ layers, config }) })
    return layers
  }
  return {
    artifact,
    layers: parts.layers.map(publicLayer),
    problems: parts.problems ?? [],
    ...(parts.addressedBy && { addressedBy: parts.addressedBy }),
    async readLayer(index, visitor, limits) {
      stored ??= await fetchLayers()
      const layer = stored[index]
      if (layer === undefined) throw new RangeError(`no layer ${index}`)
      if (layer.read !== undefined) return layer.read(visitor, limits)
      if (layer.blob === undefined && parts.supply !== undefined) {
        const supplied = await parts.supply(index)
        if ('problem' in supplied) return unsupplied(layer, supplied.problem)
        layer.blob = supplied.blob
        if (layer.digest && !options.verifyDiffIds) verified.set(index, { digest: layer.digest })
      }
      if (layer.blob === undefined) return missing(layer)
      const { blob } = layer
      const onProgress =
        options.onProgress && ((done: number) => options.onProgress!({ phase: 'layer', index, done, total: blob.size }))
      const known = verified.get(index)
      const { signal, verifyDiffIds } = options
      const reading = await readLayerBlob({
        layer,
        blob,
        visitor,
        limits,
        digester,
        inflater,
        verifyDiffIds,
        known,
        onProgress,
        signal,
      })
      if (!reading.problems.some(problem => problem.code === 'digest_mismatch')) verified.set(index, digestsIn(reading))
      reading.problems.unshift(...sizeProblems(layer, blob))
      return reading
    },
    async close() {
      await Promise.all([digester.close(), inflater.close()])
      parts.close()
    },
  }
}

function digestsIn({ digest, diffId }: LayerReading): VerifiedDigests {
  return { ...(digest && { digest }), ...(diffId && { diffId }) }
}

function publicLayer({ index, digest, diffId, size, mediaType }: StoredLayer): ImageLayer {
  return { index, ...(digest && { digest }), ...(diffId && { diffId }), size, mediaType }
}

function artifactOf(parts: ImageParts): Artifact {
  const layers = shownLayers(parts)
  return {
    name: parts.name,
    type: 'container_image',
    ...(parts.imageId !== undefined && { imageId: parts.imageId }),
    repoTags: parts.repoTags ?? [],
    repoDigests: parts.repoDigests ?? [],
    layers,
    ...(parts.config !== undefined && { config: parts.config }),
    size: layers.reduce((sum, layer) => sum + layer.size, 0),
  }
}

function shownLayers(parts: Pick<ImageParts, 'layers' | 'config'>): Artifact['layers'] {
  const createdBy = layerCommands(parts.config, parts.layers.length)
  return parts.layers.map(layer => {
    const { mediaType, ...shown } = publicLayer(layer)
    const command = createdBy[layer.index]
    return { ...shown, ...(command !== undefined && { createdBy: command }) }
  })
}

/** The commands that made the layers: `history` without the steps that made none (OCI image-spec, config.md); none where that tells of another number of layers. */
export function layerCommands(config: Json | undefined, count: number): (string | undefined)[] {
  if (!Array.isArray(config?.history)) return []
  const steps = config.history.filter(step => typeof step === 'object' && step !== null && step.empty_layer !== true)
  if (steps.length !== count) return []
  return steps.map((step: Json) => (typeof step.created_by === 'string' ? step.created_by : undefined))
}

/** The configuration's diffIDs that have the form of digests, in the layers' order. */
export function diffIdsOf(config: Json | undefined): (string | undefined)[] {
  const rootfs = config?.rootfs
  if (typeof rootfs !== 'object' || rootfs === null) return []
  return asStrings((rootfs as Json).diff_ids).map(id => (isDigest(id) ? id : undefined))
}

function missing(layer: StoredLayer): LayerReading {
  const path = layer.digest ?? layer.diffId ?? `layer ${layer.index}`
  return {
    bytes: 0,
    entries: 0,
    problems: [{ path, code: 'unreadable', detail: `layer ${layer.index} is not in the archive` }],
  }
}

function unsupplied(layer: StoredLayer, problem: { code: IncompleteCode; detail: string }): LayerReading {
  const path = layer.digest ?? `layer ${layer.index}`
  return { bytes: 0, entries: 0, problems: [{ path, ...problem }] }
}

function sizeProblems(layer: StoredLayer, blob: Blob): LayerReading['problems'] {
  if (layer.statedSize === undefined || layer.statedSize === blob.size) return []
  const path = layer.digest ?? `layer ${layer.index}`
  return [
    {
      path,
      code: 'digest_mismatch',
      detail: `layer ${layer.index}: stated ${layer.statedSize} bytes, has ${blob.size}`,
    },
  ]
}
