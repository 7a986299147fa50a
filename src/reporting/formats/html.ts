import { type Language, type MessageKey, translate } from '../../base/i18n/translate.ts'
import type { Report, ReportResult, ReportVulnerability } from '../../base/model/report.ts'
import { severities } from '../../base/model/severity.ts'
import { baseImageLine } from './base-image.ts'
import { asksForVulnerabilities, cleanWords, contentOf, countAll } from './content.ts'
import { bestCvss, countSeverities, inReadingOrder, safeUrl, sayPlaces, urgentFirst } from './findings.ts'
import type { Render } from './format.ts'
import { explainReasons } from './reasons.ts'
import { detailOf } from './table/sections.ts'
import { escapeMarkup as html } from './xml.ts'

type Say = (key: MessageKey, values?: Record<string, string | number>) => string

/** One page that needs nothing else: no script, no font, no image, and a policy that would forbid them. */
export const renderHtml: Render = function* (report, { language, version, showSuppressed }) {
  const say: Say = (key, values) => translate(language, key, values)
  const name = html(report.ArtifactName)
  yield `<!doctype html>\n<html lang="${language}">\n<head>\n<meta charset="utf-8">\n`
  yield `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">\n`
  yield `<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${name} - Jenner</title>\n<style>${style}</style>\n</head>\n<body>\n`
  yield `<h1>${name}</h1>\n<p class="quiet">${html(say('report.generated', { version, time: report.CreatedAt }))}</p>\n`
  yield notices(report, say)
  yield overview(report, say)
  yield fixFirst(report, language, say)
  for (const result of report.Results) {
    yield resultSection(result, say)
    yield contentSection(result, language, say)
  }
  if (report.Results.every(result => countAll(result) === 0)) {
    yield `<p>${html(say(cleanWords(report)))}</p>\n`
  }
  yield suppressed(report, say, showSuppressed === true)
  yield warnings(report, say)
  yield incomplete(report, language, say)
  yield '</body>\n</html>\n'
}

const style = `
:root{color-scheme:light dark;font:15px/1.5 system-ui,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR",sans-serif}
body{margin:2rem auto;max-width:80rem;padding:0 1rem}
h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.15rem;margin-top:2rem;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #8886;padding:.35rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#8882}.quiet{opacity:.7}.notice{border-left:4px solid #d90;padding:.4rem .8rem;background:#d902}
.s{font-weight:600;white-space:nowrap}.CRITICAL{color:#c1121f}.HIGH{color:#b5179e}.MEDIUM{color:#b26a00}.LOW{color:#1c6dd0}.UNKNOWN{color:#0a7f8a}
@media print{body{margin:0;max-width:none}}
`

function notices(report: Report, say: Say): string {
  const { OS } = report.Metadata
  const { Database } = report
  const date = Database?.builtAt.slice(0, 10) ?? ''
  const age = Database && !Database.starter && say('report.database', { date, count: Database.sources.length })
  const texts = [
    ...(report.Database?.starter ? [say('report.starter')] : []),
    ...(OS?.EOSL ? [say('report.eosl', { os: `${OS.Family} ${OS.Name}` })] : []),
  ]
  const base = baseImageLine(report, say)
  const notes = texts.map(text => `<p class="notice">${html(text)}</p>\n`)
  return [
    ...notes,
    ...(age ? [`<p class="quiet">${html(age)}</p>\n`] : []),
    ...(base ? [`<p>${html(base)}</p>\n`] : []),
  ].join('')
}

function overview(report: Report, say: Say): string {
  const isAsked = asksForVulnerabilities(report)
  const shown = report.Results.filter(result => isAsked || countAll(result) > 0)
  const rows = shown.map(result => {
    const content = contentOf(result).map(({ severity }) => ({ Severity: severity }))
    const counts = countSeverities([...(result.Vulnerabilities ?? []), ...content])
    return [
      html(result.Target),
      html(result.Type ?? (countAll(result) > 0 && result.Class !== 'lang-pkgs' ? result.Class : '-')),
      ...[...severities].reverse().map(name => String(counts[name])),
    ]
  })
  if (rows.length === 0) return ''
  const heads = [say('report.target'), say('report.type'), ...[...severities].reverse()]
  return `<h2>${html(say('report.summary'))}</h2>\n${table(heads, rows)}`
}

