import { type MessageKey, translate } from '../../../base/i18n/translate.ts'
import type { Report, ReportResult, ReportVulnerability } from '../../../base/model/report.ts'
import type { Severity } from '../../../base/model/severity.ts'
import { paint, type Style } from '../../../base/terminal.ts'
import { escapeProse, escapeText, truncate, wrap } from '../../../base/text.ts'
import { inReadingOrder, safeUrl, sayPlaces, urgentFirst, wholeVersion } from '../findings.ts'
import type { FormatOptions } from '../format.ts'
import { explainReasons } from '../reasons.ts'
import { type Cell, drawGrid } from './grid.ts'

/** The sentence of a key in the reader's language. */
export type Say = (key: MessageKey, values?: Record<string, string | number>) => string

const styles: Record<Severity, Style> = {
  CRITICAL: 'red',
  HIGH: 'magenta',
  MEDIUM: 'yellow',
  LOW: 'blue',
  UNKNOWN: 'cyan',
}
const titleColumns = 58
const firstCount = 5

export function severityCell(severity: Severity, { terminal }: FormatOptions): Cell {
  return { text: severity, paint: text => paint(terminal, styles[severity], text) }
}

/** Trivy's columns. The title ends with a link on a line of its own. */
export function vulnerabilityTable(list: readonly ReportVulnerability[], options: FormatOptions, say: Say): string[] {
  const columns = [
    { title: say('report.library'), merge: true, minimum: 10 },
    { title: say('report.vulnerability'), minimum: 14 },
    { title: say('report.severity'), minimum: 8 },
    { title: say('report.status'), minimum: 8 },
    { title: say('report.installed'), merge: true, minimum: 10 },
    { title: say('report.fixed'), minimum: 10 },
    { title: say('report.title'), minimum: 20, maximum: titleColumns },
  ]
  const rows = inReadingOrder(list).map(found => [
    { text: libraryName(found) },
    { text: escapeText(found.VulnerabilityID) },
    severityCell(found.Severity, options),
    { text: escapeText(found.Status) },
    { text: escapeText(found.InstalledVersion) },
    { text: escapeText(found.FixedVersion ?? '') },
    { text: titleOf(found) },
  ])
  return drawGrid(columns, rows, options.terminal.columns)
}

/** The name, with the file it was found in where there may be several. */
function libraryName({ PkgName, PkgPath }: ReportVulnerability): string {
  const file = PkgPath?.split('/').at(-1)
  return file ? `${escapeText(PkgName)} (${escapeText(file)})` : escapeText(PkgName)
}

function titleOf(found: ReportVulnerability): string {
  const title = truncate(escapeProse(found.Title ?? found.Description ?? ''), 2 * titleColumns)
  return [title, safeUrl(found.PrimaryURL) ?? ''].filter(text => text !== '').join('\n')
}

/** The findings that come first, each with the reasons: rank 1 is the first. */
export function fixFirst(report: Report, options: FormatOptions, say: Say): string[] {
  const ranked = urgentFirst(report)
  if (ranked.length === 0) return []
  const lines = [paint(options.terminal, 'bold', say('report.fix_first')), '']
  for (const [index, { vulnerability: found, place, otherPlaces }] of ranked.slice(0, firstCount).entries()) {
    const fix = found.FixedVersion ? ` → ${escapeText(found.FixedVersion)}` : ''
    const severity = paint(options.terminal, styles[found.Severity], found.Severity)
    const what = `${escapeText(found.PkgName)} ${escapeText(found.InstalledVersion)}${fix}`
    lines.push(`${index + 1}. ${escapeText(found.VulnerabilityID)}  ${severity}  ${what}`)
    const reasons = explainReasons(found.Priority.reasons, options.language).join('; ')
    lines.push(...wrap(reasons, (options.terminal.columns ?? 120) - 3).map(line => `   ${line}`))
    if (place !== undefined) lines.push(`   ${sayPlaces(escapeText(place), otherPlaces, say)}`)
  }
  if (ranked.length > firstCount) lines.push(say('report.more', { count: ranked.length - firstCount }))
  return lines
}

export function packageTable(result: ReportResult, options: FormatOptions, say: Say): string[] {
  const list = result.Packages ?? []
  if (list.length === 0) return []
  const columns = [
    { title: say('report.library'), minimum: 10 },
    { title: say('report.installed'), minimum: 10 },
    { title: say('report.license'), maximum: 40 },
  ]
  const rows = list.map(pkg => [
    { text: escapeText(pkg.Name) },
    { text: escapeText(wholeVersion(pkg)) },
    { text: (pkg.Licenses ?? []).map(escapeProse).join(', ') },
  ])
  return ['', `${say('report.packages')}: ${list.length}`, '', ...drawGrid(columns, rows, options.terminal.columns)]
}

export function suppressedTable(report: Report, options: FormatOptions, say: Say): string[] {
  const list = report.Suppressed ?? []
  if (list.length === 0) return []
  if (!options.showSuppressed) return [say('report.suppressed_hint', { count: list.length })]
  const columns = [
    { title: say('report.library'), minimum: 10 },
    { title: say('report.vulnerability'), minimum: 14 },
    { title: say('report.installed'), minimum: 10 },
    { title: say('report.reason') },
    { title: say('report.source'), minimum: 12 },
    { title: say('report.statement'), maximum: 40 },
  ]
  const rows = list.map(item => [
    { text: escapeText(item.PkgName) },
    { text: escapeText(item.VulnerabilityID) },
    { text: escapeText(item.InstalledVersion) },
    { text: escapeText(item.Reason) },
    { text: escapeProse(item.Source) },
    { text: escapeProse(item.Statement ?? '') },
  ])
  return [
    paint(options.terminal, 'bold', `${say('report.suppressed')}: ${list.length}`),
    '',
    ...drawGrid(columns, rows, options.terminal.columns),
  ]
}

/** What was asked for and could not be read or judged: never left out. */
export function incompleteList(report: Report, options: FormatOptions, say: Say): string[] {
  const list = report.Incomplete ?? []
  if (list.length === 0) return []
  const lines = list.map(({ path, code, reason }) => {
    const sentence = translate(options.language, `incomplete.${code}` as MessageKey)
    const detail = detailOf(code, reason)
    const more = detail === '' ? '' : options.language === 'en' ? `: ${detail}` : ` (${detail})`
    return `  ${[escapeText(path), `${sentence}${more}`].filter(text => text !== '').join(': ')}`
  })
  return [paint(options.terminal, 'yellow', say('report.incomplete')), ...lines]
}

/** What a reason says beside its code's sentence, which it begins with in English. */
export function detailOf(code: string, reason: string): string {
  const sentence = translate('en', `incomplete.${code}` as MessageKey)
  const detail = reason.startsWith(sentence) ? reason.slice(sentence.length).replace(/^:\s*/, '') : reason
  return escapeProse(detail)
}

/** Decisions of the user that should be looked at again: unused, expired, contradicted. */
export function warningList(report: Report, { terminal }: FormatOptions, say: Say): string[] {
  const warnings = report.Warnings ?? []
  if (warnings.length === 0) return []
  return [
    paint(terminal, 'yellow', say('report.warnings')),
    ...warnings.map(
      ({ code, source, detail }) => `  ${escapeText(source)}: ${escapeText(detail)}: ${say(`report.warning.${code}`)}`,
    ),
  ]
}
