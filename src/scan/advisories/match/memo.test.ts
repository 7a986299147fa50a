import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import type { FeedItem } from '../../../base/model/advisory.ts'
import { createMemo } from './memo.ts'
import { distro, matched, pkg, summary } from './testing.ts'

const record = (ecosystem: string, name: string, id: string, fixed: string): FeedItem => ({
  kind: 'record',
  ecosystem,
  name,
  record: { id, source: 'x', aliases: [], status: 'fixed', intervals: [{ introduced: '0', fixed }], severity: 'HIGH' },
})
const items = [
  record('npm', 'a', 'CVE-2024-1', '2.0.0'),
  record('Debian:12', 'b', 'CVE-2024-2', '2'),
  record('Debian:11', 'b', 'CVE-2024-2', '1'),
]

test('a memo changes no verdict: not of another version, distribution or place', () => {
  const memo = createMemo()
  const inventories = [
    [distro('debian 12'), [pkg('npm', 'a', '1.0.0'), pkg('deb', 'b', '1')]],
    [distro('debian 12'), [pkg('npm', 'a', '1.0.0', { path: 'elsewhere' }), pkg('deb', 'b', '2')]],
    [distro('debian 11'), [pkg('npm', 'a', '2.0.0'), pkg('deb', 'b', '1')]],
    [distro('debian 12'), [pkg('npm', 'a', '1.0.0', { id: 'x', path: 'third' }), pkg('deb', 'b', '1')]],
  ] as const
  const seen: string[] = []
  for (const [os, packages] of inventories) {
    const result = matched(os, [...packages], items, { memo })
    deepEqual(result, matched(os, [...packages], items))
    seen.push(summary(result))
  }
  equal(seen[0], seen[3])
  equal(new Set(seen).size, 3)
})

test('what was said is asked for once', () => {
  const memo = createMemo()
  let asked = 0
  const subject = { package: pkg('npm', 'a', '1'), ecosystem: {} as never, sources: ['npm'], thirdParty: false }
  const judge = () => {
    asked++
    return []
  }
  memo.of(subject, judge)
  memo.of({ ...subject, package: pkg('npm', 'a', '1', { path: 'elsewhere' }) }, judge)
  equal(asked, 1)
  memo.of({ ...subject, sources: ['Root:npm'] }, judge)
  equal(asked, 2)
})
