import { JennerError } from '../../../base/errors.ts'
import { ByteStream } from './byte-stream.ts'
import type { Source } from './bytes.ts'

const blockMagic = 0x314159265359
const endMagic = 0x177245385090
const groupSize = 50
const maxCodeLength = 20

/**
 * Unpacks bzip2, a block (at most 900 kB before its run lengths) at a time; several streams one after the other are one. There is no specification but the
 * program: a block is move-to-front coded output of a Burrows-Wheeler transform, in Huffman codes of up to six tables, run-length coded before and after.
 * Throws JennerError malformed.
 */
export function* bunzip2(source: Source): Generator<Uint8Array> {
  const bits = bitReader(new ByteStream(source))
  do {
    if (bits.read(24) !== 0x425a68) throw bad('no bzip2 stream')
    const level = bits.read(8) - 48
    if (level < 1 || level > 9) throw bad('a level that there is none of')
    let combined = 0
    for (;;) {
      const magic = bits.read(24) * 2 ** 24 + bits.read(24)
      const sum = (bits.read(16) << 16) | bits.read(16)
      if (magic === endMagic) {
        if (sum !== combined) throw bad('checksum differs')
        break
      }
      if (magic !== blockMagic) throw bad('no block where one must be')
      const crc = { value: -1 }
      yield* runs(block(bits, level * 100_000), crc)
      if (~crc.value !== sum) throw bad('checksum differs')
      combined = ((combined << 1) | (combined >>> 31)) ^ sum
    }
    bits.align()
  } while (!bits.atEnd())
}

const bad = (detail: string) => new JennerError('malformed', `bzip2: ${detail}`)

interface BitReader {
  /** Up to 24 bits, the highest first. */
  read(count: number): number
  align(): void
  atEnd(): boolean
}

function bitReader(stream: ByteStream): BitReader {
  let held = 0
  let count = 0
  return {
    read(wanted) {
      while (count < wanted) {
        held = ((held << 8) | stream.byte()) >>> 0
        count += 8
      }
      count -= wanted
      const value = (held >>> count) & (2 ** wanted - 1)
      held &= 2 ** count - 1
      return value
    },
    align: () => {
      count = 0
      held = 0
    },
    atEnd: () => stream.atEnd,
  }
}

/** The bytes of one block, before the first run-length coding is undone. */
function* block(bits: BitReader, size: number): Generator<number> {
  if (bits.read(1) === 1) throw bad('randomised blocks are not read')
  const origin = bits.read(24)
  const alphabet = usedBytes(bits)
  const { selectors, tables } = readTables(bits, alphabet.length + 2)
  const { places, length } = readSymbols(bits, size, alphabet, selectors, tables)
  if (origin >= length) throw bad('the transform starts outside the block')
  let at = (places[origin] as number) >>> 8
  for (let left = length; left > 0; left--) {
    const entry = places[at] as number
    yield entry & 255
    at = entry >>> 8
  }
}

function usedBytes(bits: BitReader): number[] {
  const groups = bits.read(16)
  const used: number[] = []
  for (let group = 0; group < 16; group++) {
    if (((groups >>> (15 - group)) & 1) === 0) continue
    const members = bits.read(16)
    for (let i = 0; i < 16; i++) if ((members >>> (15 - i)) & 1) used.push(group * 16 + i)
  }
  if (used.length === 0) throw bad('a block of no bytes')
  return used
}

interface Table {
  /** By code length: the first code, and where its symbols begin. */
  limit: Int32Array
  base: Int32Array
  symbols: Uint16Array
  shortest: number
}

function readTables(bits: BitReader, symbols: number): { selectors: Uint8Array; tables: Table[] } {
  const count = bits.read(3)
  const total = bits.read(15)
  if (count < 2 || count > 6 || total === 0) throw bad('a number of tables that there cannot be')
  const order = Array.from({ length: count }, (_, i) => i)
  const selectors = new Uint8Array(total)
  for (let i = 0; i < total; i++) {
    let place = 0
    while (bits.read(1) === 1) if (++place >= count) throw bad('a table that there is none of')
    const [table] = order.splice(place, 1)
    order.unshift(table as number)
    selectors[i] = table as number
  }
  return { selectors, tables: order.map(() => tableOf(readLengths(bits, symbols))) }
}

