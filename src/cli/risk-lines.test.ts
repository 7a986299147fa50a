import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { test } from 'node:test'
import type { MessageKey } from '../base/i18n/en.ts'
import { translate } from '../base/i18n/translate.ts'
import type { Report, ReportRisk } from '../base/model/report.ts'
import type { Context } from './context.ts'
import { riskLines } from './risk-lines.ts'
import { exitCodeOf } from './verdict.ts'

const context = {
  text: (key: MessageKey, values: Record<string, unknown> = {}) =>
    translate('en', key, values as Record<string, string | number>),
  stdout: {},
  env: {},
} as unknown as Context

const risk: ReportRisk = {
  ID: 'privileged',
  Target: 'web\u001b[31m',
  Severity: 'CRITICAL',
  Title: 'Runs privileged',
  Description: 'All capabilities.',
  Fix: '-docker run --privileged … shop\n+docker run --cap-drop ALL … shop',
}

test('each risk is told with why and what to change, and nothing foreign reaches the terminal as it is', () => {
  const text = [...riskLines([risk], { noColor: true }, context)].join('')
  match(text, /: 1 risk\n/)
  match(
    text,
    /CRITICAL {2}web.*: Runs privileged\n {4}All capabilities\.\n {6}-docker run --privileged … shop\n {6}\+docker/,
  )
  ok(!text.includes('\u001b'))
  deepEqual([...riskLines([], { noColor: true }, context)].length, 1)
})

const gates: [what: string, gate: Partial<Parameters<typeof exitCodeOf>[1]>, risks: ReportRisk[], want: number][] = [
  ['no gate', {}, [risk], 0],
  ['--exit-code', { exitCode: 7 }, [risk], 7],
  ['--exit-code, nothing found', { exitCode: 7 }, [], 0],
  ['--fail-on met', { failOn: 'HIGH' }, [risk], 2],
  ['--fail-on not met', { failOn: 'HIGH' }, [{ ...risk, Severity: 'LOW' }], 0],
]

for (const [what, gate, risks, want] of gates)
  test(`risks of the set-up count as findings do: ${what}`, () => {
    const report = { Results: [], Incomplete: [], Metadata: {}, Risks: risks } as unknown as Report
    equal(exitCodeOf(report, { exitCode: 0, exitOnEol: 0, allowStarter: false, ...gate }), want)
  })
