import { deepEqual, throws } from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { sourceOf } from './byte-source.ts'
import { sqliteRecords, sqliteRows } from './sqlite.ts'

/** The bytes of a database in which these statements were run. */
function databaseOf(...statements: string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-sqlite-'))
  try {
    const path = join(folder, 'x.db')
    const database = new DatabaseSync(path)
    for (const statement of statements) database.exec(statement)
    database.close()
    return readFileSync(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const rowsOf = (bytes: Buffer, table: string) => {
  const problems: string[] = []
  const rows = [...sqliteRows(sourceOf(bytes), table, (_, detail) => void problems.push(detail))]
  return { rows, problems }
}

test('values of every type, and the row’s own number', () => {
  const bytes = databaseOf(
    'CREATE TABLE t (id INTEGER PRIMARY KEY, a, b TEXT, c BLOB, d REAL)',
    "INSERT INTO t VALUES (7, 0, 'é', x'00ff', 1.5), (300, 1, '', NULL, -2), (301, -70000, 'x', x'', 5000000000000)",
  )
  deepEqual(rowsOf(bytes, 't').rows, [
    { rowid: 7, values: [null, 0, 'é', Buffer.from([0, 255]), 1.5] },
    { rowid: 300, values: [null, 1, '', null, -2] },
    { rowid: 301, values: [null, -70000, 'x', Buffer.alloc(0), 5000000000000] },
  ])
  throws(() => rowsOf(bytes, 'other'), { code: 'malformed' })
})

test('rows by the names of columns', () => {
  const bytes = databaseOf(
    'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, "Name" TEXT NOT NULL, price DECIMAL(10, 2), UNIQUE (id, "Name"))',
    "INSERT INTO t VALUES (5, 'a', 2), (6, 'b', NULL)",
    'ALTER TABLE t ADD COLUMN late TEXT',
  )
  deepEqual(
    [...sqliteRecords(sourceOf(bytes), 't', () => {})].map(row => Object.fromEntries(row)),
    [
      { id: 5, name: 'a', price: 2, late: null },
      { id: 6, name: 'b', price: null, late: null },
    ],
  )
})

test('trees of many pages and rows longer than a page', () => {
  const bytes = databaseOf(
    'PRAGMA page_size = 512',
    'CREATE TABLE t (a TEXT)',
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO t SELECT printf('%.*c', i % 2000, 'x') FROM n",
  )
  const { rows, problems } = rowsOf(bytes, 't')
  deepEqual(
    rows.map(({ values }) => String(values[0]).length),
    Array.from({ length: 3000 }, (_, index) => (index + 1) % 2000 || 1),
  )
  deepEqual(problems, [])
})

test('cut or damaged, what can be read is, and the rest is told', () => {
  const bytes = databaseOf(
    'PRAGMA page_size = 512',
    'CREATE TABLE t (a TEXT)',
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO t SELECT printf('%d', i) FROM n",
  )
  const cut = rowsOf(bytes.subarray(0, bytes.length / 2), 't')
  deepEqual([cut.rows.length > 100, cut.rows.length < 1000, cut.problems.length > 0], [true, true, true])
  const loop = Buffer.from(bytes)
  for (let at = 512; at < loop.length; at += 512) if (loop[at] === 5) loop.writeUInt32BE(2, at + 8)
  deepEqual(
    rowsOf(loop, 't').problems.some(detail => detail.includes('twice')),
    true,
  )
})
