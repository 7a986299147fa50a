import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import type { Severity } from '../../schemas/common.ts'
import { mergeBySeverity } from './order.ts'

const list = (kind: string, ...severities: Severity[]) =>
  severities.map((severity, at) => ({ severity, name: `${kind} ${at + 1}` }))

const cases: [what: string, groups: ReturnType<typeof list>[], want: string[]][] = [
  ['nothing', [[], []], []],
  [
    'critical incidents, then critical risks, then warnings',
    [list('incident', 'CRITICAL', 'MEDIUM'), list('flaw', 'HIGH'), list('risk', 'CRITICAL', 'HIGH')],
    ['incident 1', 'risk 1', 'flaw 1', 'risk 2', 'incident 2'],
  ],
  ['a risk alone before a warning', [list('incident', 'MEDIUM'), list('risk', 'CRITICAL')], ['risk 1', 'incident 1']],
  [
    'of equal severity the earlier list first',
    [list('incident', 'HIGH', 'HIGH'), list('blind', 'HIGH')],
    ['incident 1', 'incident 2', 'blind 1'],
  ],
  [
    'a list keeps its own order',
    [list('flaw', 'HIGH', 'CRITICAL', 'MEDIUM'), list('risk', 'HIGH')],
    ['flaw 1', 'flaw 2', 'risk 1', 'flaw 3'],
  ],
]

for (const [what, groups, want] of cases)
  test(`what to do first: ${what}`, () => {
    deepEqual(
      mergeBySeverity(groups).map(item => item.name),
      want,
    )
  })
