import { translate } from '../../../base/i18n/translate.ts'
import type { ReportResult, ReportSecret } from '../../../base/model/report.ts'
import { compareSeverities, severities } from '../../../base/model/severity.ts'
import { paint } from '../../../base/terminal.ts'
import { displayWidth, escapeProse, escapeText, wrap } from '../../../base/text.ts'
import { contentOf, layerNotes } from '../content.ts'
import { countSeverities, safeUrl } from '../findings.ts'
import type { FormatOptions } from '../format.ts'
import { drawGrid } from './grid.ts'
import { type Say, severityCell } from './sections.ts'

/** The section of a result that holds secrets, malware or licences. */
export function contentSection(result: ReportResult, options: FormatOptions, say: Say): string[] {
  const found = contentOf(result, options.language)
  if (found.length === 0) return []
  const kind = found[0]!.kind
  const title = `${escapeText(result.Target)} (${say(`content.section_${kind}`)})`
  const counts = countSeverities(found.map(({ severity }) => ({ Severity: severity })))
  return [
    paint(options.terminal, 'bold', title),
    '='.repeat(Math.min(displayWidth(title), options.terminal.columns ?? 10_000)),
    `${say('report.total')}: ${found.length} (${severities.map(name => `${name}: ${counts[name]}`).join(', ')})`,
    '',
    ...bodies[kind](result, options, say),
  ]
}

const bodies = { secret: secretList, malware: malwareTable, license: licenseTable }

function secretList(result: ReportResult, options: FormatOptions, say: Say): string[] {
  const list = [...(result.Secrets ?? [])].sort(
    (a, b) => compareSeverities(b.Severity, a.Severity) || a.StartLine - b.StartLine,
  )
  return list.flatMap((secret, index) => [...(index > 0 ? [''] : []), ...secretLines(result, secret, options, say)])
}

function secretLines(result: ReportResult, secret: ReportSecret, options: FormatOptions, say: Say): string[] {
  const { terminal, language } = options
  const head = `${secret.Severity}: ${escapeProse(secret.Title)} (${escapeText(secret.RuleID)})`
  const lines = secret.EndLine > secret.StartLine ? `${secret.StartLine}-${secret.EndLine}` : String(secret.StartLine)
  const notes = layerNotes(secret, language).map(escapeText)
  const place = `${escapeText(result.Target)}:${lines}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`
  const fix = secret.Fix ? `${say('content.fix')}: ${translate(language, `fix.${secret.Fix}`)}` : ''
  const width = Math.max(20, Math.min(terminal.columns ?? 120, 120) - 2)
  return [
    paint(terminal, 'bold', head),
    ...[place, escapeText(secret.Match), fix]
      .filter(text => text !== '')
      .flatMap(text => wrap(text, width).map(line => `  ${line}`)),
  ]
}

function malwareTable(result: ReportResult, options: FormatOptions, say: Say): string[] {
  const columns = [
    { title: say('content.rule'), minimum: 14 },
    { title: say('report.severity'), minimum: 8 },
    { title: say('content.rule_set'), minimum: 8, maximum: 30 },
    { title: say('report.title'), minimum: 20, maximum: 58 },
  ]
  const rows = (result.Malware ?? []).map(found => [
    { text: escapeText(found.Rule) },
    severityCell(found.Severity, options),
    {
      text: [found.RuleSet, found.Author, found.Licence]
        .filter(text => text)
        .map(text => escapeText(text!))
        .join(', '),
    },
    {
      text: [
        escapeProse(found.Title),
        ...layerNotes(found, options.language).map(escapeText),
        found.SHA256 ? `sha256:${escapeText(found.SHA256)}` : '',
        safeUrl(found.Reference) ?? '',
      ]
        .filter(text => text !== '')
        .join('\n'),
    },
  ])
  return drawGrid(columns, rows, options.terminal.columns)
}

/** Trivy's columns. */
function licenseTable(result: ReportResult, options: FormatOptions, say: Say): string[] {
  const columns = [
    { title: say(result.Class === 'license-file' ? 'report.path' : 'content.package'), merge: true, minimum: 10 },
    { title: say('report.license'), minimum: 10 },
    { title: say('content.category'), minimum: 10 },
    { title: say('report.severity'), minimum: 8 },
  ]
  const list = [...(result.Licenses ?? [])].sort(
    (a, b) => compareSeverities(b.Severity, a.Severity) || (a.PkgName < b.PkgName ? -1 : a.PkgName > b.PkgName ? 1 : 0),
  )
  const rows = list.map(found => [
    { text: escapeText(found.PkgName || found.FilePath) },
    { text: escapeText(found.Name) },
    { text: found.Policy === 'deny' ? `${found.Category} (${say('content.denied')})` : found.Category },
    severityCell(found.Severity, options),
  ])
  return drawGrid(columns, rows, options.terminal.columns)
}
