import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { readVexDocument } from '../../scan/advisories/vex/read.ts'
import { decisionInput } from '../schemas/decisions.ts'
import { importIgnoreLines, importOpenVex } from './import.ts'
import { openVexOf } from './openvex.ts'
import type { DecisionRow } from './store.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

test('.trivyignore: each line an accepted risk that ends; what cannot be taken over is named', () => {
  const text = [
    '# a comment',
    'CVE-2024-1',
    'CVE-2024-2 exp:2026-02-01 owner:lee pkg:deb/debian/openssl # behind a proxy',
    'CVE-2024-3 exp:2025-01-01',
    'CVE-2024-4 path:app/**',
    'CVE-2024-5 nonsense:x',
  ].join('\n')
  const { decisions, skipped } = importIgnoreLines(text, 'kim', now)
  deepEqual(
    decisions.map(one => [one.scope, one.status, one.owner, one.expires, one.comment]),
    [
      [{ vulnerability: 'CVE-2024-1' }, 'accepted', 'kim', '2026-04-01T00:00:00.000Z', ''],
      [
        { vulnerability: 'CVE-2024-2', package: 'pkg:deb/debian/openssl' },
        'accepted',
        'lee',
        '2026-02-02T00:00:00.000Z',
        'behind a proxy',
      ],
    ],
  )
  ok(decisions.every(one => decisionInput.safeParse(one).success))
  deepEqual(skipped.map(one => one.why).sort(), ['expired 2025-01-01', 'not understood: nonsense:x', 'path'].sort())
})

test('OpenVEX: not_affected with its reason; nothing else hides anything', () => {
  const document = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    statements: [
      {
        vulnerability: { name: 'CVE-1' },
        products: [{ '@id': 'pkg:npm/a@1' }],
        status: 'not_affected',
        justification: 'component_not_present',
      },
      {
        vulnerability: 'CVE-2',
        products: [{ '@id': `pkg:oci/app@sha256%3A${'a'.repeat(64)}`, subcomponents: [{ '@id': 'pkg:npm/b@2' }] }],
        status: 'not_affected',
        impact_statement: 'not called',
      },
      { vulnerability: { name: 'CVE-3' }, products: [{ '@id': 'pkg:npm/a@1' }], status: 'affected' },
      { vulnerability: { name: 'CVE-4' }, products: [{ '@id': 'pkg:npm/a@1' }], status: 'not_affected' },
      { vulnerability: { name: 'CVE-5' }, status: 'not_affected', justification: 'component_not_present' },
      7,
    ],
  }
  const { decisions, skipped } = importOpenVex(JSON.stringify(document), 'kim')
  deepEqual(
    decisions.map(one => one.scope),
    [
      { vulnerability: 'CVE-1', package: 'pkg:npm/a@1' },
      { vulnerability: 'CVE-2', image: `*sha256:${'a'.repeat(64)}`, package: 'pkg:npm/b@2' },
    ],
  )
  equal(skipped.length, 4)
  deepEqual(importOpenVex('{', 'kim').skipped, [{ what: 'openvex', why: 'not JSON' }])
})

function row(more: Partial<DecisionRow>): DecisionRow {
  return {
    id: 'd',
    vulnerability: 'CVE-1',
    package: '',
    image: '',
    workload: '',
    rule: '',
    status: 'accepted',
    justification: '',
    owner: 'kim',
    expires: now + 1e9,
    comment: 'later',
    state: 'active',
    created_by: 'kim',
    created_at: now,
    updated_at: now,
    source: 'console',
    matches: 0,
    ...more,
  }
}

test('export: an accepted risk is never not_affected, and our own reader takes what we write', () => {
  const covered = ['a', 'b', 'c', 'd'].map(id => ({
    decision_id: id,
    name: `CVE-${id}`,
    purl: 'pkg:npm/a@1',
    image: 'app:1',
    digests: ['app@sha256:1'],
  }))
  const rows = [
    row({ id: 'a', status: 'accepted' }),
    row({ id: 'b', status: 'fixing' }),
    row({ id: 'c', status: 'false_positive' }),
    row({ id: 'd', status: 'not_affected', justification: 'component_not_present' }),
    row({ id: 'e', vulnerability: '', rule: 'Terminal shell in container' }),
  ]
  const document = openVexOf(rows, covered, now, '0') as {
    statements: { status: string; justification?: string; action_statement?: string }[]
  }
  deepEqual(
    document.statements.map(one => [one.status, one.justification]),
    [
      ['affected', undefined],
      ['affected', undefined],
      ['not_affected', 'vulnerable_code_not_present'],
      ['not_affected', 'component_not_present'],
    ],
  )
  ok(document.statements[0]!.action_statement?.includes('accepted'))
  const read = readVexDocument('x.json', JSON.stringify(document))
  deepEqual([read.problems, read.decisions.length], [[], 4])
})
