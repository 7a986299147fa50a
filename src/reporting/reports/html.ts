import type { ReportWriter, SecurityReport } from './model.ts'
import { type Figure, figuresOf, type Section, sayIn, sectionsOf, stamp } from './sections.ts'

/** One file without scripts or addresses: it can be mailed, kept and opened years later. */
export const html: ReportWriter = {
  format: 'html',
  mediaType: 'text/html; charset=utf-8',
  write: async report => new TextEncoder().encode(page(report)),
}

const style = `:root{color-scheme:light dark;--ink:#16202c;--soft:#5b6b7c;--line:#d7dee6;--bar:#2f6f6a;--paper:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa9b8;--line:#2c3946;--bar:#5fb3a8;--paper:#10171e}}
body{font:15px/1.55 Pretendard,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR",system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;margin:2.5rem auto;padding:0 1.25rem;word-break:keep-all;overflow-wrap:anywhere}
h1{font-size:1.7rem;margin:0}h2{font-size:1.1rem;margin:2.2rem 0 .5rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}
p{margin:.25rem 0}.soft{color:var(--soft)}.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.75rem;margin:1.5rem 0}
.figures div{border:1px solid var(--line);border-radius:.5rem;padding:.7rem .8rem}.figures b{display:block;font-size:1.35rem;font-variant-numeric:tabular-nums}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.92em}th,td{text-align:left;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}th{color:var(--soft);font-weight:600}
svg{width:100%;height:6rem;margin-top:.5rem}@media print{body{margin:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}`

function page(report: SecurityReport): string {
  const say = sayIn(report)
  const title = say('security.title')
  const period = say('report.period', { from: stamp(report.from), to: stamp(report.to) })
  return `<!doctype html>
<html lang="${report.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(`${title} ${period}`)}</title><style>${style}</style></head><body>
<h1>${text(title)}</h1><p>${text(period)}</p>
<p class="soft">${text(say('report.created', { at: stamp(report.createdAt), version: report.version }))}</p>
<div class="figures">${figuresOf(report).map(figure).join('')}</div>
${trendChart(report)}
${sectionsOf(report).map(part).join('\n')}
</body></html>
`
}

function figure({ value, label }: Figure): string {
  return `<div><b>${text(value)}</b><span class="soft">${text(label)}</span></div>`
}

function part({ title, lines, table }: Section): string {
  const rows = table?.rows.map(row => `<tr>${row.map(cell => `<td>${text(cell)}</td>`).join('')}</tr>`) ?? []
  const head = table?.head.map(cell => `<th scope="col">${text(cell)}</th>`).join('') ?? ''
  const body =
    table === undefined ? '' : `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`
  return `<section><h2>${text(title)}</h2>${lines.map(line => `<p>${text(line)}</p>`).join('')}${body}</section>`
}

/** Alerts by day; the numbers stand in the table of the trend. */
function trendChart(report: SecurityReport): string {
  const { trend } = report
  const most = Math.max(1, ...trend.map(({ alerts }) => alerts))
  const width = 100 / Math.max(1, trend.length)
  const bars = trend.map(({ day, alerts }, at) => {
    const height = (alerts / most) * 58
    return `<rect x="${(at * width + width * 0.15).toFixed(2)}" y="${(58 - height).toFixed(2)}" width="${(width * 0.7).toFixed(2)}" height="${height.toFixed(2)}" fill="var(--bar)"><title>${text(`${day}: ${alerts}`)}</title></rect>`
  })
  const label = `${sayIn(report)('report.trend')}: ${trend.map(({ day, alerts }) => `${day} ${alerts}`).join(', ')}`
  return `<svg viewBox="0 0 100 60" preserveAspectRatio="none" role="img" aria-label="${text(label)}">${bars.join('')}</svg>`
}

function text(value: string): string {
  return value
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
