import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { JennerError } from '../../../base/errors.ts'
import { ByteStream } from './byte-stream.ts'
import type { Source } from './bytes.ts'
import { LzmaDecoder } from './lzma.ts'

const magic = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]
/** What `xz -9` needs. */
const maxWindow = 64 * 1024 * 1024
const lzma2 = 0x21

/**
 * Unpacks xz (the .xz file format 1.1): streams one after the other, blocks with the filter LZMA2 alone, their checks compared (CRC-32, CRC-64, SHA-256).
 * A chunk (at most 2 MiB) at a time. Throws JennerError malformed, unsupported (other filters), limit_exceeded (a window of more than 64 MiB).
 */
export function* unxz(source: Source): Generator<Uint8Array> {
  const stream = new ByteStream(source)
  do {
    const start = stream.bytes(12)
    if (magic.some((byte, i) => start[i] !== byte) || crc32(start.subarray(6, 8)) !== le32(start, 8))
      throw bad('no xz stream')
    const check = (start[7] as number) & 15
    for (let size = stream.byte(); size !== 0; size = stream.byte()) yield* block(stream, size, check)
    skipIndex(stream)
    stream.bytes(12)
    // Streams may be padded by zeros in fours.
    while (!stream.atEnd && source.read(stream.position, 1)[0] === 0)
      stream.bytes(Math.min(4, source.size - stream.position))
  } while (!stream.atEnd)
}

const bad = (detail: string) => new JennerError('malformed', `xz: ${detail}`)
const le32 = (bytes: Uint8Array, at: number): number =>
  Buffer.from(bytes.buffer, bytes.byteOffset + at, 4).readUInt32LE()

function* block(stream: ByteStream, sizeByte: number, check: number): Generator<Uint8Array> {
  const header = Buffer.concat([Buffer.of(sizeByte), stream.bytes((sizeByte + 1) * 4 - 1)])
  if (crc32(header.subarray(0, -4)) !== header.readUInt32LE(header.length - 4)) throw bad('a block header is damaged')
  const sum = checkOf(check)
  const start = stream.position
  for (const chunk of chunks(stream, windowOf(header))) {
    sum.update(chunk)
    yield chunk
  }
  stream.bytes((4 - ((stream.position - start) % 4)) % 4)
  if (!Buffer.from(stream.bytes(checkSizes[check] as number)).equals(sum.digest())) throw bad('checksum differs')
}

/** The dictionary size from the block's filters. */
function windowOf(header: Buffer): number {
  const flags = header[1] as number
  let at = 2
  const number = () => {
    let value = 0
    for (let shift = 0; shift < 63; shift += 7) {
      const byte = header[at++] ?? 0
      value += (byte & 127) * 2 ** shift
      if (byte < 128) break
    }
    return value
  }
  if (flags & 0x40) number()
  if (flags & 0x80) number()
  if ((flags & 3) !== 0 || number() !== lzma2 || number() !== 1) throw new JennerError('unsupported', 'xz with filters')
  const bits = header[at] as number
  if (bits > 40) throw bad('a window that there cannot be')
  const size = (2 | (bits & 1)) * 2 ** (Math.floor(bits / 2) + 11)
  if (size > maxWindow) throw new JennerError('limit_exceeded', `xz: a window of ${size} bytes`)
  return size
}

/** LZMA2: chunks, each compressed or not, with what is to be forgotten before. */
function* chunks(stream: ByteStream, window: number): Generator<Uint8Array> {
  const decoder = new LzmaDecoder(window)
  let ready = false
  for (let control = stream.byte(); control !== 0; control = stream.byte()) {
    if (control === 1 || control >= 0xe0) decoder.resetWindow()
    else if (!ready) throw bad('the first chunk does not start anew')
    ready = true
    if (control < 3) {
      yield decoder.copy(stream.bytes(stream.byte() * 256 + stream.byte() + 1))
      continue
    }
    if (control < 0x80) throw bad('a chunk of no known kind')
    const length = (control & 31) * 65536 + stream.byte() * 256 + stream.byte() + 1
    const packed = stream.byte() * 256 + stream.byte() + 1
    if (control >= 0xc0) decoder.setProperties(stream.byte())
    if (control >= 0xa0) decoder.resetState()
    yield decoder.decode(stream.bytes(packed), length)
  }
}

function skipIndex(stream: ByteStream): void {
  const start = stream.position - 1
  const number = () => {
    let value = 0
    for (let shift = 0; shift < 63; shift += 7) {
      const byte = stream.byte()
      value += (byte & 127) * 2 ** shift
      if (byte < 128) break
    }
    return value
  }
  for (let left = number() * 2; left > 0; left--) number()
  stream.bytes((4 - ((stream.position - start) % 4)) % 4)
  stream.bytes(4)
}

const checkSizes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64]

/** Checks other than none, CRC-32, CRC-64 and SHA-256 are reserved. */
function checkOf(kind: number): { update(bytes: Uint8Array): void; digest(): Buffer } {
  if (kind === 0) return { update() {}, digest: () => Buffer.alloc(0) }
  if (kind === 4) return crc64()
  if (kind === 10) {
    const hash = createHash('sha256')
    return { update: bytes => void hash.update(bytes), digest: () => hash.digest() }
  }
  if (kind !== 1) throw new JennerError('unsupported', `xz with check ${kind}`)
  let value = 0
  return {
    update(bytes) {
      value = crc32(bytes, value)
    },
    digest() {
      const sum = Buffer.alloc(4)
      sum.writeUInt32LE(value)
      return sum
    },
  }
}

/** CRC-64 of ECMA-182, reflected, in two halves. */
function crc64() {
  let low = -1
  let high = -1
  return {
    update(bytes: Uint8Array) {
      for (const byte of bytes) {
        const i = (low ^ byte) & 255
        low = ((low >>> 8) | (high << 24)) ^ (table64.low[i] as number)
        high = (high >>> 8) ^ (table64.high[i] as number)
      }
    },
    digest() {
      const sum = Buffer.alloc(8)
      sum.writeInt32LE(~low)
      sum.writeInt32LE(~high, 4)
      return sum
    },
  }
}

const table64 = { low: new Int32Array(256), high: new Int32Array(256) }
for (let i = 0; i < 256; i++) {
  let low = i
  let high = 0
  for (let bit = 0; bit < 8; bit++) {
    const odd = low & 1
    low = (low >>> 1) | (high << 31)
    high >>>= 1
    if (!odd) continue
    low ^= 0xd7870f42
    high ^= 0xc96c5795
  }
  table64.low[i] = low
  table64.high[i] = high
}
