import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FeedItem } from '../base/model/advisory.ts'
import type { Package } from '../base/model/package.ts'
import { distro, inventory, pkg } from './advisories/match/testing.ts'
import { memoryAdvisories } from './advisories/store/memory.ts'
import { recordItem as rec } from './advisories/store/testing.ts'
import { judge } from './judge.ts'
import type { ScanOptions } from './options.ts'

const packages: Package[] = [
  pkg('deb', 'python3-idna', '3.3-1', { id: 'os' }),
  pkg('pypi', 'idna', '3.3', { id: 'owned', ownedBy: 'os' }),
  pkg('npm', 'app', '1.0.0', { relationship: 'root' }),
  pkg('npm', 'a', '1.0.0', { relationship: 'direct' }),
  pkg('npm', 'b', '1.0.0', { relationship: 'indirect' }),
  pkg('npm', 'c', '1.0.0', { development: true, relationship: 'direct' }),
]
const items: FeedItem[] = [
  rec('Debian:12', 'python3-idna', 'CVE-1', '3.3-2'),
  rec('PyPI', 'idna', 'CVE-2', '3.7'),
  ...['app', 'a', 'b', 'c'].map(name => rec('npm', name, `CVE-${name}`, '2.0.0')),
]

const rows: [title: string, options: ScanOptions, found: string][] = [
  ['all', {}, 'CVE-1 CVE-a CVE-b'],
  ['development packages too', { includeDevelopment: true }, 'CVE-1 CVE-a CVE-b CVE-c'],
  ['of the operating system', { pkgTypes: ['os'] }, 'CVE-1'],
  ['libraries, of which the owners are still known', { pkgTypes: ['library'] }, 'CVE-a CVE-b'],
  ['direct ones', { pkgRelationships: ['direct'] }, 'CVE-a'],
  ['direct ones with those of development', { pkgRelationships: ['direct'], includeDevelopment: true }, 'CVE-a CVE-c'],
  ['what the root needs indirectly', { pkgRelationships: ['root', 'indirect'] }, 'CVE-b'],
  ['those of which nothing is known', { pkgRelationships: ['unknown'] }, 'CVE-1'],
  ['none', { pkgRelationships: ['workspace'] }, ''],
]
for (const [title, options, found] of rows)
  test(`packages to judge: ${title}`, () => {
    const report = judge(inventory(distro('debian 12'), packages), memoryAdvisories(items), {
      now: new Date('2024-06-01'),
      ...options,
    })
    const ids = report.Results.flatMap(one => one.Vulnerabilities ?? []).map(one => one.VulnerabilityID)
    assert.equal(ids.sort().join(' '), found)
  })
