import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '../base/model/report.ts'
import { emptyReport, exampleReport } from '../reporting/formats/examples.ts'
import { exitCodeOf, type Gate } from './verdict.ts'

const open: Gate = { exitCode: 0, exitOnEol: 0, allowStarter: false }

function starter(): Report {
  const report = emptyReport()
  report.Database = { builtAt: '2026-01-01', sources: [], starter: true }
  report.Incomplete = [{ path: 'advisories', code: 'advisory_coverage_starter', reason: '' }]
  return report
}

const cases: [name: string, report: Report, gate: Partial<Gate>, code: number][] = [
  ['clean', emptyReport(), {}, 0],
  ['clean with a gate', emptyReport(), { exitCode: 7, failOn: 'LOW' }, 0],
  ['findings without a gate, incomplete', exampleReport(), {}, 3],
  ['findings, --exit-code comes before incomplete', exampleReport(), { exitCode: 7 }, 7],
  ['--exit-code comes before --fail-on', exampleReport(), { exitCode: 7, failOn: 'LOW' }, 7],
  ['--fail-on met', exampleReport(), { failOn: 'CRITICAL' }, 2],
  ['--fail-on UNKNOWN is met by any', exampleReport(), { failOn: 'UNKNOWN' }, 2],
  [
    'end of life',
    { ...emptyReport(), Metadata: { OS: { Family: 'debian', Name: '9', EOSL: true } } },
    { exitOnEol: 5 },
    5,
  ],
  ['starter alone is never clean', starter(), {}, 3],
  ['--allow-starter', starter(), { allowStarter: true }, 0],
  [
    '--allow-starter excuses nothing else',
    { ...starter(), Incomplete: [{ path: 'a', code: 'truncated', reason: '' }] },
    { allowStarter: true },
    3,
  ],
  [
    '--allow-starter is of no use with a real database',
    { ...starter(), Database: { builtAt: '', sources: [], starter: false } },
    { allowStarter: true },
    3,
  ],
]
for (const [name, report, gate, code] of cases)
  test(`exit code: ${name}`, () => assert.equal(exitCodeOf(report, { ...open, ...gate }), code))
