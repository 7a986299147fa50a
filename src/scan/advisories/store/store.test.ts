import assert from 'node:assert/strict'
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { JennerError } from '../../../base/errors.ts'
import type { Advisories, AdvisoryRecord, FeedItem } from '../../../base/model/advisory.ts'
import { memoryAdvisories } from './memory.ts'
import { openDatabase } from './reader.ts'
import { record, recordItem } from './testing.ts'
import { createDatabaseWriter } from './writer.ts'

const full: AdvisoryRecord = {
  id: 'GHSA-2qwx-fg45-9vxm',
  source: 'ghsa',
  aliases: ['CVE-2014-0160', 'CVE-2020-1234567', 'PYSEC-2020-1', '제너'],
  status: 'will_not_fix',
  intervals: [{ introduced: '0', fixed: '1.2' }, { introduced: '2.0', lastAffected: '2.5' }, {}],
  versions: ['3.0', '3.1'],
  vulnerable: ['>=1 <2'],
  patched: ['~> 4.1'],
  unaffected: ['< 0.1'],
  severity: 'HIGH',
  arches: ['x86_64'],
  module: 'php:7.4',
  cpes: ['cpe:/o:redhat:enterprise_linux:8::baseos'],
  note: 'postponed',
  names: 'source',
}

const items: FeedItem[] = [
  { kind: 'record', ecosystem: 'Debian:bookworm', name: 'openssl', record: full },
  recordItem('npm', '__proto__', 'CVE-2024-1', '1.0'),
  recordItem('npm', 'left', 'CVE-0024-0001', '1.0'),
  ...Array.from({ length: 3000 }, (_, i) =>
    recordItem('PyPI', `pkg-${i % 1500}`, `PYSEC-2024-${i}`, `${i}.0`, {
      aliases: [`CVE-2024-${1000 + i}`, 'CVE-2024-9', 'CVE-2024-8', 'CVE-2024-7', 'CVE-2024-6'],
    }),
  ),
  { kind: 'details', details: details('CVE-2024-1000', ['PYSEC-2024-0'], { nvd: 'HIGH' }) },
  { kind: 'details', details: details('PYSEC-2024-0', ['CVE-2024-1000'], { pysec: 'LOW' }) },
  ...['net.minidev:json-smart', 'net.minidev:json-smart', 'org.moved:json-smart', 'net.minidev'].map(
    (name, at): FeedItem => ({
      kind: 'record',
      ecosystem: 'Maven',
      name,
      record: { ...full, id: `GHSA-${at}`, source: 'osv' },
    }),
  ),
  { kind: 'kev', cve: 'CVE-2014-0160', entry: { dateAdded: '2022-05-04', ransomware: true } },
  ...Array.from(
    { length: 1000 },
    (_, i): FeedItem => ({
      kind: 'epss',
      cve: `CVE-20${10 + (i % 10)}-${1000 + i}`,
      entry: { score: i / 1000, percentile: 0.12345, date: '2026-01-02' },
    }),
  ),
  { kind: 'eol', entry: { product: 'debian', cycle: '12', eol: '2026-06-10', extended: '2028-06-30' } },
]

function details(id: string, aliases: string[], severities: Record<string, 'HIGH' | 'LOW'>) {
  return {
    id,
    aliases,
    title: `title of ${id}`,
    description: '',
    severities,
    cvss: [],
    cwes: ['CWE-1'],
    references: [`https://example.org/${id}`],
  }
}

/** Everything that the data can be asked, as text. */
function answers(db: Advisories): unknown[] {
  return [
    db.find('Debian:12', 'openssl'),
    db.find('npm', '__proto__'),
    db.find('npm', 'left'),
    db.find('npm', 'absent'),
    ...Array.from({ length: 1500 }, (_, i) => db.find('PyPI', `pkg-${i}`)),
    db.details('CVE-2024-1000'),
    db.details('PYSEC-2024-0'),
    db.details('CVE-1999-0001'),
    db.kev('CVE-2014-0160'),
    db.kev('CVE-2014-0161'),
    db.epss('CVE-2013-1003'),
    db.epss('CVE-2019-1999'),
    db.epss('CVE-2013-1004'),
    db.endOfLife('debian', '12'),
    db.groups('json-smart').sort(),
    db.groups('absent'),
    db.covers('Debian:12'),
    db.covers('Debian:13'),
  ]
}

