import type { Language } from '../../base/i18n/translate.ts'
import type { Report, ReportResult, ReportVulnerability } from '../../base/model/report.ts'
import { escapeProse } from '../../base/text.ts'
import { type ContentFinding, contentOf, countAll } from './content.ts'
import type { Render } from './format.ts'
import { escapeMarkup as xml } from './xml.ts'

/** JUnit XML as CI servers read it: a suite per result, a failed case per finding; what could not be read is an error. */
export const renderJunit: Render = function* (report, { language }) {
  const failures = report.Results.reduce((sum, result) => sum + countAll(result), 0)
  const errors = report.Incomplete.length
  yield '<?xml version="1.0" encoding="UTF-8"?>\n'
  yield `<testsuites name="jenner" tests="${failures + errors}" failures="${failures}" errors="${errors}">\n`
  for (const result of report.Results) yield suite(result, language)
  if (errors > 0) yield incompleteSuite(report)
  yield '</testsuites>\n'
}

function suite(result: ReportResult, language: Language): string {
  const list = result.Vulnerabilities ?? []
  const count = countAll(result)
  const head = `  <testsuite name="${xml(result.Target)}" tests="${count}" failures="${count}" errors="0">\n`
  const content = contentOf(result, language).map(contentCase)
  return `${head}${list.map(found => failedCase(result, found)).join('')}${content.join('')}  </testsuite>\n`
}

function contentCase(found: ContentFinding): string {
  const name = `[${found.severity}] ${found.id}`
  const body = [found.title, ...found.details, found.link ?? ''].map(escapeProse).filter(text => text !== '')
  return [
    `    <testcase classname="${xml(`${found.kind}.${found.place}`)}" name="${xml(name)}">`,
    `      <failure message="${xml(`${found.place}:${found.line}: ${found.title}`)}" type="${found.severity}">${body.map(xml).join('\n')}</failure>`,
    '    </testcase>\n',
  ].join('\n')
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
