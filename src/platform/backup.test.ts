import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { backUp, restore } from './backup.ts'
import { placeOf } from './place.ts'

function setUp(t: TestContext) {
  const base = mkdtempSync(join(tmpdir(), 'jenner-backup-'))
  t.after(() => rmSync(base, { recursive: true, force: true }))
  const place = placeOf(join(base, 'state'))
  mkdirSync(join(place.folder, 'responses'), { recursive: true })
  mkdirSync(place.cache)
  writeFileSync(join(place.folder, 'key'), 'a key')
  writeFileSync(join(place.folder, 'responses', '1.json'), '{}')
  writeFileSync(join(place.cache, 'layer'), 'made anew')
  writeFileSync(place.runFile, '{}')
  const db = new DatabaseSync(join(place.folder, 'jenner.db'))
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE rows (value TEXT); INSERT INTO rows VALUES (1), (2)')
  return { base, place, db, file: join(base, 'backup.tar') }
}

function rowsOf(file: string): number {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    return Number(db.prepare('SELECT count(*) AS count FROM rows').get()!.count)
  } finally {
    db.close()
  }
}

test('a backup of a store in use holds its rows, the key and the responses, and comes back whole', async t => {
  const { base, place, db, file } = setUp(t)
  const { bytes, sha256 } = await backUp(place, file)
  assert.equal(bytes, statSync(file).size)
  assert.match(sha256, /^[0-9a-f]{64}$/)
  db.exec('INSERT INTO rows VALUES (3)')
  db.close()
  const other = placeOf(join(base, 'other'))
  assert.equal(restore(other, file), 3)
  assert.equal(rowsOf(join(other.folder, 'jenner.db')), 2)
  assert.equal(readFileSync(join(other.folder, 'key'), 'utf8'), 'a key')
  assert.ok(existsSync(join(other.folder, 'responses/1.json')))
  assert.ok(!existsSync(other.cache) && !existsSync(other.runFile) && !existsSync(join(other.folder, 'manifest.json')))
})

test('what stood there is moved aside', async t => {
  const { place, db, file } = setUp(t)
  await backUp(place, file)
  db.exec('INSERT INTO rows VALUES (3)')
  db.close()
  restore(place, file)
  assert.equal(rowsOf(join(place.folder, 'jenner.db')), 2)
  assert.equal(rowsOf(join(`${place.folder}.before-restore`, 'jenner.db')), 3)
})

test('a damaged or cut backup changes nothing', async t => {
  const { place, db, file } = setUp(t)
  db.close()
  await backUp(place, file)
  const whole = readFileSync(file)
  const flipped = Buffer.from(whole)
  flipped[whole.indexOf('a key')] = 0x42
  for (const bytes of [flipped, whole.subarray(0, whole.length - 4096), whole.subarray(0, 700), Buffer.alloc(0)]) {
    writeFileSync(file, bytes)
    assert.throws(() => restore(place, file), { code: 'malformed' })
    assert.equal(readFileSync(join(place.folder, 'key'), 'utf8'), 'a key')
    assert.ok(!existsSync(`${place.folder}.restore`))
  }
})
