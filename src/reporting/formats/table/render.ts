import { translate } from '../../../base/i18n/translate.ts'
import type { Report, ReportResult } from '../../../base/model/report.ts'
import { severities } from '../../../base/model/severity.ts'
import { paint } from '../../../base/terminal.ts'
import { displayWidth, escapeText } from '../../../base/text.ts'
import { baseAdviceLines, baseImageLine } from '../base-image.ts'
import { asksForVulnerabilities, cleanWords, countAll } from '../content.ts'
import { countSeverities } from '../findings.ts'
import type { FormatOptions, Render } from '../format.ts'
import { contentSection } from './content.ts'
import { drawGrid } from './grid.ts'
import {
  fixFirst,
  incompleteList,
  packageTable,
  type Say,
  suppressedTable,
  vulnerabilityTable,
  warningList,
} from './sections.ts'

/** Tables for people: what was covered, what to fix first, then every result as Trivy's users know it, then what was not looked at. */
export const renderTable: Render = function* (report, options) {
  const say: Say = (key, values) => translate(options.language, key, values)
  const section = (lines: string[]): string => (lines.length === 0 ? '' : `${lines.join('\n')}\n\n`)
  if (report.Database?.starter) yield `${paint(options.terminal, 'yellow', say('report.starter'))}\n\n`
  yield section(header(report, options, say))
  yield section(summary(report, options, say))
  yield section(fixFirst(report, options, say))
  for (const result of report.Results) {
    yield section(resultSection(result, options, say))
    yield section(contentSection(result, options, say))
  }
  if (report.Results.every(result => countAll(result) === 0)) {
    yield `${say(cleanWords(report))}\n\n`
  }
  yield section(suppressedTable(report, options, say))
  yield section(warningList(report, options, say))
  yield section(incompleteList(report, options, say))
}

function header(report: Report, { terminal }: FormatOptions, say: Say): string[] {
  const lines: string[] = []
  const { OS } = report.Metadata
  if (report.Database && !report.Database.starter) {
    const date = escapeText(report.Database.builtAt).slice(0, 10)
    lines.push(paint(terminal, 'dim', say('report.database', { date, count: report.Database.sources.length })))
  }
  if (OS?.EOSL) {
    const os = `${escapeText(OS.Family)} ${escapeText(OS.Name)}`
    lines.push(paint(terminal, 'yellow', say('report.eosl', { os })))
  }
  const base = baseImageLine(report, say)
  if (base) lines.push(escapeText(base))
  for (const line of baseAdviceLines(report, say)) lines.push(`  ${escapeText(line)}`)
  return lines
}

function summary(report: Report, { terminal }: FormatOptions, say: Say): string[] {
  // What nobody asked for has no column, and what has nothing to say then no row.
  const isAsked = asksForVulnerabilities(report)
  const Results = report.Results.filter(result => isAsked || !holdsPackages(result))
  if (Results.length === 0) return []
  // A column for each kind that something was found of, as Trivy's summary has them.
  const kinds = contentKinds.filter(({ field }) => Results.some(result => result[field] !== undefined))
  const columns = [
    { title: say('report.target'), minimum: 20, maximum: 120 },
    { title: say('report.type') },
    ...(isAsked ? [{ title: say('report.vulnerabilities') }] : []),
    ...kinds.map(({ key }) => ({ title: say(`content.${key}`) })),
  ]
  const rows = Results.map(result => [
    { text: escapeText(result.Target) },
    { text: escapeText(result.Type ?? (result.Class.endsWith('-pkgs') ? '-' : result.Class)) },
    ...(isAsked ? [{ text: holdsPackages(result) ? String(result.Vulnerabilities?.length ?? 0) : '-' }] : []),
    ...kinds.map(({ field }) => ({ text: result[field] ? String(result[field].length) : '-' })),
  ])
  return [
    paint(terminal, 'bold', say('report.summary')),
    '',
    ...drawGrid(columns, rows, terminal.columns),
    say(report.Incomplete.length > 0 ? 'report.legend_incomplete' : 'report.legend'),
  ]
}

const contentKinds = [
  { key: 'secrets', field: 'Secrets' },
  { key: 'malware', field: 'Malware' },
  { key: 'licenses', field: 'Licenses' },
] as const

function holdsPackages({ Class }: ReportResult): boolean {
  return Class === 'os-pkgs' || Class === 'lang-pkgs'
}

function resultSection(result: ReportResult, options: FormatOptions, say: Say): string[] {
  const list = result.Vulnerabilities ?? []
  const packages = options.listAllPackages ? packageTable(result, options, say) : []
  if (list.length === 0 && packages.length === 0) return []
  const type = result.Class === 'lang-pkgs' && result.Type ? ` (${escapeText(result.Type)})` : ''
  const title = `${escapeText(result.Target)}${type}`
  const counts = countSeverities(list)
  const total = severities.map(name => `${name}: ${counts[name]}`).join(', ')
  const lines = [
    paint(options.terminal, 'bold', title),
    '='.repeat(Math.min(displayWidth(title), options.terminal.columns ?? 10_000)),
  ]
  if (list.length > 0)
    lines.push(`${say('report.total')}: ${list.length} (${total})`, '', ...vulnerabilityTable(list, options, say))
  return [...lines, ...packages]
}
