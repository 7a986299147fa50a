import { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { JennerError } from '../../../base/errors.ts'
import type { Source } from './bytes.ts'
import { bunzip2 } from './bzip2.ts'
import { inputLimits } from './limits.ts'
import { unxz } from './xz.ts'

export type Compression = 'gzip' | 'zstd' | 'bzip2' | 'xz' | undefined

/** By magic number. */
export function compressionOf(head: Uint8Array): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd'
  if (head[0] === 0x42 && head[1] === 0x5a && head[2] === 0x68) return 'bzip2'
  if (head[0] === 0xfd && head[1] === 0x37 && head[2] === 0x7a && head[3] === 0x58) return 'xz'
  return undefined
}

/** The unpacked bytes of `source`. Throws JennerError unsupported (filters of xz), malformed, limit_exceeded (more than maxFile). */
export async function* unpacked(source: Source): AsyncGenerator<Uint8Array> {
  const compression = compressionOf(source.read(0, 8))
  if (compression === undefined) {
    yield* plain(source)
    return
  }
  const stream = decompressed(source, compression)
  let total = 0
  try {
    for await (const chunk of stream) {
      total += chunk.length
      if (total > inputLimits.maxFile)
        throw new JennerError('limit_exceeded', `unpacks to more than ${inputLimits.maxFile} bytes`)
      yield chunk
    }
  } catch (error) {
    throw error instanceof JennerError ? error : new JennerError('malformed', `broken ${compression} data`, error)
  }
}

function decompressed(
  source: Source,
  compression: NonNullable<Compression>,
): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  if (compression === 'bzip2') return bunzip2(source)
  if (compression === 'xz') return unxz(source)
  return Readable.from(plain(source)).pipe(compression === 'gzip' ? createGunzip() : createZstdDecompress())
}

function* plain(source: Source): Generator<Uint8Array> {
  const step = 256 * 1024
  for (let offset = 0; offset < source.size; offset += step) yield source.read(offset, step)
}