describe('advisory database file', () => {
  let folder: string
  let path: string
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jenner-store-'))
    path = join(folder, 'advisories.db')
    const writer = createDatabaseWriter(path)
    for (const item of items) writer.add(item)
    await writer.finish({ builtAt: '2026-01-02T00:00:00Z', updatedAt: { ghsa: '2026-01-01T00:00:00Z' } })
  })
  after(() => rmSync(folder, { recursive: true }))

  it('answers as the items do in memory', () => {
    const db = openDatabase(path)
    assert.deepEqual(answers(db), answers(memoryAdvisories(items)))
    assert.deepEqual(db.find('Debian:12', 'openssl'), [full])
    assert.deepEqual(db.groups('json-smart').sort(), ['net.minidev', 'org.moved'])
    assert.equal(db.epss('CVE-2019-1999')?.score, 0.999)
    assert.equal(db.details('CVE-2024-1000')?.title, 'title of CVE-2024-1000')
    assert.deepEqual({ ...db.details('PYSEC-2024-0')?.severities }, { nvd: 'HIGH', pysec: 'LOW' })
    assert.deepEqual(
      db.info.sources.find(source => source.id === 'ghsa'),
      { id: 'ghsa', records: 1, updatedAt: '2026-01-01T00:00:00Z' },
    )
    db.close()
  })

  it('leaves nothing but the file behind', () => assert.deepEqual(readdirSync(folder), ['advisories.db']))

  it('is the same file for the same items', async () => {
    const again = join(folder, 'again.db')
    const writer = createDatabaseWriter(again)
    for (const item of items) writer.add(item)
    await writer.finish({ builtAt: '2026-01-02T00:00:00Z', updatedAt: { ghsa: '2026-01-01T00:00:00Z' } })
    assert.ok(readFileSync(again).equals(readFileSync(path)))
    rmSync(again)
  })

  it('never gives a wrong or missing answer from a damaged file', () => {
    const bytes = readFileSync(path)
    const whole = openDatabase(path)
    const right = answers(whole).map(answer => JSON.stringify(answer))
    whole.close()
    const damaged = join(folder, 'damaged.db')
    let refused = 0
    for (let i = 0; i < 60; i++) {
      const at = i < 20 ? i * 6 : Math.floor((bytes.length * (i - 20)) / 40)
      const copy = Buffer.from(bytes)
      copy[at] = (copy[at] ?? 0) ^ (1 << (i % 8))
      writeFileSync(damaged, copy)
      try {
        const db = openDatabase(damaged)
        try {
          assert.deepEqual(
            answers(db).map(answer => JSON.stringify(answer)),
            right,
            `byte ${at}`,
          )
        } finally {
          db.close()
        }
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'database_corrupt', `byte ${at}: ${error}`)
        refused++
      }
    }
    assert.ok(refused > 40, `${refused} refused`)
    rmSync(damaged)
  })

  it('refuses a cut, empty or foreign file', () => {
    const bytes = readFileSync(path)
    for (const content of [
      bytes.subarray(0, bytes.length - 1),
      bytes.subarray(0, 50),
      Buffer.alloc(0),
      Buffer.from('SQLite format 3\0'.repeat(20)),
    ]) {
      const bad = join(folder, 'bad.db')
      writeFileSync(bad, content)
      assert.throws(
        () => openDatabase(bad),
        (error: JennerError) => error.code === 'database_corrupt' && error.detail.includes(bad),
      )
      rmSync(bad)
    }
    assert.throws(() => openDatabase(join(folder, 'none.db')), { code: 'database_missing' })
    writeFileSync(join(folder, 'file'), '')
    assert.throws(() => openDatabase(join(folder, 'file', 'below')), { code: 'target_unreadable' })
    rmSync(join(folder, 'file'))
  })

  it('keeps a reader alive while a newer file takes its place', async () => {
    const moving = join(folder, 'moving.db')
    const first = createDatabaseWriter(moving)
    first.add(recordItem('npm', 'a', 'CVE-2024-0001', '1'))
    await first.finish()
    const reader = openDatabase(moving)
    const second = createDatabaseWriter(moving)
    second.add(recordItem('npm', 'a', 'CVE-2024-0002', '1'))
    await second.finish()
    assert.equal(reader.find('npm', 'a')[0]?.id, 'CVE-2024-0001')
    reader.close()
    rmSync(moving)
  })

  it('stands at its path only when whole', () => {
    const writer = createDatabaseWriter(join(folder, 'aborted.db'))
    writer.add({ kind: 'record', ecosystem: 'npm', name: 'a', record: record('CVE-2024-0001') })
    writer.abort()
    assert.deepEqual(readdirSync(folder), ['advisories.db'])
    assert.throws(() => closeSync(openSync(join(folder, 'aborted.db'), 'r')))
  })
})
