import { type ByteSource, readExactly } from './byte-source.ts'
import { JennerError } from './errors.ts'
import type { ReportProblem } from './model/ecosystem.ts'

export type SqliteValue = null | number | string | Buffer

export interface SqliteRow {
  /** What an `INTEGER PRIMARY KEY` column stands for: that column itself is stored as NULL. */
  rowid: number
  /** In the order of the table's columns. */
  values: SqliteValue[]
}

/**
 * The rows of one table of an SQLite database, without opening it as one: a minimal reader of https://www.sqlite.org/fileformat.html, table b-trees and
 * overflow pages; no page is read twice, so a file that points in circles ends. A write-ahead log is a file of its own and not merged.
 * Throws `malformed` when there is no such table; what of it cannot be read is told to `problem`.
 */
export function* sqliteRows(source: ByteSource, table: string, problem: ReportProblem): Generator<SqliteRow> {
  const database = open(source)
  const { root } = tableOf(database, table, problem)
  for (const { rowid, record } of tableRecords(database, root, problem)) {
    const values = columnsOr(record, problem)
    if (values !== undefined) yield { rowid, values }
  }
}

/** The rows of a table by the names of its columns (in lower case), which the statement that made it gives. As `sqliteRows` otherwise. */
export function* sqliteRecords(
  source: ByteSource,
  table: string,
  problem: ReportProblem,
): Generator<Map<string, SqliteValue>> {
  const database = open(source)
  const { root, sql } = tableOf(database, table, problem)
  const columns = columnsOf(sql)
  for (const { rowid, record } of tableRecords(database, root, problem)) {
    const values = columnsOr(record, problem)
    if (values === undefined) continue
    yield new Map(columns.map(({ name, isKey }, index) => [name, isKey ? rowid : (values[index] ?? null)]))
  }
}

/** Names of columns out of `CREATE TABLE NAME (COLUMN TYPE …, …, CONSTRAINT …)`. */
function columnsOf(sql: string): { name: string; isKey: boolean }[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const char of sql.slice(sql.indexOf('(') + 1, maxStatement)) {
    if (char === '(') depth++
    if (char === ')' && depth-- === 0) break
    if (char === ',' && depth === 0) {
      parts.push(part)
      part = ''
    } else part += char
  }
  return [...parts, part].slice(0, maxColumns).flatMap(text => {
    const name = /^\s*["'`[]?([A-Za-z_]\w{0,100})/.exec(text)?.[1]?.toLowerCase()
    if (name === undefined || /^(?:constraint|primary|unique|check|foreign)$/.test(name)) return []
    return [{ name, isKey: /^\s*\S+\s+integer\s+primary\s+key\b/i.test(text) }]
  })
}

const maxStatement = 64 * 1024

export const sqliteMagic = Buffer.from('SQLite format 3\0', 'latin1')

interface Database {
  source: ByteSource
  pageSize: number
  usable: number
  pageCount: number
  /** One byte a page: 1 once it was read. */
  seen: Uint8Array
}

function open(source: ByteSource): Database {
  const header = readExactly(source, 0, 100)
  if (!header.subarray(0, 16).equals(sqliteMagic)) throw new JennerError('malformed', 'no SQLite header')
  const stated = header.readUInt16BE(16)
  const pageSize = stated === 1 ? 65536 : stated
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0) throw new JennerError('malformed', `page size ${pageSize}`)
  const usable = pageSize - header.readUInt8(20)
  if (usable < 480) throw new JennerError('malformed', `usable page size ${usable}`)
  if (header.readUInt32BE(56) > 1) throw new JennerError('unsupported', 'UTF-16 database')
  const pageCount = Math.ceil(source.size / pageSize)
  return { source, pageSize, usable, pageCount, seen: new Uint8Array(pageCount + 1) }
}

function tableOf(database: Database, table: string, problem: ReportProblem): { root: number; sql: string } {
  for (const { record } of tableRecords(database, 1, problem)) {
    const [type, name, , root, sql] = columnsOr(record, problem) ?? []
    if (type === 'table' && name === table && typeof root === 'number') return { root, sql: String(sql ?? '') }
  }
  throw new JennerError('malformed', `no table ${table}`)
}

interface Cell {
  rowid: number
  record: Buffer
}

/** Every record of a table, depth first. A page that cannot be read is told to `problem`, and its siblings are read. */
function* tableRecords(database: Database, root: number, problem: ReportProblem): Generator<Cell> {
  const open = [root]
  for (let page = open.pop(); page !== undefined; page = open.pop()) {
    try {
      const bytes = readPage(database, page)
      const header = page === 1 ? 100 : 0
      const kind = bytes.readUInt8(header)
      if (kind === interior) open.push(...childrenOf(bytes, header))
      else if (kind === leaf) yield* leafRecords(database, bytes, header, problem)
      else throw new JennerError('malformed', `page type ${kind}`)
    } catch (error) {
      problem('malformed', `page ${page}: ${messageOf(error)}`)
    }
  }
}

