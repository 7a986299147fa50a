import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FeedItem } from '../../../base/model/advisory.ts'
import { matched, pkg, summary } from './testing.ts'

const flaw = (name: string, id: string): FeedItem => ({
  kind: 'record',
  ecosystem: 'Maven',
  name,
  record: { id, source: 'osv', aliases: [], status: 'fixed', intervals: [{ introduced: '0', fixed: '2.0' }] },
})

const rows: [what: string, name: string, classRoots: string | undefined, known: string[], expected: string][] = [
  ['a group in whose domain the classes are', 'tool', 'org.example.tool', ['org.example:tool'], 'CVE-1<2.0'],
  ['another domain', 'tool', 'com.other.tool', ['org.example:tool'], ''],
  ['no classes', 'tool', undefined, ['org.example:tool'], ''],
  ['one word in common', 'tool', 'org.tool', ['org.example:tool'], ''],
  ['the domain of a host of many', 'core', 'org.apache.alpha', ['org.apache.beta:core'], ''],
  ['a project of that host', 'core', 'org.apache.beta', ['org.apache.beta:core'], 'CVE-1<2.0'],
  ['named after its group', 'tomcat-juli', 'org.apache.juli', ['org.apache.tomcat:tomcat-juli'], 'CVE-1<2.0'],
  ['hyphens are no part of packages', 'cache', 'com.benmanes.x', ['com.ben-manes.x:cache'], 'CVE-1<2.0'],
  ['the best of several', 'orm', 'org.example.orm', ['org.example:orm', 'org.example.orm:orm'], 'CVE-2<2.0'],
  [
    'two names of one project',
    'orm',
    'org.example.a',
    ['org.example.x:orm', 'org.example.y:orm'],
    'CVE-1<2.0 CVE-2<2.0',
  ],
  ['a group that is stated counts alone', 'org.own:tool', 'org.example.tool', ['org.example:tool'], ''],
]
for (const [what, name, classRoots, known, expected] of rows)
  test(`an archive without a group: ${what}`, () => {
    const items = [...known.map((one, at) => flaw(one, `CVE-${at + 1}`)), flaw('org.unrelated:other', 'CVE-9')]
    const found = pkg('maven', name, '1.0', classRoots === undefined ? {} : { extra: { classRoots } })
    assert.equal(summary(matched(undefined, [found], items)), expected)
  })

test('the evidence says that it was concluded, and from which name', () => {
  const found = pkg('maven', 'tool', '1.0', { extra: { classRoots: 'org.example.tool' } })
  const own = pkg('maven', 'org.example:tool', '1.0')
  const { findings } = matched(undefined, [found, own], [flaw('org.example:tool', 'CVE-1')])
  assert.deepEqual(
    findings.map(one => one.evidence.probably),
    ['org.example:tool', undefined],
  )
})