function readLengths(bits: BitReader, symbols: number): Uint8Array {
  const lengths = new Uint8Array(symbols)
  let length = bits.read(5)
  for (let i = 0; i < symbols; i++) {
    while (bits.read(1) === 1) length += bits.read(1) === 0 ? 1 : -1
    if (length < 1 || length > maxCodeLength) throw bad('a code that is too long')
    lengths[i] = length
  }
  return lengths
}

function tableOf(lengths: Uint8Array): Table {
  const symbols = new Uint16Array(lengths.length)
  const limit = new Int32Array(maxCodeLength + 2).fill(-1)
  const base = new Int32Array(maxCodeLength + 2)
  let code = 0
  let filled = 0
  for (let length = 1; length <= maxCodeLength; length++) {
    base[length] = filled - code
    for (const [symbol, own] of lengths.entries())
      if (own === length) {
        symbols[filled++] = symbol
        code++
      }
    limit[length] = code - 1
    code <<= 1
  }
  return { limit, base, symbols, shortest: Math.min(...lengths) }
}

/** The move-to-front coded symbols as the transform's last column, with the inverse's links in the upper 24 bits. */
function readSymbols(bits: BitReader, size: number, alphabet: number[], selectors: Uint8Array, tables: Table[]) {
  const places = new Uint32Array(size)
  const counts = new Uint32Array(256)
  const front = [...alphabet]
  const end = alphabet.length + 1
  let length = 0
  let run = 0
  let weight = 1
  const put = (byte: number, times: number) => {
    if (length + times > size) throw bad('a block that is too large')
    places.fill(byte, length, length + times)
    counts[byte] = (counts[byte] as number) + times
    length += times
  }
  for (let read = 0; ; read++) {
    const table = tables[selectors[Math.floor(read / groupSize)] as number]
    if (!table) throw bad('more symbols than tables')
    const symbol = readSymbol(bits, table)
    if (symbol <= 1) {
      run += weight << symbol
      weight *= 2
      if (weight > 2 ** 21) throw bad('a run that is too long')
      continue
    }
    if (run > 0) put(front[0] as number, run)
    run = 0
    weight = 1
    if (symbol === end) break
    const [byte] = front.splice(symbol - 1, 1)
    if (byte === undefined) throw bad('a symbol that there is none of')
    front.unshift(byte)
    put(byte, 1)
  }
  link(places, counts, length)
  return { places, length }
}

function readSymbol(bits: BitReader, { limit, base, symbols, shortest }: Table): number {
  let code = bits.read(shortest)
  for (let length = shortest; length <= maxCodeLength; length++) {
    if (code <= (limit[length] as number)) return symbols[code + (base[length] as number)] as number
    code = (code << 1) | bits.read(1)
  }
  throw bad('a code that there is none of')
}

function link(places: Uint32Array, counts: Uint32Array, length: number): void {
  let sum = 0
  const starts = counts.map(count => {
    sum += count
    return sum - count
  })
  for (let i = 0; i < length; i++) {
    const byte = (places[i] as number) & 255
    const to = starts[byte] as number
    starts[byte] = to + 1
    places[to] = (places[to] as number) | (i << 8)
  }
}

const outSize = 256 * 1024

/** Undoes the first run-length coding: four equal bytes are followed by a count of more. */
function* runs(bytes: Iterable<number>, crc: { value: number }): Generator<Uint8Array> {
  let out = new Uint8Array(outSize)
  let filled = 0
  let same = 0
  let last = -1
  for (const byte of bytes) {
    let times = 1
    let value = byte
    if (same === 4) {
      times = byte
      value = last
      same = 0
      last = -1
    } else {
      same = byte === last ? same + 1 : 1
      last = byte
    }
    for (; times > 0; times--) {
      crc.value = (crc.value << 8) ^ (crcTable[(crc.value >>> 24) ^ value] as number)
      out[filled++] = value
      if (filled < outSize) continue
      yield out
      out = new Uint8Array(outSize)
      filled = 0
    }
  }
  if (filled > 0) yield out.subarray(0, filled)
}

/** CRC-32 of polynomial 04c11db7, the highest bit first. */
const crcTable = Int32Array.from({ length: 256 }, (_, i) => {
  let value = i << 24
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1
  return value
})
