import { ratioFreeBytes, withDefaults } from '../../base/limits.ts'
import type { LayerReading, LayerVisitor, ReadLimits } from '../../base/model/visitor.ts'
import type { Blob } from './blob.ts'
import type { DigestAlgorithm } from './digest-worker.ts'
import type { Digester } from './digester.ts'
import { compressionOfBlob } from './inflate/open.ts'
import type { Inflater } from './inflate/pipe.ts'
import type { ImageLayer } from './source.ts'
import { createTarReader } from './tar/reader.ts'

type Problems = LayerReading['problems']

export interface LayerTask {
  layer: ImageLayer
  blob: Blob
  visitor: LayerVisitor
  limits?: Partial<ReadLimits>
  digester: Digester
  inflater: Inflater
  /** Also check the diffID where a blob digest already vouches for the bytes. */
  verifyDiffIds?: boolean
  /** Digests already verified by an earlier reading are not computed again. */
  known?: VerifiedDigests
  onProgress?: (done: number) => void
  signal?: AbortSignal
}

export interface VerifiedDigests {
  digest?: string
  diffId?: string
}

/** How often other work of the process (timers, messages) gets a turn, in plain bytes. */
const turnBytes = 16 * 1024 * 1024

/** Reads one layer: entries to the visitor, digests beside it, everything that is wrong as problems. */
export async function readLayerBlob(task: LayerTask): Promise<LayerReading> {
  const problems: Problems = []
  const digests = digestsOf(task, problems)
  digests.catch(() => {})
  const { bytes, entries } = await readTar(task, problems)
  return { ...(await digests), bytes, entries, problems }
}

/** Reads a tar, whatever compresses it, up to its end or the first thing that cannot be read on. */
export async function readTar(
  task: Pick<LayerTask, 'blob' | 'visitor' | 'limits' | 'inflater' | 'onProgress' | 'signal'>,
  problems: Problems,
): Promise<{ bytes: number; entries: number }> {
  const limits = withDefaults(task.limits)
  let quiet = false
  const problem = (code: Problems[number]['code'], path: string, detail: string): void => {
    if (!quiet) problems.push({ path, code, detail })
  }
  const tar = createTarReader({ visitor: task.visitor, limits, problem })
  const decoder = task.inflater.open(task.blob)
  let bytes = 0
  let turn = turnBytes
  try {
    let open = true
    let stopped = false
    while (!stopped) {
      const answer = decoder.next()
      const piece = answer instanceof Promise ? await answer : answer
      if (piece === undefined) break
      bytes += piece.length
      if (open) open = tar.feed(piece)
      const limit = limitReached(bytes, decoder.consumed, limits)
      if (limit !== undefined) problem(...limit)
      stopped = limit !== undefined || tar.failed
      if (bytes >= turn) {
        turn = bytes + turnBytes
        task.onProgress?.(decoder.consumed)
        await new Promise(setImmediate)
        task.signal?.throwIfAborted()
      }
    }
    if (decoder.problem !== undefined) problem(decoder.problem.code, '', decoder.problem.detail)
    // What stopped the reading is told; that the archive then ends in the middle goes without saying.
    quiet = stopped || decoder.problem !== undefined
    tar.end()
    task.onProgress?.(decoder.consumed)
  } finally {
    await decoder.close()
  }
  return { bytes, entries: tar.entries }
}

/** The budget that is used up, if one is. */
function limitReached(
  bytes: number,
  stored: number,
  limits: ReadLimits,
): [Problems[number]['code'], string, string] | undefined {
  if (bytes > limits.maxLayerBytes) return ['too_large', '', `more than ${limits.maxLayerBytes} bytes`]
  if (bytes > ratioFreeBytes + stored * limits.maxRatio)
    return ['bomb', '', `${stored} stored bytes became more than ${bytes}`]
  if (Date.now() > limits.deadline) return ['timed_out', '', `after ${bytes} bytes`]
  return undefined
}

/**
 * The blob's own digest always; the diffID where no blob digest stands for it, which for a plain tar is the same number.
 * Every claim is compared, and a lie named by the layer it is about.
 */
async function digestsOf(task: LayerTask, problems: Problems): Promise<VerifiedDigests> {
  const { layer, blob, digester, known } = task
  if (known?.digest !== undefined || known?.diffId !== undefined) return known
  const maxBytes = withDefaults(task.limits).maxLayerBytes
  const plain = compressionOfBlob(blob) === 'plain'
  const claimed = layer.digest ?? (plain ? layer.diffId : undefined)
  const stored = await digester.digest(blob, { of: 'stored', algorithm: algorithmOf(claimed), maxBytes })
  const found: VerifiedDigests = plain ? { diffId: stored } : { digest: stored }
  if (layer.digest !== undefined) found.digest = stored
  compare(layer.digest, found.digest, layer, problems)
  if (!plain && layer.diffId !== undefined && (layer.digest === undefined || task.verifyDiffIds)) {
    const order = { of: 'plain', algorithm: algorithmOf(layer.diffId), maxBytes } as const
    found.diffId = await digester.digest(blob, order).catch(() => undefined)
  }
  compare(layer.diffId, found.diffId, layer, problems)
  return found
}

function algorithmOf(claimed: string | undefined): DigestAlgorithm {
  return claimed?.startsWith('sha512:') ? 'sha512' : claimed?.startsWith('sha384:') ? 'sha384' : 'sha256'
}

function compare(claimed: string | undefined, found: string | undefined, layer: ImageLayer, problems: Problems): void {
  if (claimed === undefined || found === undefined || claimed === found) return
  const path = layer.digest ?? layer.diffId ?? `layer ${layer.index}`
  problems.push({ path, code: 'digest_mismatch', detail: `layer ${layer.index}: stated ${claimed}, is ${found}` })
}
