import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const root = mkdtempSync(join(tmpdir(), 'jenner-db-'))
after(() => rmSync(root, { recursive: true }))
const main = join(import.meta.dirname, '..', 'main.ts')
const database = join(root, 'x.jdb')

function jenner(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'db', ...words, '--lang', 'en'], {
    encoding: 'utf8',
    cwd: root,
  })
  return { status, stdout, stderr }
}

function build() {
  const feed = join(root, 'kev.json')
  const entry = { cveID: 'CVE-2024-0001', dateAdded: '2024-01-02', dueDate: '', knownRansomwareCampaignUse: 'Unknown' }
  writeFileSync(feed, JSON.stringify({ catalogVersion: '1', vulnerabilities: [entry] }))
  writeFileSync(join(root, 'broken.json'), '{"a":')
  return jenner('build', '--from', root, '-o', database)
}

test('build, status, verify, and a damaged file that is named', () => {
  const built = build()
  assert.equal(built.status, 0)
  assert.match(built.stdout, /1 record from \d+ files?/)
  assert.match(built.stderr, /broken\.json/)
  const status = JSON.parse(jenner('status', '--db', database, '-f', 'json').stdout) as {
    Database: { starter: boolean; sources: { id: string }[] }
  }
  assert.equal(status.Database.starter, false)
  assert.deepEqual(
    status.Database.sources.map(({ id }) => id),
    ['kev'],
  )
  assert.equal(jenner('verify', '--db', database).status, 0)
  const bytes = readFileSync(database)
  bytes[200]! ^= 1
  const damaged = join(root, 'damaged.jdb')
  writeFileSync(damaged, bytes)
  const verified = jenner('verify', '--db', damaged)
  assert.equal(verified.status, 1)
  assert.match(verified.stderr, /damaged\.jdb/)
})

test('update takes a prebuilt file, and keeps the last good one when the next is bad', () => {
  build()
  const cache = join(root, 'cache')
  writeFileSync(`${database}.sha256`, createHash('sha256').update(readFileSync(database)).digest('hex'))
  assert.equal(jenner('update', '--url', database, '--cache-dir', cache).status, 0)
  const place = join(cache, 'db', 'advisories.jdb')
  assert.ok(existsSync(place))
  writeFileSync(`${database}.sha256`, '0'.repeat(64))
  const refused = jenner('update', '--url', database, '--cache-dir', cache)
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, /last good database stays in use/)
  assert.equal(jenner('verify', '--cache-dir', cache).status, 0)
})

test('folders to build from may be named without --from', () => {
  build()
  assert.match(jenner('build', join(root, 'kev.json'), '-o', join(root, 'y.jdb')).stdout, /1 record from 1 file/)
})

test('what is wrong names what is missing, and the help of the sub-verb', () => {
  const { stderr } = jenner('build', root)
  assert.match(stderr, /-o FILE is missing/)
  assert.match(stderr, /jenner db build --help/)
})

const wrong: [name: string, words: string[], status: number][] = [
  ['build without --from', ['build', '-o', 'x'], 4],
  ['build without -o', ['build', '--from', '.'], 4],
  ['build from nowhere', ['build', '--from', 'absent', '-o', 'x'], 1],
  ['update offline', ['update', '--offline', '--cache-dir', 'c'], 4],
  ['update of an unknown feed', ['update', '--feeds', 'nope', '--cache-dir', 'c'], 4],
  ['a mirror without a feed', ['update', '--mirror', 'https://example.org', '--cache-dir', 'c'], 4],
  ['status of a file that is not there', ['status', '--db', 'absent.jdb'], 1],
  ['verify without a database', ['verify', '--cache-dir', 'c'], 1],
]
for (const [name, words, status] of wrong) {
  test(`${name} exits ${status}`, () => assert.equal(jenner(...words).status, status))
}

test('delta and apply', () => {
  build()
  const newer = join(root, 'newer.jdb')
  const from = mkdtempSync(join(root, 'feed-'))
  const entry = { cveID: 'CVE-2024-0002', dateAdded: '2024-01-03', dueDate: '', knownRansomwareCampaignUse: 'Known' }
  writeFileSync(join(from, 'kev.json'), JSON.stringify({ catalogVersion: '2', vulnerabilities: [entry] }))
  jenner('build', '--from', from, '-o', newer)
  const delta = join(root, 'x.delta')
  assert.equal(jenner('delta', database, newer).status, 4)
  assert.match(jenner('delta', database, newer, '-o', delta).stdout, /% of the whole/)
  const out = join(root, 'out.jdb')
  const applied = jenner('apply', database, delta, '-o', out, '-f', 'json')
  assert.equal((JSON.parse(applied.stdout) as { Identical: boolean }).Identical, true)
  assert.deepEqual(readFileSync(out), readFileSync(newer))
  const wrong = jenner('apply', newer, delta, '-o', join(root, 'never.jdb'))
  assert.equal(wrong.status, 1)
  assert.match(wrong.stderr, /made for the database of/)
  assert.equal(existsSync(join(root, 'never.jdb')), false)
})
