import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { JennerError } from '../../../base/errors.ts'
import { bunzip2 } from './bzip2.ts'
import { inputLimits } from './limits.ts'
import { unxz } from './xz.ts'

/** Bytes with random access: a file or a buffer. */
export interface Source {
  size: number
  /** Up to `length` bytes from `offset`; shorter only at the end. */
  read(offset: number, length: number): Uint8Array
  close(): void
}

export function fileSource(path: string): Source {
  const fd = openSync(path, 'r')
  return {
    size: fstatSync(fd).size,
    read(offset, length) {
      // Not from the shared pool: a slice of it that someone keeps would keep it all.
      const buffer = Buffer.allocUnsafeSlow(Math.max(0, length))
      let filled = 0
      while (filled < length) {
        const got = readSync(fd, buffer, filled, length - filled, offset + filled)
        if (got === 0) break
        filled += got
      }
      return buffer.subarray(0, filled)
    },
    close: () => closeSync(fd),
  }
}

export function bufferSource(bytes: Uint8Array): Source {
  return {
    size: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
    close: () => {},
  }
}

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
