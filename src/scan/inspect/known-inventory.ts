import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Inventory } from '../../base/model/inventory.ts'
import { readEntry, writeEntry } from './cache-entry.ts'
import { codeStamp } from './code-stamp.ts'
import { marksOf } from './file-marks.ts'
import { makeFolder } from './make-folder.ts'
import { malwareStamp } from './malware-stamp.ts'
import { type PackedPackages, packPackages, unpackPackages } from './packed-packages.ts'
import type { InspectRequest } from './request.ts'

/**
 * The whole inventory of an image that was read before, for the process that asks: no reader is started, no extractor loaded. It holds as long as everything
 * it was made from is the same: the image, the request and the code.
 * An image is the same by what known-blobs.ts trusts for layers: Docker's own word, or files by device, inode, size, modification and change time. Only
 * a whole reading is kept, and only what the asking process saw the same before and after it.
 */
export interface KnownInventory {
  recall(): Inventory | undefined
  /** After a reading in which nothing was amiss with any layer. */
  keep(inventory: Inventory): Promise<void>
}

type KeptInventory = Omit<Inventory, 'packages'> & { packages: PackedPackages }

const settleMs = 100

/** Undefined where nothing is kept, or where what is found depends on more than can be told apart: see malware-stamp.ts. */
export async function knownInventory(request: InspectRequest): Promise<KnownInventory | undefined> {
  const { cacheDir, remote } = request
  if (cacheDir === undefined || remote !== undefined) return undefined
  const settledBefore = Date.now() - settleMs
  const rules = malwareStamp(request, settledBefore)
  const identity = rules === undefined ? undefined : await identityOf(request, settledBefore)
  const stamp = identity === undefined ? undefined : codeStamp()
  if (rules === undefined || identity === undefined || stamp === undefined) return undefined
  const folder = join(cacheDir, 'layers')
  const file = join(folder, `inventory-${keyOf(request, identity, stamp, rules)}.zst`)
  return {
    recall() {
      const begun = performance.now()
      const known = readEntry(file) as KeptInventory | undefined
      if (known === undefined) return undefined
      const { timing } = known
      const packages = unpackPackages(known.packages)
      const read = Math.round(performance.now() - begun)
      const layersFromCache = timing.layers ?? 0
      return { ...known, packages, timing: { ...timing, open: 0, read, merge: 0, layersFromCache } }
    },
    async keep(inventory) {
      if ((await identityOf(request, settledBefore)) !== identity) return
      if (malwareStamp(request, settledBefore) !== rules || !makeFolder(folder)) return
      writeEntry(file, (): KeptInventory => ({ ...inventory, packages: packPackages(inventory.packages) }))
    },
  }
}

function keyOf({ cacheDir: _, maxCacheBytes: __, limits, ...asked }: InspectRequest, ...rest: string[]): string {
  const { deadline: ___, ...bounds } = limits ?? {}
  const whole = JSON.stringify([Object.entries(asked).sort(), Object.entries(bounds).sort(), rest])
  return createHash('sha256').update(whole).digest('hex').slice(0, 40)
}

/** What tells this image from any other, and from itself after a change. Undefined where nothing does. */
async function identityOf(request: InspectRequest, settledBefore: number): Promise<string | undefined> {
  const { target, sources, dockerHost, platform } = request
  try {
    if (target.kind === 'archive') return marksOf(target.name.replace(/^file:\/\//, ''), settledBefore)
    if (target.kind !== 'image' || /^[a-z]+:\/\//.test(target.name) || (sources?.[0] ?? 'docker') !== 'docker')
      return undefined
    const options = { from: 'docker', ...(dockerHost && { dockerHost }), ...(platform && { platform }) } as const
    const { openDockerImage } = await import('../image/sources/docker.ts')
    const source = await openDockerImage(target.name, options)
    await source.close()
    return JSON.stringify(source.artifact)
  } catch {
    // Whatever is wrong, the reading says it.
    return undefined
  }
}
