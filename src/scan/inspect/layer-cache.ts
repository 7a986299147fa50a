import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyExtractor } from '../../base/model/ecosystem.ts'
import type { LayerFacts } from '../inventory/layer-facts.ts'
import { readEntry, removeQuietly, writeEntry } from './cache-entry.ts'
import { makeFolder } from './make-folder.ts'

/** Facts of layers by digest. Every digest was computed by us from the bytes that the facts come from; claims never make a key. */
export interface LayerCache<Facts = LayerFacts> {
  has(digest: string, variant?: string): boolean
  /** Undefined when it is not there or is damaged: then the layer is read again. */
  get(digest: string, variant?: string): Facts | undefined
  put(digest: string, facts: Facts, variant?: string): void
  /** Removes what was used longest ago until the rest is within the limit. */
  prune(maxBytes: number): void
}

/** Raise when LayerFacts or the file's form change. */
const formatVersion = 1

/** What facts depend on beside the bytes: who extracted them, and how. */
export function fingerprintOf(extractors: readonly AnyExtractor[]): string {
  return fingerprintOfParts(extractors.map(({ id, revision }) => `${id}@${revision}`).sort())
}

export function fingerprintOfParts(parts: readonly string[]): string {
  return createHash('sha256')
    .update(`${formatVersion}\n${parts.join('\n')}`)
    .digest('hex')
    .slice(0, 16)
}

export function openLayerCache<Facts = LayerFacts>(cacheDir: string, fingerprint: string): LayerCache<Facts> {
  const folder = join(cacheDir, 'layers')
  // Where nothing can be kept, nothing is found: layers are read.
  makeFolder(folder)
  const fileOf = (digest: string, variant = ''): string | undefined => {
    const match = /^(sha256|sha384|sha512):([0-9a-f]{64,128})$/.exec(digest)
    return match ? join(folder, `${match[1]}-${match[2]}-${fingerprint}${variant && `-${variant}`}.zst`) : undefined
  }
  return {
    has(digest, variant) {
      const file = fileOf(digest, variant)
      return file !== undefined && existsSync(file)
    },
    get(digest, variant) {
      const file = fileOf(digest, variant)
      return file === undefined ? undefined : (readEntry(file) as Facts | undefined)
    },
    put(digest, facts, variant) {
      const file = fileOf(digest, variant)
      if (file !== undefined) writeEntry(file, facts)
    },
    prune(maxBytes) {
      if (existsSync(folder)) pruneFolder(folder, maxBytes)
    },
  }
}

function pruneFolder(folder: string, maxBytes: number): void {
  const entries = readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    const stat = statSync(path, { throwIfNoEntry: false })
    return stat ? [{ path, size: stat.size, used: stat.mtimeMs, left: name.endsWith('.tmp') }] : []
  })
  let total = entries.reduce((sum, { size }) => sum + size, 0)
  for (const { path, size, used, left } of entries.sort((a, b) => a.used - b.used)) {
    const abandoned = left && Date.now() - used > 3_600_000
    if (total <= maxBytes && !abandoned) continue
    removeQuietly(path)
    total -= size
  }
}
