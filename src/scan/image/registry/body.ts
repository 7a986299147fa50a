import type { IncomingMessage } from 'node:http'
import { JennerError } from '../../../base/errors.ts'

const windowMs = 60_000
/** An answer that brings less than this in a minute is none: whoever sends a byte now and then holds us for ever. */
const slowestBytes = 64 * 1024

/** The pieces of an answer. Throws limit_exceeded beyond `limit` bytes, registry_unreachable where it breaks off or crawls. */
export async function* piecesOf(answer: IncomingMessage, limit: number, what: string): AsyncGenerator<Buffer> {
  let size = 0
  let windowStart = performance.now()
  let windowSize = 0
  try {
    for await (const piece of answer as AsyncIterable<Buffer>) {
      size += piece.length
      windowSize += piece.length
      if (size > limit) throw new JennerError('limit_exceeded', `${what}: more than ${limit} bytes`)
      const now = performance.now()
      if (now - windowStart > windowMs) {
        if (windowSize < slowestBytes)
          throw new JennerError('registry_unreachable', `${what}: ${windowSize} bytes a minute`)
        windowStart = now
        windowSize = 0
      }
      yield piece
    }
  } catch (error) {
    if (error instanceof JennerError) throw error
    throw new JennerError('registry_unreachable', `${what}: the answer breaks off`, error)
  } finally {
    answer.destroy()
  }
  if (!answer.complete) throw new JennerError('registry_unreachable', `${what}: the answer breaks off`)
}

/** A whole answer. Throws as `piecesOf` does. */
export async function wholeBody(answer: IncomingMessage, limit: number, what: string): Promise<Buffer> {
  const stated = Number(answer.headers['content-length'] ?? 0)
  if (stated > limit) {
    answer.destroy()
    throw new JennerError('limit_exceeded', `${what}: ${stated} bytes, at most ${limit}`)
  }
  const pieces: Buffer[] = []
  for await (const piece of piecesOf(answer, limit, what)) pieces.push(piece)
  return Buffer.concat(pieces)
}
