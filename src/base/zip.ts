import { crc32, inflateRawSync } from 'node:zlib'
import { type ByteSource, readExactly } from './byte-source.ts'
import { JennerError } from './errors.ts'

export interface ZipEntry {
  name: string
  /** 0 stored, 8 deflated; others cannot be read. */
  method: number
  encrypted: boolean
  crc: number
  compressedSize: number
  size: number
  /** Of the local header, in the source. */
  offset: number
}

/** Bytes that may still be inflated, shared by an archive and all archives in it. */
export interface InflateBudget {
  left: number
}

const endSize = 22
const maxComment = 65_535
const centralSize = 46
const localSize = 30
const maxEntries = 1_000_000
const maxDirectory = 256 * 1024 * 1024
const signatures = { end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50, central: 0x02014b50, local: 0x04034b50 }

/** Whether the source begins as a zip does. One with a program before it does not, and is found by its end alone. */
export function looksLikeZip(source: ByteSource): boolean {
  if (source.size < endSize) return false
  const magic = readExactly(source, 0, 4).readUInt32LE(0)
  return magic === signatures.local || magic === signatures.end
}

/** The entries that `wanted` asks for by name, in the order of the central directory. Throws as `zipEntries` does. */
export function listZip(source: ByteSource, wanted: (name: string) => boolean): ZipEntry[] {
  const entries: ZipEntry[] = []
  for (const entry of zipEntries(source)) if (wanted(entry.name)) entries.push(entry)
  return entries
}

/**
 * All entries one by one, in the order of the central directory, after PKWARE's APPNOTE.TXT (Zip64 included; bytes before the archive are let pass).
 * Throws before the first `truncated` when the end belongs to an archive within, `malformed` when there is no central directory or entries share bytes, by which a small file could be inflated many times over.
 */
export function* zipEntries(source: ByteSource): Generator<ZipEntry> {
  const { offset, size, count, bias } = findDirectory(source)
  // Another archive's end, stored within this one, whose own was cut off.
  if (bias > 0 && looksLikeZip(source)) throw new JennerError('truncated', 'zip without an end of its own')
  if (count > maxEntries || size > maxDirectory) throw new JennerError('limit_exceeded', `zip of ${count} entries`)
  const directory = readExactly(source, offset, size)
  const spans = new Float64Array(count * 2)
  let index = 0
  for (const { entry, nameLength } of walkDirectory(directory, count, bias)) {
    spans[index++] = entry.offset
    spans[index++] = entry.offset + localSize + nameLength + entry.compressedSize
  }
  refuseOverlaps(spans, offset)
  for (const { entry } of walkDirectory(directory, count, bias)) yield entry
}

function* walkDirectory(
  directory: Buffer,
  count: number,
  bias: number,
): Generator<{ entry: ZipEntry; nameLength: number }> {
  for (let at = 0, index = 0; index < count; index++) {
    if (at + centralSize > directory.length || directory.readUInt32LE(at) !== signatures.central) {
      throw new JennerError('malformed', `zip directory ends at entry ${index} of ${count}`)
    }
    const nameLength = directory.readUInt16LE(at + 28)
    const extraLength = directory.readUInt16LE(at + 30)
    yield { entry: entryOf(directory, at, nameLength, extraLength, bias), nameLength }
    at += centralSize + nameLength + extraLength + directory.readUInt16LE(at + 32)
  }
}

/** Beginning and end of each entry, in turn. Most archives have them in order. */
function refuseOverlaps(spans: Float64Array, end: number): void {
  const order = new Uint32Array(spans.length / 2).map((_, index) => index)
  if (!isInOrder(spans)) order.sort((a, b) => spans[a * 2]! - spans[b * 2]!)
  let before = Number.NEGATIVE_INFINITY
  for (const index of order) {
    if (spans[index * 2]! < before) throw new JennerError('malformed', 'zip entries overlap')
    before = spans[index * 2 + 1]!
  }
  if (end < before) throw new JennerError('malformed', 'zip entries overlap')
}

function isInOrder(spans: Float64Array): boolean {
  for (let index = 2; index < spans.length; index += 2) if (spans[index]! < spans[index - 2]!) return false
  return true
}

interface Directory {
  offset: number
  size: number
  count: number
  /** What is before the archive's own first byte. */
  bias: number
}

function findDirectory(source: ByteSource): Directory {
  const length = Math.min(source.size, endSize + maxComment)
  const start = source.size - length
  const tail = readExactly(source, start, length)
  for (let at = length - endSize; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== signatures.end) continue
    if (at + endSize + tail.readUInt16LE(at + 20) > length) continue
    const end = start + at
    const wide = readEnd64(source, end)
    if (wide !== undefined) return wide
    const size = tail.readUInt32LE(at + 12)
    const offset = end - size
    const bias = offset - tail.readUInt32LE(at + 16)
    if (offset < 0 || bias < 0) throw new JennerError('malformed', 'zip directory outside the file')
    return { offset, size, count: tail.readUInt16LE(at + 10), bias }
  }
  throw new JennerError('malformed', 'no zip directory')
}

