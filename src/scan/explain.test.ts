import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Inventory } from '../base/model/inventory.ts'
import type { Package } from '../base/model/package.ts'
import { memoryAdvisories } from './advisories/store/memory.ts'
import { recordItem } from './advisories/store/testing.ts'
import { explainIn } from './explain.ts'
import { judge } from './judge.ts'

const now = new Date('2024-01-01T00:00:00Z')

function pkg(name: string, version: string): Package {
  const purl = `pkg:npm/${name}@${version}`
  return {
    id: purl,
    name,
    version,
    type: 'npm',
    purl,
    foundBy: 'npm',
    path: 'package-lock.json',
    licenses: [],
    dependsOn: [],
  }
}

const inventory: Inventory = {
  artifact: { name: 'x', type: 'filesystem', repoTags: [], repoDigests: [], layers: [], size: 0 },
  packages: [pkg('left', '1.0.0'), pkg('left', '2.0.0'), pkg('right', '1.0.0')],
  incomplete: [],
  timing: {},
}
const advisories = memoryAdvisories([
  recordItem('npm', 'left', 'GHSA-aaaa-bbbb-cccc', '2.0.0', { aliases: ['CVE-2024-0001'] }),
])

test('every package that a record ties to the id is explained, reported or not', () => {
  const report = judge(inventory, advisories, { now })
  const { packages, known } = explainIn('cve-2024-0001', inventory, report, advisories, now)
  assert.equal(known, true)
  assert.deepEqual(
    packages.map(({ name, version, outcome }) => `${name} ${version} ${outcome}`),
    ['left 1.0.0 reported', 'left 2.0.0 not_vulnerable'],
  )
  assert.deepEqual(
    packages[0]!.records.map(({ id, verdict, decided }) => [id, verdict, decided]),
    [['GHSA-aaaa-bbbb-cccc', 'vulnerable', true]],
  )
})

test('an id that nobody knows is said to be unknown', () => {
  const { known, packages } = explainIn(
    'CVE-2024-9999',
    inventory,
    judge(inventory, advisories, { now }),
    advisories,
    now,
  )
  assert.deepEqual([known, packages], [false, []])
})

test('a finding that a filter left out is told with the filter', () => {
  const report = judge(inventory, advisories, { now, severities: ['CRITICAL'] })
  assert.equal(explainIn('CVE-2024-0001', inventory, report, advisories, now).packages[0]!.outcome, 'severity')
})
