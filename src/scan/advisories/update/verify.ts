import { closeSync, openSync } from 'node:fs'
import { JennerError } from '../../../base/errors.ts'
import { ByteReader, unguarded } from '../store/bytes.ts'
import { corrupt, indexEntry, pageHead } from '../store/format.ts'
import { Reader } from '../store/reader.ts'
import { decodeRecord } from '../store/record.ts'

/**
 * Reads a whole database: every page, value, list and block under its checksum, every record decoded.
 * Throws JennerError database_missing, database_corrupt (naming the file and what in it is damaged), unsupported.
 */
export function verifyDatabase(path: string): { values: number } {
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch (error) {
    throw new JennerError('database_missing', path, error)
  }
  try {
    return { values: walk(new Reader(fd)) }
  } catch (error) {
    if (error instanceof JennerError && error.code === 'unsupported') throw error
    const detail = error instanceof JennerError ? error.detail : String(error)
    throw new JennerError('database_corrupt', `${path}: ${detail}`, error)
  } finally {
    closeSync(fd)
  }
}

function walk(reader: Reader): number {
  const blocks = new Map<number, boolean>()
  let values = 0
  for (let number = 0; number < reader.sections.epss.count; number++) reader.page('epss', number)
  for (let number = 0; number < reader.sections.pages.count; number++) {
    const page = reader.page('pages', number)
    for (let i = 0; i < page.readUInt16LE(4); i++) {
      const at = pageHead + i * indexEntry
      checkValue(reader, page.readUIntLE(at + 8, 5), page.readUIntLE(at + 13, 3), blocks)
      values++
    }
  }
  return values
}

/** Under a key stand records, places of details, or JSON (KEV, end of life): the same frame of count and lengths around each. */
function checkValue(reader: Reader, offset: number, length: number, blocks: Map<number, boolean>): void {
  const input = new ByteReader(unguarded(reader.section('values', offset, length), 'value'))
  for (let left = input.number(); left > 0; left--) {
    const payload = input.raw(input.number())
    if (payload[0] === 0x7b && isJson(payload)) continue
    if (!isDetailsPlace(reader, payload, blocks)) checkRecord(reader, payload)
  }
  if (input.position !== input.end) throw corrupt('a value has another length than it says')
}

function isJson(payload: Buffer): boolean {
  try {
    return typeof JSON.parse(payload.toString('utf8')) === 'object'
  } catch {
    return false
  }
}

/** Three numbers and no more, the first two of which point to a sound block of details. */
function isDetailsPlace(reader: Reader, payload: Buffer, blocks: Map<number, boolean>): boolean {
  try {
    const place = new ByteReader(payload)
    const [offset, length] = [place.number(), place.number(), place.number()] as const
    if (place.position !== place.end) return false
    const known = blocks.get(offset)
    if (known !== undefined) return known
    unguarded(reader.section('details', offset, length), 'details')
    blocks.set(offset, true)
    return true
  } catch {
    return false
  }
}

function checkRecord(reader: Reader, payload: Buffer): void {
  const input = new ByteReader(payload)
  decodeRecord(input, reader.contents.lexicon, reader)
  if (input.position !== input.end) throw corrupt('a record, or the block of details that it points to, is damaged')
}
