import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AdvisoryRecord } from '../../base/model/advisory.ts'
import { normalizeItem } from './normalize.ts'

const record = (more: Partial<AdvisoryRecord>): AdvisoryRecord => ({
  id: 'PYSEC-1',
  source: 'osv',
  aliases: [],
  status: 'affected',
  intervals: [{ introduced: '1.0', fixed: '2.0' }],
  ...more,
})

const kept = (ecosystem: string, one: AdvisoryRecord): string[] | undefined => {
  const item = normalizeItem({ kind: 'record', ecosystem, name: 'Some_Name', record: one })
  return item.kind === 'record' ? item.record.versions : undefined
}

const listed = ['0.9', '1.0', '1.5', '2.0', 'not-a-version']
const cases: [string, string, Partial<AdvisoryRecord>, string[] | undefined][] = [
  ['what the ranges leave out stays', 'PyPI', { versions: listed }, ['0.9', '2.0', 'not-a-version']],
  ['what the ranges say goes', 'PyPI', { versions: ['1.0', '1.9.post1'] }, undefined],
  ['without ranges all stay', 'PyPI', { intervals: [], versions: listed }, listed],
  [
    "a database's own constraints are ranges",
    'npm',
    { intervals: [], vulnerable: ['<1.0.0'], versions: ['0.9.0', '1.0.1'] },
    ['1.0.1'],
  ],
  ['distributions list what their ranges hold', 'Debian:12', { versions: ['3.0-1'] }, undefined],
  [
    'but those it lists beside nothing',
    'PyPI',
    { status: 'not_affected', intervals: [{ fixed: '0' }], versions: ['1.0+cgr.1'] },
    ['1.0+cgr.1'],
  ],
  ['a record of what is not affected names none', 'PyPI', { status: 'not_affected', versions: listed }, undefined],
]
for (const [name, ecosystem, more, expected] of cases)
  test(name, () => assert.deepEqual(kept(ecosystem, record(more)), expected))

const names: [ecosystem: string, name: string, asked: string][] = [
  ['PyPI', 'Some_Name', 'some-name'],
  ['seal pip', 'Some.Name', 'some-name'],
  ['Root:PyPI', 'Some_Name', 'some-name'],
  ['GitHub Actions', 'Owner/Action', 'owner/action'],
  ['SwiftURL', 'https://github.com/Apple/swift-nio.git', 'github.com/apple/swift-nio'],
  ['NuGet', 'Newtonsoft.Json', 'newtonsoft.json'],
  ['VSCode', 'Publisher.Name', 'publisher.name'],
  ['Go', 'github.com/Masterminds/goutils', 'github.com/Masterminds/goutils'],
  ['Debian:12', 'X', 'X'],
]
for (const [ecosystem, name, asked] of names)
  test(`${ecosystem} ${name} is asked for as ${asked}`, () => {
    const item = normalizeItem({ kind: 'record', ecosystem, name, record: record({}) })
    assert.equal(item.kind === 'record' && item.name, asked)
  })
