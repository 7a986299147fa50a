import type { Report } from '../base/model/report.ts'
import { compareSeverities, type Severity } from '../base/model/severity.ts'

export interface Gate {
  exitCode: number
  failOn?: Severity | undefined
  exitOnEol: number
  allowStarter: boolean
}

const incomplete = 3
const failed = 2

/**
 * The exit code that a report deserves: findings that meet the gate first (`--exit-code`, then `--fail-on` 2, then `--exit-on-eol`),
 * then 3 where something asked for was not looked at, else 0.
 */
export function exitCodeOf(report: Report, { exitCode, failOn, exitOnEol, allowStarter }: Gate): number {
  const found: { Severity: Severity }[] = report.Results.flatMap(({ Vulnerabilities, Secrets, Malware, Licenses }) => [
    ...(Vulnerabilities ?? []),
    ...(Secrets ?? []),
    ...(Malware ?? []),
    ...(Licenses ?? []),
  ])
  found.push(...(report.Risks ?? []))
  if (exitCode > 0 && found.length > 0) return exitCode
  if (failOn !== undefined && found.some(({ Severity }) => compareSeverities(Severity, failOn) >= 0)) return failed
  if (exitOnEol > 0 && report.Metadata.OS?.EOSL === true) return exitOnEol
  return report.Incomplete.some(item => !isExcused(item, report, allowStarter)) ? incomplete : 0
}

/** `--allow-starter` accepts that the starter data know little; nothing else. */
function isExcused({ code }: Report['Incomplete'][number], { Database }: Report, allowStarter: boolean): boolean {
  return (
    allowStarter && Database?.starter === true && (code === 'advisory_coverage_starter' || code === 'no_advisories')
  )
}
