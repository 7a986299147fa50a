import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cvssScore } from '../../../base/cvss.ts'
import type { AdvisoryDetails, AdvisoryRecord } from '../../../base/model/advisory.ts'
import { severities } from '../../../base/model/severity.ts'
import { ecosystems } from '../../inventory/ecosystems/index.ts'
import { starterAdvisories } from './index.ts'
import { starterItems } from './items.ts'
import { languageRows } from './languages.ts'

const items = [...starterItems()]
const records = items.filter(item => item.kind === 'record')
const details = new Map<string, AdvisoryDetails>()
for (const item of items) if (item.kind === 'details') details.set(item.details.id, item.details)

test('holds at least a hundred flaws in eight languages and three distributions', () => {
  assert.ok(new Set(records.map(({ record }) => record.id)).size >= 100)
  assert.equal(Object.keys(languageRows).length, 8)
  for (const family of ['Debian', 'Alpine', 'AlmaLinux'])
    assert.ok(records.some(({ ecosystem }) => ecosystem.startsWith(family)))
})

test('every record has an id, a range or versions, a title, a source address, and a known severity', () => {
  for (const { name, record } of records) {
    const label = `${name} ${record.id}`
    assert.match(record.id, /^(CVE-\d{4}-\d{4,}|GHSA(-[23456789cfghjmpqrvwx]{4}){3})$/, label)
    for (const alias of record.aliases) assert.match(alias, /^(CVE|GHSA|PYSEC|GO|RUSTSEC)-[\w-]+$/, label)
    assert.ok(record.intervals.length > 0 || (record.versions?.length ?? 0) > 0, label)
    const said = details.get(record.id)
    assert.ok(said !== undefined && said.title !== '' && said.references.length > 0, label)
    assert.ok(
      Object.values(said.severities).every(severity => severities.includes(severity) && severity !== 'UNKNOWN'),
      label,
    )
  }
})

test('every CVSS vector is a whole one', () => {
  for (const { cvss } of details.values())
    for (const { vector, score } of cvss) assert.equal(cvssScore(vector), score, vector)
})

test('the ranges of a language are in its own order', () => {
  const schemes: Record<string, string> = {
    npm: 'npm',
    PyPI: 'pypi',
    Maven: 'maven',
    Go: 'golang',
    RubyGems: 'gem',
    'crates.io': 'cargo',
    Packagist: 'composer',
    NuGet: 'nuget',
  }
  for (const { ecosystem, name, record } of records) {
    const scheme = ecosystems.find(({ type }) => type === schemes[ecosystem])?.versions
    if (scheme === undefined) continue
    for (const { introduced, fixed } of record.intervals) {
      if (introduced !== undefined && fixed !== undefined)
        assert.equal(scheme.compare(introduced, fixed), -1, `${name} ${record.id} ${introduced}..${fixed}`)
    }
  }
})

test('knows what distributions have patched in Python packages of theirs', () => {
  const advisories = starterAdvisories()
  for (const [ecosystem, name, id] of [
    ['Debian:12', 'setuptools', 'CVE-2025-47273'],
    ['AlmaLinux:9', 'python3-setuptools', 'CVE-2024-6345'],
    ['Debian:12', 'python-certifi', 'CVE-2023-37920'],
  ] as const) {
    assert.ok(advisories.find(ecosystem, name).some(record => record.id === id))
    assert.notEqual(advisories.details(id), undefined)
  }
})

test('opens quickly, says that it is the starter, and answers', () => {
  const advisories = starterAdvisories()
  assert.equal(advisories.info.starter, true)
  const log4j: AdvisoryRecord[] = advisories.find('Maven', 'org.apache.logging.log4j:log4j-core')
  assert.deepEqual(log4j.map(({ id }) => id).sort(), [
    'CVE-2021-44228',
    'CVE-2021-44832',
    'CVE-2021-45046',
    'CVE-2021-45105',
  ])
  assert.equal(advisories.kev('CVE-2021-44228')?.ransomware, true)
  assert.equal(advisories.find('Debian:12', 'xz-utils')[0]?.status, 'not_affected')
  assert.equal(advisories.endOfLife('debian', '11')?.eol, '2024-08-14')
  assert.equal(advisories.details('CVE-2014-0160')?.title.startsWith('Heartbleed'), true)
})
