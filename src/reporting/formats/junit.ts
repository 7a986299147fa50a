import type { Report, ReportResult, ReportVulnerability } from '../../base/model/report.ts'
import { escapeProse } from '../../base/text.ts'
import type { Render } from './format.ts'
import { escapeMarkup as xml } from './xml.ts'

/** JUnit XML as CI servers read it: a suite per result, a failed case per vulnerability; what could not be read is an error. */
export const renderJunit: Render = function* (report) {
  const failures = report.Results.reduce((sum, { Vulnerabilities }) => sum + (Vulnerabilities?.length ?? 0), 0)
  const errors = report.Incomplete.length
  yield '<?xml version="1.0" encoding="UTF-8"?>\n'
  yield `<testsuites name="jenner" tests="${failures + errors}" failures="${failures}" errors="${errors}">\n`
  for (const result of report.Results) yield suite(result)
  if (errors > 0) yield incompleteSuite(report)
  yield '</testsuites>\n'
}

function suite(result: ReportResult): string {
  const list = result.Vulnerabilities ?? []
  const head = `  <testsuite name="${xml(result.Target)}" tests="${list.length}" failures="${list.length}" errors="0">\n`
  return `${head}${list.map(found => failedCase(result, found)).join('')}  </testsuite>\n`
}

function failedCase(result: ReportResult, found: ReportVulnerability): string {
  const name = `[${found.Severity}] ${found.VulnerabilityID}`
  const fix = found.FixedVersion ? `fixed in ${found.FixedVersion}` : found.Status
  const message = `${found.PkgName} ${found.InstalledVersion}: ${fix}`
  const body = [found.Title ?? '', found.PrimaryURL ?? '']
    .map(escapeProse)
    .filter(text => text !== '')
    .join('\n')
  return [
    `    <testcase classname="${xml(`${result.Type ?? result.Class}.${found.PkgName}`)}" name="${xml(name)}">`,
    `      <failure message="${xml(message)}" type="${found.Severity}">${body.split('\n').map(xml).join('\n')}</failure>`,
    '    </testcase>\n',
  ].join('\n')
}

function incompleteSuite(report: Report): string {
  const cases = report.Incomplete.map(
    ({ path, code, reason }) =>
      `    <testcase classname="incomplete" name="${xml(path)}">\n      <error message="${xml(reason)}" type="${code}"/>\n    </testcase>\n`,
  )
  return `  <testsuite name="Incomplete" tests="${cases.length}" failures="0" errors="${cases.length}">\n${cases.join('')}  </testsuite>\n`
}
