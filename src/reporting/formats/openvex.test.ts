import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SuppressedFinding } from '../../base/model/report.ts'
import { exampleReport } from './examples.ts'
import { renderOpenVex } from './openvex.ts'

const options = { language: 'en' as const, terminal: { colors: false }, version: '1' }
const purl = 'pkg:pypi/idna@2.10'

interface Statement {
  vulnerability: { name: string }
  products: { '@id': string; subcomponents?: { '@id': string }[] }[]
  status: string
  justification?: string
  impact_statement?: string
  action_statement?: string
}

function statementsOf(suppressed: Partial<SuppressedFinding>[], more: object = {}): Statement[] {
  const report = { ...exampleReport(), ...more }
  report.Suppressed = suppressed.map(one => ({
    VulnerabilityID: 'CVE-1',
    PkgName: 'idna',
    InstalledVersion: '2.10',
    PkgIdentifier: { PURL: purl },
    Reason: '',
    Source: 'redhat: RHSA-1',
    ...one,
  }))
  const document = JSON.parse([...renderOpenVex(report, options)].join('')) as { statements: Statement[] }
  return document.statements
}

const rows: [title: string, Partial<SuppressedFinding>, expected: string][] = [
  [
    'a vendor’s word',
    { Reason: 'not_affected', Statement: 'not affected' },
    'not_affected vulnerable_code_not_present',
  ],
  ['a vendor’s fix', { Reason: 'not_affected', Statement: 'fixed in this version' }, 'fixed'],
  [
    'the distribution patched what it owns',
    { Reason: 'not_affected', Statement: 'python3-idna 2.10-7: fixed there' },
    'fixed',
  ],
  [
    'owned by the distribution, which lists no such flaw',
    { Reason: 'owned_by_os_package', Statement: 'x owns the file; the distribution lists no such flaw' },
    'not_affected vulnerable_code_not_present',
  ],
  ['owned, and reported there', { Reason: 'owned_by_os_package', Statement: 'x 1: reported there' }, ''],
  ['an accepted risk is no absence', { Reason: 'ignored', Statement: 'not exploitable here; owner ann' }, 'affected'],
  ['another’s VEX is not repeated', { Reason: 'vex', Statement: 'not_affected' }, ''],
  ['left out by severity', { Reason: 'severity' }, 'affected'],
  ['without a fix', { Reason: 'unfixed' }, 'affected'],
  ['go.mod’s minimum says nothing of what runs', { Reason: 'minimum_version' }, ''],
  ['a secret is no vulnerability', { Class: 'secret', Reason: 'ignored' }, ''],
]
for (const [title, finding, expected] of rows)
  test(`openvex: ${title}`, () => {
    const found = statementsOf([finding]).filter(one => one.vulnerability.name === 'CVE-1')
    assert.equal(found.map(one => [one.status, one.justification].filter(Boolean).join(' ')).join(), expected)
    for (const one of found) {
      if (one.status === 'not_affected') assert.ok(one.justification || one.impact_statement)
      if (one.status === 'affected') assert.ok(one.action_statement, 'affected needs an action')
    }
  })

test('openvex: an image is the product, its packages are subcomponents', () => {
  const [first] = statementsOf([{ Reason: 'not_affected', Statement: 'not affected' }])
  assert.deepEqual(first?.products, [
    {
      '@id': `pkg:oci/app@sha256:${'b'.repeat(64)}?repository_url=registry.example%2Fapp`,
      subcomponents: [{ '@id': purl }],
    },
  ])
})

test('openvex: of a folder the packages are the products; equal words are one statement', () => {
  const one = { Reason: 'not_affected', Statement: 'not affected' }
  const other = { ...one, PkgIdentifier: { PURL: 'pkg:pypi/other@1' } }
  const found = statementsOf([one, other, one], { ArtifactType: 'filesystem' }).filter(
    ({ status }) => status === 'not_affected',
  )
  assert.deepEqual(
    found.map(({ products }) => products),
    [[{ '@id': purl }, { '@id': 'pkg:pypi/other@1' }]],
  )
})

test('openvex: what is reported is affected; only what was watched and not loaded is not', () => {
  const report = exampleReport()
  const [result] = report.Results
  const [first, second] = result?.Vulnerabilities ?? []
  assert.ok(first && second)
  second.InUse = false
  const document = JSON.parse([...renderOpenVex(report, options)].join('')) as { statements: Statement[] }
  const of = (id: string) => document.statements.find(one => one.vulnerability.name === id)
  assert.equal(of(first.VulnerabilityID)?.status, 'affected')
  assert.match(of(first.VulnerabilityID)?.action_statement ?? '', /^Update to /)
  assert.equal(of(second.VulnerabilityID)?.justification, 'vulnerable_code_not_in_execute_path')
})
