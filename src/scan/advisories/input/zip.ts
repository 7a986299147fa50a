import { inflateRawSync } from 'node:zlib'
import { JennerError } from '../../../base/errors.ts'
import type { Source } from './bytes.ts'
import { inputLimits } from './limits.ts'

export interface ZipEntry {
  name: string
  bytes(): Uint8Array
}

/**
 * Entries of a zip by its central directory (PKWARE APPNOTE 4.3: [local header, data]… [central header]… end record), Zip64 included.
 * Throws JennerError malformed or limit_exceeded; encrypted entries and odd methods throw when their bytes are asked for.
 */
export function* zipEntries(source: Source): Generator<ZipEntry> {
  const { offset, size, count } = centralDirectory(source)
  if (count > inputLimits.maxEntries || size > 512 * 1024 * 1024)
    throw new JennerError('limit_exceeded', `${count} zip entries`)
  const directory = view(source.read(offset, size))
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > directory.byteLength || directory.getUint32(at, true) !== 0x02014b50)
      throw new JennerError('malformed', `zip entry ${i}`)
    const nameLength = directory.getUint16(at + 28, true)
    const extraLength = directory.getUint16(at + 30, true)
    const name = text(directory, at + 46, nameLength)
    const header = {
      flags: directory.getUint16(at + 8, true),
      method: directory.getUint16(at + 10, true),
      packed: directory.getUint32(at + 20, true),
      size: directory.getUint32(at + 24, true),
      offset: directory.getUint32(at + 42, true),
    }
    widen(header, directory, at + 46 + nameLength, extraLength)
    at += 46 + nameLength + extraLength + directory.getUint16(at + 32, true)
    if (!name.endsWith('/')) yield { name, bytes: () => entryBytes(source, name, header) }
  }
}

interface Header {
  flags: number
  method: number
  packed: number
  size: number
  offset: number
}

function entryBytes(source: Source, name: string, header: Header): Uint8Array {
  if ((header.flags & 1) !== 0) throw new JennerError('unsupported', `${name} is encrypted`)
  if (header.size > inputLimits.maxHeld) throw new JennerError('limit_exceeded', `${name} is ${header.size} bytes`)
  const local = view(source.read(header.offset, 30))
  if (local.byteLength < 30 || local.getUint32(0, true) !== 0x04034b50)
    throw new JennerError('malformed', `${name}: no local header`)
  const start = header.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true)
  const packed = source.read(start, header.packed)
  if (packed.length !== header.packed) throw new JennerError('truncated', name)
  if (header.method === 0) return packed
  if (header.method !== 8) throw new JennerError('unsupported', `${name}: zip method ${header.method}`)
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, header.size) })
  } catch (error) {
    throw new JennerError('malformed', `${name}: broken deflate data`, error)
  }
}

function centralDirectory(source: Source): { offset: number; size: number; count: number } {
  const tailLength = Math.min(source.size, 65_557)
  const tailStart = source.size - tailLength
  const tail = view(source.read(tailStart, tailLength))
  for (let at = tailLength - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) !== 0x06054b50) continue
    const found = {
      count: tail.getUint16(at + 10, true),
      size: tail.getUint32(at + 12, true),
      offset: tail.getUint32(at + 16, true),
    }
    if (found.count !== 0xffff && found.offset !== 0xffffffff && found.size !== 0xffffffff) return found
    return zip64Directory(source, tailStart + at)
  }
  throw new JennerError('malformed', 'no end of central directory')
}

function zip64Directory(source: Source, end: number): { offset: number; size: number; count: number } {
  const locator = view(source.read(end - 20, 20))
  if (locator.byteLength < 20 || locator.getUint32(0, true) !== 0x07064b50)
    throw new JennerError('malformed', 'no zip64 locator')
  const record = view(source.read(Number(locator.getBigUint64(8, true)), 56))
  if (record.byteLength < 56 || record.getUint32(0, true) !== 0x06064b50)
    throw new JennerError('malformed', 'no zip64 record')
  const at = (offset: number) => Number(record.getBigUint64(offset, true))
  return { count: at(32), size: at(40), offset: at(48) }
}

/** Zip64 extra field (id 1): the 32-bit fields that are all ones, in their order, as 64-bit ones. */
function widen(header: Header, directory: DataView, start: number, length: number): void {
  for (let at = start; at + 4 <= start + length; ) {
    const id = directory.getUint16(at, true)
    const size = directory.getUint16(at + 2, true)
    let field = at + 4
    at = field + size
    if (id !== 1) continue
    for (const key of ['size', 'packed', 'offset'] as const) {
      if (header[key] !== 0xffffffff || field + 8 > at) continue
      header[key] = Number(directory.getBigUint64(field, true))
      field += 8
    }
  }
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const text = (data: DataView, offset: number, length: number) =>
  Buffer.from(data.buffer, data.byteOffset + offset, Math.max(0, Math.min(length, data.byteLength - offset))).toString(
    'utf8',
  )