const interior = 0x05
const leaf = 0x0d

function readPage(database: Database, page: number): Buffer {
  if (page < 1 || page > database.pageCount) throw new JennerError('malformed', `page ${page} of ${database.pageCount}`)
  if (database.seen[page] !== 0) {
    if (page !== 1) throw new JennerError('malformed', `page ${page} is used twice`)
  }
  database.seen[page] = 1
  return readExactly(database.source, (page - 1) * database.pageSize, database.pageSize)
}

/** Right to left, since the last one is read first. */
function childrenOf(bytes: Buffer, header: number): number[] {
  const children = [bytes.readUInt32BE(header + 8)]
  for (const cell of cellOffsets(bytes, header, 12).reverse()) children.push(bytes.readUInt32BE(cell))
  return children
}

function cellOffsets(bytes: Buffer, header: number, headerSize: number): number[] {
  const count = bytes.readUInt16BE(header + 3)
  return Array.from({ length: count }, (_, index) => bytes.readUInt16BE(header + headerSize + 2 * index))
}

function* leafRecords(database: Database, bytes: Buffer, header: number, problem: ReportProblem): Generator<Cell> {
  for (const cell of cellOffsets(bytes, header, 8)) {
    try {
      const size = varint(bytes, cell)
      const row = varint(bytes, size.next)
      yield { rowid: row.value, record: payload(database, bytes, row.next, size.value) }
    } catch (error) {
      problem('malformed', `cell at ${cell}: ${messageOf(error)}`)
    }
  }
}

/** "B-tree Cell Format": how much of a payload stays on the leaf, and the chain of overflow pages with the rest. */
function payload(database: Database, bytes: Buffer, start: number, size: number): Buffer {
  const { usable } = database
  const most = usable - 35
  if (size <= most) return slice(bytes, start, size)
  if (size > database.source.size) throw new JennerError('malformed', `payload of ${size} bytes`)
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const fitting = least + ((size - least) % (usable - 4))
  const local = fitting <= most ? fitting : least
  const parts = [slice(bytes, start, local)]
  let left = size - local
  let next = bytes.readUInt32BE(start + local)
  while (left > 0) {
    const page = readPage(database, next)
    next = page.readUInt32BE(0)
    const length = Math.min(left, usable - 4)
    parts.push(page.subarray(4, 4 + length))
    left -= length
  }
  return Buffer.concat(parts)
}

function columnsOr(record: Buffer, problem: ReportProblem): SqliteValue[] | undefined {
  try {
    return columns(record)
  } catch (error) {
    problem('malformed', `record: ${messageOf(error)}`)
    return undefined
  }
}

/** "Record Format": the value of each column. */
function columns(record: Buffer): SqliteValue[] {
  const header = varint(record, 0)
  const values: SqliteValue[] = []
  let position = header.next
  let body = header.value
  while (position < header.value && values.length < maxColumns) {
    const serial = varint(record, position)
    position = serial.next
    const bytes = slice(record, body, serialLength(serial.value))
    values.push(decoded(serial.value, bytes))
    body += bytes.length
  }
  return values
}

/** "Serial Type Codes Of The Record Format": 1 to 6 are integers, 7 a float, 8 and 9 the constants, even ones blobs, odd ones texts. */
function decoded(serial: number, bytes: Buffer): SqliteValue {
  if (serial >= 12) return serial % 2 === 0 ? bytes : bytes.toString('utf8')
  if (serial === 8 || serial === 9) return serial - 8
  if (serial === 7) return bytes.readDoubleBE(0)
  if (serial === 0 || serial > 9) return null
  return bytes.length > 6 ? Number(bytes.readBigInt64BE(0)) : bytes.readIntBE(0, bytes.length)
}

const maxColumns = 64

function serialLength(serial: number): number {
  if (serial >= 12) return Math.floor((serial - 12) / 2)
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][serial] ?? 0
}

/** Big endian, 7 bits a byte, the ninth byte whole. */
function varint(bytes: Buffer, start: number): { value: number; next: number } {
  let value = 0
  for (let index = 0; index < 8; index++) {
    const byte = bytes.readUInt8(start + index)
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return { value, next: start + index + 1 }
  }
  return { value: value * 256 + bytes.readUInt8(start + 8), next: start + 9 }
}

function slice(bytes: Buffer, start: number, length: number): Buffer {
  if (start + length > bytes.length)
    throw new JennerError('malformed', `${length} bytes at ${start} of ${bytes.length}`)
  return bytes.subarray(start, start + length)
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
