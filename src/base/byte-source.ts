import { JennerError } from './errors.ts'

/** Bytes that are read by parts, whatever holds them. A ContentFile is one. */
export interface ByteSource {
  size: number
  /** Up to `length` bytes from `offset`, shorter only at the end. The result may be reused by the next call. */
  read(offset: number, length: number): Uint8Array
}

/** A source over bytes in memory. */
export function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => bytes.subarray(Math.min(offset, bytes.length), Math.min(offset + length, bytes.length)),
  }
}

/** Exactly `length` bytes of `source` from `offset`, the caller's to keep. Throws `truncated` where they are not all there. */
export function readExactly(source: ByteSource, offset: number, length: number): Buffer {
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0) {
    throw new JennerError('malformed', `offset ${offset}, length ${length}`)
  }
  if (offset + length > source.size)
    throw new JennerError('truncated', `bytes ${offset} to ${offset + length} of ${source.size}`)
  const bytes = source.read(offset, length)
  if (bytes.length < length) throw new JennerError('truncated', `bytes ${offset} to ${offset + length}`)
  return Buffer.from(bytes.subarray(0, length))
}
