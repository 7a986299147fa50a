import { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import type { DecodeProblem, Decoder, PieceReader } from './decoder.ts'
import type { Method } from './zlib-handle.ts'

/** The same by Node's public stream: slower, for a Node whose internals have changed. */
export function openStream(method: Method, read: PieceReader): Omit<Decoder, 'consumed'> {
  const options = { chunkSize: 1024 * 1024 }
  const stream = method === 'gzip' ? createGunzip(options) : createZstdDecompress(options)
  let problem: DecodeProblem | undefined
  let given = 0
  const counted = (): Buffer => {
    const piece = read()
    given += piece.length
    return piece
  }
  const source = Readable.from(pieces(counted))
  const iterator = source.pipe(stream)[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  return {
    async next() {
      try {
        const { value, done } = await iterator.next()
        // Node's zstd stream ends with the first frame and is silent about what follows.
        if (done && method === 'zstd' && (stream.bytesWritten < given || counted().length > 0)) {
          problem ??= { code: 'malformed', detail: 'zstd: bytes behind the first frame' }
        }
        return done ? undefined : value
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException
        problem ??= { code: code === 'Z_BUF_ERROR' ? 'truncated' : 'malformed', detail: `${method}: ${message}` }
        return undefined
      }
    },
    get problem() {
      return problem
    },
    close() {
      source.destroy()
      stream.destroy()
    },
  }
}

function* pieces(read: PieceReader): Generator<Buffer> {
  for (let piece = read(); piece.length > 0; piece = read()) yield Buffer.from(piece)
}
