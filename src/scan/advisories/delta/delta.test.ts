import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { FeedItem } from '../../../base/model/advisory.ts'
import { openDatabase } from '../store/reader.ts'
import { recordItem as rec } from '../store/testing.ts'
import { createDatabaseWriter } from '../store/writer.ts'
import { applyDelta } from './apply.ts'
import { makeDelta } from './make.ts'

const folder = mkdtempSync(join(tmpdir(), 'jenner-delta-'))
after(() => rmSync(folder, { recursive: true }))
let made = 0

async function database(items: FeedItem[], builtAt = '2026-01-01T00:00:00.000Z'): Promise<string> {
  const path = join(folder, `${made++}.db`)
  const writer = createDatabaseWriter(path)
  for (const item of items) writer.add(item)
  await writer.finish({ builtAt })
  return path
}

const details = (id: string, title: string): FeedItem => ({
  kind: 'details',
  details: {
    id,
    aliases: [],
    title,
    description: `${title} `.repeat(20),
    severities: {},
    cvss: [],
    cwes: [],
    references: [],
  },
})
const kev = (cve: string, dateAdded: string): FeedItem => ({
  kind: 'kev',
  cve,
  entry: { dateAdded, ransomware: false },
})
const epss = (cve: string, score: number, date = '2026-01-01'): FeedItem => ({
  kind: 'epss',
  cve,
  entry: { score, percentile: score / 2, date },
})

const many = Array.from({ length: 300 }, (_, i) => rec('npm', `package-${i % 90}`, `CVE-2020-${1000 + i}`, `1.${i}.0`))
const base: FeedItem[] = [
  ...many,
  rec('Debian:12', 'openssl', 'CVE-2024-1', '3.0.1', {
    cpes: ['cpe:/a:x:y', 'cpe:/a:x:z'],
    note: 'no-dsa',
    imports: ['a/b', 'a/c'],
  }),
  ...Array.from({ length: 80 }, (_, i) => details(`CVE-2020-${1000 + i}`, `title ${i}`)),
  kev('CVE-2020-1000', '2026-01-01'),
  epss('CVE-2020-1000', 0.5),
  epss('CVE-2020-1001', 0.25),
]

const changes: [title: string, change: (items: FeedItem[]) => FeedItem[]][] = [
  ['nothing', items => items],
  [
    'a record changed',
    items => items.map((item, i) => (i === 7 ? rec('npm', 'package-7', 'CVE-2020-1007', '9.9') : item)),
  ],
  ['a record withdrawn', items => items.filter((_, i) => i !== 95)],
  [
    'all records of a package withdrawn',
    items => items.filter(item => item.kind !== 'record' || item.name !== 'package-3'),
  ],
  ['a record new, in front of others', items => [rec('npm', 'package-5', 'CVE-2026-1', '2'), ...items]],
  [
    'a package and an ecosystem new',
    items => [...items, rec('PyPI', 'django', 'CVE-2026-2', '5.0', { versions: ['4', '4.1'] })],
  ],
  ['records in another order', items => items.toReversed()],
  [
    'a text changed',
    items =>
      items.map(item =>
        item.kind === 'details' && item.details.id === 'CVE-2020-1009' ? details(item.details.id, 'other') : item,
      ),
  ],
  [
    'texts withdrawn and new',
    items => [
      details('CVE-2026-3', 'first'),
      ...items.filter(item => item.kind !== 'details' || item.details.title !== 'title 3'),
    ],
  ],
  [
    'exploited: one new, one changed',
    items => [
      ...items.filter(item => item.kind !== 'kev'),
      kev('CVE-2020-1000', '2026-02-02'),
      kev('CVE-2020-1002', '2026-02-02'),
    ],
  ],
  [
    'scores',
    items => [
      ...items.filter(item => item.kind !== 'epss'),
      epss('CVE-2020-1001', 0.75, '2026-01-02'),
      epss('CVE-2026-1', 0.1, '2026-01-02'),
    ],
  ],
  ['everything gone but one', items => items.slice(0, 1)],
]

describe('a delta makes the new database of the old one, byte for byte', () => {
  for (const [title, change] of changes)
    it(title, async () => {
      const from = await database(base)
      const to = await database(change(base), '2026-01-02T00:00:00.000Z')
      const delta = join(folder, 'a.delta')
      writeFileSync(delta, await makeDelta(from, to))
      const out = join(folder, 'out.db')
      const { identical } = await applyDelta(from, delta, out)
      assert.equal(identical, true)
      assert.ok(readFileSync(out).equals(readFileSync(to)))
    })
  it('in place, and one after the other', async () => {
    const days = [await database(base), await database(changes[1]![1](base)), await database(changes[4]![1](base))]
    const current = join(folder, 'current.db')
    writeFileSync(current, readFileSync(days[0]!))
    for (const next of days.slice(1)) {
      const delta = join(folder, 'day.delta')
      writeFileSync(delta, await makeDelta(current, next))
      await applyDelta(current, delta, current)
      assert.ok(readFileSync(current).equals(readFileSync(next)))
    }
    const db = openDatabase(current)
    assert.deepEqual(
      db
        .find('npm', 'package-5')
        .map(record => record.id)
        .slice(0, 2),
      ['CVE-2026-1', 'CVE-2020-1005'],
    )
    db.close()
  })
})

describe('a delta is refused', () => {
  it('for another database', async () => {
    const delta = join(folder, 'b.delta')
    writeFileSync(delta, await makeDelta(await database(base), await database(base.slice(1))))
    const other = await database(base.slice(2))
    const before = readFileSync(other)
    await assert.rejects(applyDelta(other, delta, other), { code: 'delta_unusable' })
    assert.ok(readFileSync(other).equals(before), 'the database is left as it was')
  })
  it('when a bit is wrong, or bytes are missing, anywhere', async () => {
    const from = await database(base)
    const bytes = await makeDelta(from, await database(changes[1]![1](base)))
    const delta = join(folder, 'c.delta')
    const out = join(folder, 'never.db')
    for (let at = 0; at < bytes.length; at += 13) {
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] as number) ^ 16
      writeFileSync(delta, damaged)
      await assert.rejects(applyDelta(from, delta, out), (error: { code: string }) =>
        /delta_unusable|unsupported/.test(error.code),
      )
      writeFileSync(delta, bytes.subarray(0, at))
      await assert.rejects(applyDelta(from, delta, out), { code: 'delta_unusable' })
    }
    assert.throws(() => readFileSync(out))
  })
})
