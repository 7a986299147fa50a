import { crc32 } from 'node:zlib'
import { JennerError } from '../../../base/errors.ts'

/** A growing byte buffer with LEB128 numbers. Its `bytes()` is a copy. */
export class ByteWriter {
  private buffer = Buffer.allocUnsafe(4096)
  length = 0

  private room(more: number): void {
    if (this.length + more <= this.buffer.length) return
    const grown = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + more))
    this.buffer.copy(grown, 0, 0, this.length)
    this.buffer = grown
  }

  byte(value: number): void {
    this.room(1)
    this.buffer[this.length++] = value
  }

  /** Any whole number from 0 to 2^53 - 1, seven bits a byte, lowest first. */
  number(value: number): void {
    this.room(8)
    let rest = value
    while (rest > 127) {
      this.buffer[this.length++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    this.buffer[this.length++] = rest
  }

  raw(bytes: Uint8Array): void {
    this.room(bytes.length)
    this.buffer.set(bytes, this.length)
    this.length += bytes.length
  }

  text(value: string): void {
    const size = Buffer.byteLength(value)
    this.number(size)
    this.room(size)
    this.length += this.buffer.write(value, this.length)
  }

  bytes(): Buffer {
    return Buffer.from(this.view())
  }

  /** What was written, valid until the next write. */
  view(): Buffer {
    return this.buffer.subarray(0, this.length)
  }

  clear(): void {
    this.length = 0
  }
}

/** V8 copies pieces of a text up to this length; longer ones refer to the whole. */
const longestCopy = 12

/** Reads what ByteWriter wrote. Running over the end means damage: database_corrupt. */
export class ByteReader {
  private readonly buffer: Buffer
  private readonly start: number
  position: number
  readonly end: number
  /** All bytes as Latin-1, made with the first short text: a call for each text would cost more than the text. */
  private latin: string | undefined

  constructor(buffer: Buffer, start = 0, end = buffer.length) {
    this.buffer = buffer
    this.start = start
    this.position = start
    this.end = end
  }

  byte(): number {
    if (this.position >= this.end) throw new JennerError('database_corrupt', 'a value ends early')
    return this.buffer[this.position++] as number
  }

  number(): number {
    const first = this.byte()
    if (first < 128) return first
    let value = first & 127
    let scale = 128
    for (;;) {
      const byte = this.byte()
      value += (byte & 127) * scale
      if (byte < 128) return value
      scale *= 128
    }
  }

  /** A view, not a copy. */
  raw(length: number): Buffer {
    const start = this.position
    if (length > this.end - start) throw new JennerError('database_corrupt', 'a value ends early')
    this.position += length
    return this.buffer.subarray(start, this.position)
  }

  ascii(length: number): string {
    const from = this.position
    if (length > this.end - from) throw new JennerError('database_corrupt', 'a value ends early')
    this.position += length
    // A longer piece would not be a copy, and hold all the others in memory.
    if (length > longestCopy) return this.buffer.toString('latin1', from, this.position)
    this.latin ??= this.buffer.toString('latin1', this.start, this.end)
    return this.latin.slice(from - this.start, this.position - this.start)
  }

  text(): string {
    const length = this.number()
    const start = this.position
    if (length > this.end - start) throw new JennerError('database_corrupt', 'a value ends early')
    this.position += length
    return this.buffer.toString('utf8', start, this.position)
  }
}

/** CRC32 in front of the bytes it guards. */
export function guarded(bytes: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(bytes.length + 4)
  out.writeUInt32LE(crc32(bytes), 0)
  out.set(bytes, 4)
  return out
}

/** The bytes behind their CRC32, or database_corrupt. */
export function unguarded(buffer: Buffer, what: string): Buffer {
  const body = buffer.subarray(4)
  if (buffer.length < 4 || buffer.readUInt32LE(0) !== crc32(body))
    throw new JennerError('database_corrupt', `${what}: checksum differs`)
  return body
}

export interface Hash {
  low: number
  high: number
}

/** Two independent 32-bit hashes of a key: FNV-1a over its UTF-16 units with two bases, each finished by murmur3's mixer. */
export function hashKey(key: string): Hash {
  return hashRest({ a: 0x811c9dc5, b: 0x9747b28c, length: 0 }, key)
}

/** The state after the beginning that many keys share. */
export interface HashState {
  a: number
  b: number
  length: number
}

export function hashStart(beginning: string): HashState {
  return absorb({ a: 0x811c9dc5, b: 0x9747b28c, length: 0 }, beginning)
}

/** The hash of the beginning and `rest` behind it. */
export function hashRest(state: HashState, rest: string): Hash {
  const { a, b, length } = absorb(state, rest)
  return { low: mix(a), high: mix(b ^ length) }
}

function absorb({ a, b, length }: HashState, text: string): HashState {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit, 0x5bd1e995) ^ (b >>> 15)
  }
  return { a, b, length: length + text.length }
}

function mix(value: number): number {
  let hash = value ^ (value >>> 16)
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
