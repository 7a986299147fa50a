import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import type { Blob } from './blob.ts'
import { readBlob } from './blob.ts'
import { openDecoder } from './inflate/open.ts'

export type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512'

export interface DigestTask {
  id: number
  blob: Blob
  /** Of the bytes as stored, or as they are once inflated. */
  of: 'stored' | 'plain'
  algorithm: DigestAlgorithm
  /** Give up beyond this many bytes. */
  maxBytes: number
}

export interface DigestAnswer {
  id: number
  /** `sha256:…` (or the algorithm asked for), or why there is none. */
  digest?: string
  error?: string
}

const buffer = Buffer.allocUnsafeSlow(1024 * 1024)

/** The thread that hashes beside the one that reads: both use the same descriptor, the page cache makes the second reading free. */
parentPort?.on('message', (task: DigestTask) => {
  digestOf(task).then(
    digest => parentPort!.postMessage({ id: task.id, digest } satisfies DigestAnswer),
    error => parentPort!.postMessage({ id: task.id, error: String(error) } satisfies DigestAnswer),
  )
})

async function digestOf(task: DigestTask): Promise<string> {
  const hash = createHash(task.algorithm)
  let bytes = 0
  if (task.of === 'plain') {
    const decoder = openDecoder(task.blob, { native: false })
    for (let piece = await decoder.next(); piece !== undefined; piece = await decoder.next()) {
      hash.update(piece)
      bytes += piece.length
      if (bytes > task.maxBytes) throw new Error(`more than ${task.maxBytes} bytes`)
    }
    await decoder.close()
    if (decoder.problem !== undefined) throw new Error(decoder.problem.detail)
  } else {
    for (let at = 0; at < task.blob.size; ) {
      const length = readBlob(task.blob, buffer, at)
      if (length === 0) throw new Error('the file ends early')
      hash.update(buffer.subarray(0, length))
      at += length
    }
  }
  return `${task.algorithm}:${hash.digest('hex')}`
}