/** The Zip64 end record, when its locator stands before the plain one. */
function readEnd64(source: ByteSource, end: number): Directory | undefined {
  if (end < 20) return undefined
  const locator = readExactly(source, end - 20, 20)
  if (locator.readUInt32LE(0) !== signatures.locator64) return undefined
  // The stated place is wrong when bytes stand before the archive; the record itself has 56 bytes and stands right before its locator.
  const record = [u64(locator, 8), end - 20 - 56].find(at => isEnd64(source, at))
  if (record === undefined) throw new JennerError('malformed', 'no Zip64 end record')
  const bytes = readExactly(source, record, 56)
  const size = u64(bytes, 40)
  const offset = record - size
  const bias = offset - u64(bytes, 48)
  if (offset < 0 || bias < 0) throw new JennerError('malformed', 'zip directory outside the file')
  return { offset, size, count: u64(bytes, 32), bias }
}

function isEnd64(source: ByteSource, at: number): boolean {
  return at >= 0 && at + 56 <= source.size && readExactly(source, at, 4).readUInt32LE(0) === signatures.end64
}

function entryOf(directory: Buffer, at: number, nameLength: number, extraLength: number, bias: number): ZipEntry {
  const nameEnd = at + centralSize + nameLength
  const extra = directory.subarray(nameEnd, nameEnd + extraLength)
  const sizes = [directory.readUInt32LE(at + 24), directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42)]
  const [size, compressedSize, offset] = withZip64(sizes, extra)
  return {
    name: directory.toString('utf8', at + centralSize, nameEnd),
    method: directory.readUInt16LE(at + 10),
    encrypted: (directory.readUInt16LE(at + 8) & 1) !== 0,
    crc: directory.readUInt32LE(at + 16),
    compressedSize: compressedSize!,
    size: size!,
    offset: offset! + bias,
  }
}

/** Extra field 1 holds, in this order, those of the three that are 0xffffffff. */
function withZip64(values: number[], extra: Buffer): number[] {
  if (!values.includes(0xffffffff)) return values
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let next = at + 4
    return values.map(value => {
      if (value !== 0xffffffff || next + 8 > extra.length) return value
      next += 8
      return u64(extra, next - 8)
    })
  }
  return values
}

function u64(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new JennerError('malformed', `zip states ${value} bytes`)
  return Number(value)
}

/**
 * An entry's bytes, inflated and checked. Throws `limit_exceeded` above `maxSize` or the budget, `unsupported` for other methods and encryption,
 * `malformed` when length or checksum differ from the directory's.
 */
export function readZipEntry(source: ByteSource, entry: ZipEntry, maxSize: number, budget: InflateBudget): Buffer {
  if (entry.size > maxSize || entry.size > budget.left)
    throw new JennerError('limit_exceeded', `${entry.name}: ${entry.size} bytes`)
  budget.left -= entry.size
  const data = readExactly(source, dataStart(source, entry), entry.compressedSize)
  const bytes = entry.method === 0 ? data : inflate(entry, data)
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc)
    throw new JennerError('malformed', `${entry.name}: checksum or length differs`)
  return bytes
}

/** A stored entry as a source of its own, without copying it. */
export function storedEntry(source: ByteSource, entry: ZipEntry): ByteSource {
  return dataOf(source, entry, Math.min(entry.size, entry.compressedSize))
}

/** An entry's bytes as they stand in the archive. Throws `unsupported` for encryption and for methods that are neither stored nor deflated. */
export function packedEntry(source: ByteSource, entry: ZipEntry): ByteSource {
  return dataOf(source, entry, entry.compressedSize)
}

function dataOf(source: ByteSource, entry: ZipEntry, size: number): ByteSource {
  const start = dataStart(source, entry)
  if (start + size > source.size) throw new JennerError('truncated', entry.name)
  return { size, read: (offset, length) => source.read(start + offset, Math.max(0, Math.min(length, size - offset))) }
}

function dataStart(source: ByteSource, entry: ZipEntry): number {
  if (entry.encrypted) throw new JennerError('unsupported', `${entry.name} is encrypted`)
  if (entry.method !== 0 && entry.method !== 8)
    throw new JennerError('unsupported', `${entry.name}: method ${entry.method}`)
  const local = readExactly(source, entry.offset, localSize)
  if (local.readUInt32LE(0) !== signatures.local) throw new JennerError('malformed', `${entry.name}: no local header`)
  return entry.offset + localSize + local.readUInt16LE(26) + local.readUInt16LE(28)
}

function inflate(entry: ZipEntry, data: Buffer): Buffer {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, entry.size) })
  } catch (error) {
    throw new JennerError('malformed', `${entry.name} does not inflate to ${entry.size} bytes`, error)
  }
}
