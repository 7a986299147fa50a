import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Inventory } from '../base/model/inventory.ts'
import type { Package } from '../base/model/package.ts'
import { memoryAdvisories } from './advisories/store/memory.ts'
import { recordItem } from './advisories/store/testing.ts'
import { readIgnoreLines } from './advisories/vex/ignore-lines.ts'
import { readOpenVex } from './advisories/vex/openvex.ts'
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

test('records that are about something else, and decisions, are told', () => {
  const rpm = { ...pkg('bash', '5.1-1.el9'), type: 'rpm', arch: 'x86_64', purl: 'pkg:rpm/redhat/bash@5.1-1.el9' }
  const image: Inventory = { ...inventory, os: { family: 'redhat', version: '9.4', release: {} }, packages: [rpm] }
  const records = memoryAdvisories([
    recordItem('Red Hat:9', 'bash', 'CVE-2024-0002', '5.1-2.el9', { arches: ['aarch64'] }),
    recordItem('Red Hat:9', 'bash', 'CVE-2024-0003', '5.1-2.el9'),
  ])
  const decisions = [
    readIgnoreLines('.jennerignore', 'CVE-2024-0003 exp:2023-01-01\n'),
    readOpenVex('a.json', {
      statements: [
        { vulnerability: { name: 'CVE-2024-0003' }, status: 'not_affected', products: [{ '@id': rpm.purl }] },
      ],
    }),
  ]
  const explained = (id: string) =>
    explainIn(id, image, judge(image, records, { now, decisions }), records, now, decisions).packages[0]
  const aside = explained('CVE-2024-0002')
  assert.equal(aside?.outcome, 'not_concerned')
  assert.deepEqual(aside?.setAside, [
    { id: 'CVE-2024-0002', source: 'test', found: 'Red Hat:9 bash', reason: 'architecture' },
  ])
  const decided = explained('CVE-2024-0003')
  assert.equal(decided?.outcome, 'vex')
  assert.deepEqual(
    decided?.decisions.map(({ kind, holds }) => [kind, holds]),
    [
      ['ignored', false],
      ['vex', true],
    ],
  )
})

test('a reported finding says its severity, fix and priority', () => {
  const report = judge(inventory, advisories, { now })
  const [first] = explainIn('CVE-2024-0001', inventory, report, advisories, now).packages
  assert.deepEqual([first?.severity, first?.fixed], ['UNKNOWN', '2.0.0'])
  assert.ok((first?.reasons?.length ?? 0) > 0)
})

test('what an erratum fixes as well is another flaw', () => {
  const rpm = { ...pkg('glibc', '2.28-1.el8'), type: 'rpm', purl: 'pkg:rpm/alma/glibc@2.28-1.el8' }
  const image: Inventory = { ...inventory, os: { family: 'alma', version: '8.9', release: {} }, packages: [rpm] }
  const records = memoryAdvisories([
    recordItem('AlmaLinux:8', 'glibc', 'ALSA-2023:5455', '2.28-2.el8', { aliases: ['CVE-2023-4911', 'CVE-2023-4527'] }),
  ])
  const { aliases, packages } = explainIn('CVE-2023-4911', image, judge(image, records, { now }), records, now)
  assert.deepEqual(aliases, [])
  assert.deepEqual(
    packages.map(({ outcome, ids }) => [outcome, ids]),
    [['reported', ['CVE-2023-4911', 'ALSA-2023:5455']]],
  )
})