function fixFirst(report: Report, language: Language, say: Say): string {
  const ranked = urgentFirst(report).slice(0, 10)
  if (ranked.length === 0) return ''
  const rows = ranked.map(({ vulnerability: found, place, otherPlaces }) => [
    idCell(found),
    severityCell(found),
    [`${found.PkgName} ${found.InstalledVersion}`, ...(place === undefined ? [] : [sayPlaces(place, otherPlaces, say)])]
      .map(html)
      .join('<br>'),
    html(found.FixedVersion ?? ''),
    explainReasons(found.Priority.reasons, language).map(html).join('<br>'),
  ])
  const heads = ['vulnerability', 'severity', 'library', 'fixed', 'why'].map(key => say(`report.${key}` as MessageKey))
  return `<h2>${html(say('report.fix_first'))}</h2>\n${table(heads, rows)}`
}

function resultSection(result: ReportResult, say: Say): string {
  const list = inReadingOrder(result.Vulnerabilities ?? [])
  if (list.length === 0) return ''
  const rows = list.map(found => [
    html(found.PkgName),
    idCell(found),
    severityCell(found),
    html(found.Status),
    html(found.InstalledVersion),
    html(found.FixedVersion ?? ''),
    html(bestCvss(found)?.score.toFixed(1) ?? ''),
    html(
      [found.KEV ? say('report.exploited') : '', found.EPSS ? `${(found.EPSS.score * 100).toFixed(1)} %` : '']
        .filter(Boolean)
        .join(', '),
    ),
    html(found.Title ?? ''),
  ])
  const keys = ['library', 'vulnerability', 'severity', 'status', 'installed', 'fixed', 'score', 'epss', 'title']
  return `<h2>${html(result.Target)}</h2>\n${table(
    keys.map(key => say(`report.${key}` as MessageKey)),
    rows,
  )}`
}

function contentSection(result: ReportResult, language: Language, say: Say): string {
  const list = contentOf(result, language)
  if (list.length === 0) return ''
  const rows = list.map(found => {
    const url = safeUrl(found.link)
    const id = html(found.id)
    return [
      url ? `<a href="${html(url)}" rel="noreferrer noopener">${id}</a>` : id,
      severityCell({ Severity: found.severity }),
      html(found.kind === 'secret' ? `${found.place}:${found.line}` : found.place),
      html(found.title),
      found.details.map(html).join('<br>'),
    ]
  })
  const heads = ['content.rule', 'report.severity', 'content.place', 'report.title', 'report.why'].map(key =>
    say(key as MessageKey),
  )
  const title = `${html(result.Target)} (${html(say(`content.section_${list[0]!.kind}`))})`
  return `<h2>${title}</h2>\n${table(heads, rows)}`
}

function suppressed(report: Report, say: Say, open: boolean): string {
  if (report.Suppressed.length === 0) return ''
  const rows = report.Suppressed.map(item =>
    [item.PkgName, item.VulnerabilityID, item.InstalledVersion, item.Reason, item.Source, item.Statement ?? ''].map(
      html,
    ),
  )
  const heads = ['library', 'vulnerability', 'installed', 'reason', 'source', 'statement'].map(key =>
    say(`report.${key}` as MessageKey),
  )
  const title = `${html(say('report.suppressed'))}: ${report.Suppressed.length}`
  return `<details${open ? ' open' : ''}><summary>${title}</summary>\n${table(heads, rows)}</details>\n`
}

function warnings({ Warnings = [] }: Report, say: Say): string {
  if (Warnings.length === 0) return ''
  const rows = Warnings.map(({ code, source, detail }) => [source, detail, say(`report.warning.${code}`)].map(html))
  return `<h2>${html(say('report.warnings'))}</h2>\n${table([say('report.source'), '', say('report.reason')], rows)}`
}

function incomplete(report: Report, language: Language, say: Say): string {
  if (report.Incomplete.length === 0) return ''
  const rows = report.Incomplete.map(({ path, code, reason }) =>
    [path, translate(language, `incomplete.${code}` as MessageKey), detailOf(code, reason)].map(html),
  )
  return `<h2>${html(say('report.incomplete'))}</h2>\n${table([say('report.path'), say('report.reason'), ''], rows)}`
}

function idCell({ VulnerabilityID, PrimaryURL }: ReportVulnerability): string {
  const url = safeUrl(PrimaryURL)
  return url ? `<a href="${html(url)}" rel="noreferrer noopener">${html(VulnerabilityID)}</a>` : html(VulnerabilityID)
}

function severityCell({ Severity }: Pick<ReportVulnerability, 'Severity'>): string {
  return `<span class="s ${Severity}">${Severity}</span>`
}

/** `rows` are markup already. */
function table(heads: string[], rows: string[][]): string {
  const head = heads.map(text => `<th>${html(text)}</th>`).join('')
  const body = rows.map(row => `<tr>${row.map(cell => `<td>${cell}</td>`).join('')}</tr>`).join('\n')
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>\n`
}
