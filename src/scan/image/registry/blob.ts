import { createHash, type Hash } from 'node:crypto'
import { ftruncateSync } from 'node:fs'
import { JennerError } from '../../../base/errors.ts'
import { MiB } from '../../../base/limits.ts'
import { writeAll } from '../spool.ts'
import { piecesOf } from './body.ts'
import { type RegistryClient, TransientError } from './client.ts'
import { withRetries } from './retry.ts'

export interface BlobOrder {
  digest: string
  /** As the manifest states it. */
  size: number
  /** Where the bytes go; empty. */
  fd: number
  delay?: number
  signal?: AbortSignal
  onBytes?: (bytes: number) => void
}

/** What was received so far: an attempt that breaks off is taken up again where it broke. */
interface Received {
  size: number
  hash: Hash
}

/**
 * Fetches one blob into a file, takes up broken transfers (RFC 9110, Range), and checks length and digest while the bytes come.
 * Throws digest_mismatch when it is not what it was asked for, target_not_found, registry_denied, registry_unreachable, output_unwritable.
 */
export async function fetchBlob(client: RegistryClient, order: BlobOrder): Promise<void> {
  const { digest, size, fd } = order
  const [algorithm = ''] = digest.split(':')
  const received: Received = { size: 0, hash: createHash(algorithm) }
  let counted = 0
  const restart = (): void => {
    ftruncateSync(fd, 0)
    order.onBytes?.(-received.size)
    Object.assign(received, { size: 0, hash: createHash(algorithm) })
  }
  const madeProgress = (): boolean => {
    const enough = received.size - counted >= MiB
    counted = received.size
    return enough
  }
  const { delay, signal } = order
  await withRetries(() => transfer(client, order, received, restart), {
    ...(delay !== undefined && { delay }),
    ...(signal && { signal }),
    madeProgress,
  })
  const found = `${algorithm}:${received.hash.digest('hex')}`
  if (received.size !== size)
    throw new JennerError('digest_mismatch', `${digest}: stated ${size} bytes, has ${received.size}`)
  if (found !== digest) throw new JennerError('digest_mismatch', `stated ${digest}, is ${found}`)
}

async function transfer(
  client: RegistryClient,
  { digest, size, fd, onBytes }: BlobOrder,
  received: Received,
  restart: () => void,
): Promise<void> {
  const from = received.size
  const answer = await client.get(`blobs/${digest}`, from > 0 ? { range: `bytes=${from}-` } : {})
  const { headers, statusCode } = answer
  if (from > 0 && !(statusCode === 206 && startOf(headers['content-range']) === from)) {
    restart()
    // A part that was not asked for is none of the whole.
    if (statusCode === 206) {
      answer.destroy()
      throw new TransientError(`${digest}: another part than the one asked for`)
    }
  } else if (from === 0 && statusCode === 206) {
    answer.destroy()
    throw new JennerError('digest_mismatch', `${digest}: a part instead of the whole`)
  }
  const length = headers['content-length']
  const lies = length !== undefined && Number(length) !== size - received.size
  if (lies || (headers['content-encoding'] ?? 'identity') !== 'identity') {
    answer.destroy()
    const why = lies ? `stated ${size} bytes, has ${Number(length) + received.size}` : 'encoded on the way'
    throw new JennerError('digest_mismatch', `${digest}: ${why}`)
  }
  try {
    for await (const piece of piecesOf(answer, size - received.size, digest)) {
      received.size = writeAll(fd, piece, received.size)
      received.hash.update(piece)
      onBytes?.(piece.length)
    }
  } catch (error) {
    if (!(error instanceof JennerError)) throw error
    if (error.code === 'limit_exceeded')
      throw new JennerError('digest_mismatch', `${digest}: stated ${size} bytes, has more`)
    if (error.code === 'registry_unreachable') throw new TransientError(error.detail, 0, error.cause)
    throw error
  }
}

/** `bytes 500-999/1000` */
function startOf(range: string | undefined): number | undefined {
  const start = /^bytes (\d{1,15})-/.exec(range ?? '')?.[1]
  return start === undefined ? undefined : Number(start)
}
