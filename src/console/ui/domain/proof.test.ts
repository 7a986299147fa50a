import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { proofOf } from './proof.ts'

const cases: [name: string, evidence: string, parts: [string, string][]][] = [
  [
    'a comparison comes first',
    '{"advisory":"CVE-1","source":"debian","range":"<2","path":"var/lib/dpkg/status","compared":"1 < 2"}',
    [
      ['compared', '1 < 2'],
      ['range', '<2'],
      ['source', 'debian'],
      ['advisory', 'CVE-1'],
      ['path', 'var/lib/dpkg/status'],
    ],
  ],
  ['what is empty or nested is left out', '{"match":"AKIA***","fix":"","more":{"a":1}}', [['match', 'AKIA***']]],
  ['a sentence stays one', 'sha256 of a known sample', [['', 'sha256 of a known sample']]],
  ['what is no JSON stays as it is', '{broken', [['', '{broken']]],
  ['nothing', '', []],
]
for (const [name, evidence, parts] of cases)
  test(name, () =>
    deepEqual(
      proofOf(evidence).map(({ name, value }) => [name, value]),
      parts,
    ),
  )
