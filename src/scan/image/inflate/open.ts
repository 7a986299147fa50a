import { type Blob, readBlob } from '../blob.ts'
import type { DecodeProblem, Decoder, OutputBuffer, PieceReader } from './decoder.ts'
import { isalWorks, openIsal } from './isal.ts'
import { openStream } from './stream.ts'
import { handleWorks, type Method, openHandle } from './zlib-handle.ts'

export type Compression = 'plain' | 'gzip' | 'zstd' | 'xz' | 'bzip2'

const inputBytes = 256 * 1024
const plainBytes = 1024 * 1024

/** By the first bytes, never by a name or a media type. RFC 1952 (gzip), RFC 8878 (zstd, and its skippable frames). */
export function compressionOf(start: Uint8Array): Compression {
  const [a, b, c, d] = start
  if (a === 0x1f && b === 0x8b) return 'gzip'
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd'
  if ((a! & 0xf0) === 0x50 && b === 0x2a && c === 0x4d && d === 0x18) return 'zstd'
  if (a === 0xfd && b === 0x37 && c === 0x7a && d === 0x58) return 'xz'
  if (a === 0x42 && b === 0x5a && c === 0x68) return 'bzip2'
  return 'plain'
}

/** The blob's compression, by its first bytes. */
export function compressionOfBlob(blob: Blob): Compression {
  const start = Buffer.alloc(6)
  return compressionOf(start.subarray(0, readBlob(blob, start, 0)))
}

/** Below this the accelerator does not earn back what loading it takes. */
const nativeFrom = 4 * 1024 * 1024

export interface DecoderOptions {
  /** `false`: Node's own zlib only. */
  native?: boolean
  /** Where inflated bytes go, when they are to go somewhere else than into a buffer of the decoder's. */
  output?: OutputBuffer
}

/** Opens a blob for reading as plain bytes, by the fastest way that this machine has. */
export function openDecoder(blob: Blob, options: DecoderOptions = {}): Decoder {
  const method = compressionOfBlob(blob)
  if (method === 'plain') return openPlain(blob)
  if (method !== 'gzip' && method !== 'zstd') return refused(`${method} compression`)
  const source = openSource(blob, inputBytes)
  const native = method === 'gzip' && options.native !== false && blob.size >= nativeFrom && isalWorks()
  const inner = native ? openIsal(source.read, options.output) : openPortable(method, source.read, options.output)
  return {
    next: () => inner.next(),
    get consumed() {
      return source.consumed
    },
    get problem() {
      return inner.problem ?? source.problem
    },
    close: () => inner.close(),
  }
}

function openPortable(method: Method, read: PieceReader, output?: OutputBuffer): Omit<Decoder, 'consumed'> {
  return handleWorks() ? openHandle(method, read, output) : openStream(method, read)
}

function openPlain(blob: Blob): Decoder {
  const source = openSource(blob, plainBytes)
  return {
    next() {
      const piece = source.read()
      return piece.length === 0 ? undefined : piece
    },
    get consumed() {
      return source.consumed
    },
    get problem() {
      return source.problem
    },
    close() {},
  }
}

interface Source {
  read: PieceReader
  readonly consumed: number
  readonly problem: DecodeProblem | undefined
}

function openSource(blob: Blob, size: number): Source {
  const buffer = Buffer.allocUnsafeSlow(size)
  let consumed = 0
  let problem: DecodeProblem | undefined
  return {
    read() {
      const length = readBlob(blob, buffer, consumed)
      consumed += length
      if (length === 0 && consumed < blob.size)
        problem = { code: 'truncated', detail: `the file ends ${blob.size - consumed} bytes early` }
      return buffer.subarray(0, length)
    },
    get consumed() {
      return consumed
    },
    get problem() {
      return problem
    },
  }
}

function refused(what: string): Decoder {
  return { next: () => undefined, consumed: 0, problem: { code: 'unsupported', detail: what }, close() {} }
}
