import { type ByteSource, readExactly } from '../../../../base/byte-source.ts'
import { JennerError } from '../../../../base/errors.ts'
import type { ReportProblem } from '../../../../base/model/ecosystem.ts'

/**
 * The package headers of a Berkeley DB hash file (`Packages` of RHEL up to 8, Amazon Linux 2, Photon), in either byte order.
 * After libdb's src/dbinc/db_page.h: page 0 is the metadata; a hash page holds an index of offsets, keys and values by turns, each item
 * beginning with its type; a header is too long for a page, so its value names a chain of overflow pages. Key 0 holds rpm's own counter.
 */
export function* berkeleyBlobs(source: ByteSource, problem: ReportProblem): Generator<Buffer> {
  const file = open(source)
  for (let page = 1; page <= file.lastPage; page++) {
    const problems: string[] = []
    const values: Value[] = []
    try {
      values.push(...valuesOf(file, page))
    } catch (error) {
      problems.push(messageOf(error))
    }
    for (const value of values) {
      try {
        yield value.inline ?? chain(file, value.page, value.length)
      } catch (error) {
        problems.push(messageOf(error))
      }
    }
    for (const detail of problems) problem('malformed', `page ${page}: ${detail}`)
  }
}

/** At offset 12 of a hash file, in its byte order. */
export const berkeleyMagic = 0x00061561

interface HashFile {
  source: ByteSource
  pageSize: number
  lastPage: number
  little: boolean
  /** One byte a page: 1 once it was taken for a chain, so that chains cannot run in circles or share pages. */
  seen: Uint8Array
}

type Value = { inline: Buffer; page: 0; length: 0 } | { inline?: undefined; page: number; length: number }

const pageHeader = 26
const pageTypes = { hashUnsorted: 2, overflow: 7, hashMeta: 8, hash: 13 }
const itemTypes = { keyData: 1, offPage: 3 }

function open(source: ByteSource): HashFile {
  const meta = readExactly(source, 0, 72)
  const little = meta.readUInt32LE(12) === berkeleyMagic
  if (!little && meta.readUInt32BE(12) !== berkeleyMagic)
    throw new JennerError('malformed', 'no Berkeley DB hash header')
  const u32 = (offset: number) => (little ? meta.readUInt32LE(offset) : meta.readUInt32BE(offset))
  const pageSize = u32(20)
  if (pageSize < 512 || pageSize > 65536 || (pageSize & (pageSize - 1)) !== 0) {
    throw new JennerError('malformed', `page size ${pageSize}`)
  }
  if (meta.readUInt8(24) !== 0) throw new JennerError('unsupported', 'encrypted database')
  if (meta.readUInt8(25) !== pageTypes.hashMeta)
    throw new JennerError('malformed', `metadata page type ${meta.readUInt8(25)}`)
  if ((meta.readUInt8(26) & 1) !== 0) throw new JennerError('unsupported', 'page checksums')
  const pages = Math.floor(source.size / pageSize)
  const lastPage = u32(32)
  if (lastPage >= pages) throw new JennerError('truncated', `${pages} of ${lastPage + 1} pages`)
  return { source, pageSize, lastPage, little, seen: new Uint8Array(lastPage + 1) }
}

function valuesOf(file: HashFile, page: number): Value[] {
  const start = page * file.pageSize
  const type = readExactly(file.source, start, pageHeader).readUInt8(25)
  if (type !== pageTypes.hash && type !== pageTypes.hashUnsorted) return []
  const bytes = readExactly(file.source, start, file.pageSize)
  const entries = u16(file, bytes, 20)
  if (pageHeader + 2 * entries > file.pageSize) throw new JennerError('malformed', `${entries} entries`)
  const values: Value[] = []
  for (let entry = 1; entry < entries; entry += 2) {
    const keyAt = u16(file, bytes, pageHeader + 2 * (entry - 1))
    const valueAt = u16(file, bytes, pageHeader + 2 * entry)
    if (isCounterKey(bytes, keyAt)) continue
    values.push(valueAtOffset(file, bytes, valueAt, keyAt))
  }
  return values
}

/** Keys are package numbers of four bytes; number 0 is the counter. */
function isCounterKey(bytes: Buffer, offset: number): boolean {
  return bytes.readUInt8(offset) === itemTypes.keyData && bytes.readUInt32LE(offset + 1) === 0
}

/** Items fill a page from its end, so an item ends where the one before it begins. */
function valueAtOffset(file: HashFile, bytes: Buffer, offset: number, end: number): Value {
  const type = bytes.readUInt8(offset)
  if (type === itemTypes.offPage) return { page: u32(file, bytes, offset + 4), length: u32(file, bytes, offset + 8) }
  if (type !== itemTypes.keyData) throw new JennerError('unsupported', `item type ${type}`)
  if (end <= offset) throw new JennerError('malformed', `item at ${offset} ends at ${end}`)
  return { inline: Buffer.from(bytes.subarray(offset + 1, end)), page: 0, length: 0 }
}

function chain(file: HashFile, first: number, length: number): Buffer {
  if (length > file.source.size) throw new JennerError('malformed', `value of ${length} bytes`)
  const parts: Buffer[] = []
  let left = length
  for (let page = first; left > 0; ) {
    if (page < 1 || page > file.lastPage) throw new JennerError('malformed', `overflow page ${page}`)
    if (file.seen[page] !== 0) throw new JennerError('malformed', `overflow page ${page} is used twice`)
    file.seen[page] = 1
    const bytes = readExactly(file.source, page * file.pageSize, file.pageSize)
    if (bytes.readUInt8(25) !== pageTypes.overflow)
      throw new JennerError('malformed', `page ${page} is no overflow page`)
    const used = Math.min(left, u16(file, bytes, 22))
    if (used === 0 || pageHeader + used > file.pageSize) throw new JennerError('malformed', `overflow page ${page}`)
    parts.push(bytes.subarray(pageHeader, pageHeader + used))
    left -= used
    page = u32(file, bytes, 16)
  }
  return Buffer.concat(parts)
}

const u16 = (file: HashFile, bytes: Buffer, offset: number) =>
  file.little ? bytes.readUInt16LE(offset) : bytes.readUInt16BE(offset)
const u32 = (file: HashFile, bytes: Buffer, offset: number) =>
  file.little ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset)
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
