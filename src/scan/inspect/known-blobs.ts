import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ImageLayer, ImageSource } from '../image/source.ts'
import { makeFolder } from './make-folder.ts'
import type { InspectTarget } from './request.ts'

/**
 * Which digest we once computed for a layer that is where it was. A manifest's claim alone must not fetch facts from the cache: an archive that names a
 * harmless layer's digest and holds other bytes would come out clean. What is trusted instead:
 * - Docker's daemon and the stores of containerd and Podman: they address their content themselves, and are trusted as the source of the bytes anyway;
 * - registries: no bytes are taken but those of the digest that the manifest states, so what was once computed for it is what would be read;
 * - files: the file that holds the layer is the same (device, inode, size, modification and change time in nanoseconds) as when we read it to its end
 *   and computed the digest. The change time cannot be set by its owner. Files that changed within the last 100 ms before reading are not remembered,
 *   since clocks of file systems tick slowly.
 */
export interface KnownBlobs {
  digestOf(layer: ImageLayer): string | undefined
  /** To be called after a whole reading without a complaint. */
  remember(layer: ImageLayer, digest: string): void
  save(): void
}

const settleMs = 100

export function knownBlobs(
  cacheDir: string | undefined,
  target: InspectTarget,
  addressedBy?: ImageSource['addressedBy'],
): KnownBlobs {
  if (addressedBy) return { digestOf: layer => layer[addressedBy], remember: () => {}, save: () => {} }
  const nothing: KnownBlobs = { digestOf: () => undefined, remember: () => {}, save: () => {} }
  return cacheDir === undefined ? nothing : knownFiles(join(cacheDir, 'files'), target.name.replace(/^file:\/\//, ''))
}

function knownFiles(folder: string, path: string): KnownBlobs {
  const file = join(folder, `${createHash('sha256').update(path).digest('hex').slice(0, 32)}.json`)
  const known = readKnown(file)
  const started = Date.now()
  const before = new Map<string, string | undefined>()
  const holder = (layer: ImageLayer): string => holderOf(path, layer)
  const identityBefore = (layer: ImageLayer): string | undefined => {
    const name = holder(layer)
    if (!before.has(name)) before.set(name, identityOf(name, started - settleMs))
    return before.get(name)
  }
  let changed = false
  return {
    digestOf(layer) {
      const identity = identityBefore(layer)
      return identity === undefined ? undefined : known.get(keyOf(identity, layer))
    },
    remember(layer, digest) {
      const identity = identityBefore(layer)
      if (identity === undefined || identityOf(holder(layer), started - settleMs) !== identity) return
      known.set(keyOf(identity, layer), digest)
      changed = true
    },
    save() {
      if (changed) writeKnown(folder, file, known)
    },
  }
}

/** An archive holds all its layers; an OCI layout folder has a file a blob. */
function holderOf(path: string, layer: ImageLayer): string {
  const [, algorithm, hex] = /^([a-z0-9]+):([0-9a-f]+)$/.exec(layer.digest ?? '') ?? []
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory()
  return isFolder && algorithm && hex ? join(path, 'blobs', algorithm, hex) : path
}

function identityOf(path: string, settledBefore: number): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  if (!stat?.isFile() || Number(stat.ctimeMs) > settledBefore) return undefined
  return [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(':')
}

function keyOf(identity: string, { index, digest, diffId }: ImageLayer): string {
  return `${identity} ${index} ${digest ?? ''} ${diffId ?? ''}`
}

function readKnown(file: string): Map<string, string> {
  try {
    const entries = JSON.parse(readFileSync(file, 'utf8')) as unknown
    if (!Array.isArray(entries)) return new Map()
    return new Map(
      entries.filter(([key, value]) => typeof key === 'string' && typeof value === 'string').slice(-20_000),
    )
  } catch {
    return new Map()
  }
}

function writeKnown(folder: string, file: string, known: Map<string, string>): void {
  const temporary = `${file}.${process.pid}.tmp`
  try {
    makeFolder(folder)
    writeFileSync(temporary, JSON.stringify([...known]), { mode: 0o600 })
    renameSync(temporary, file)
  } catch {
    // The next scan reads the layers again.
    if (existsSync(temporary)) rmSync(temporary, { force: true })
  }
}
