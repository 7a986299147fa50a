import type { ReportWriter } from './model.ts'
import { figuresOf, sectionsOf } from './sections.ts'

/** Every table below its title, RFC 4180, with a byte order mark so that spreadsheets read Korean. */
export const csv: ReportWriter = {
  format: 'csv',
  mediaType: 'text/csv; charset=utf-8',
  async write(report) {
    const rows: string[][] = figuresOf(report).map(({ label, value }) => [label, value])
    for (const { title, lines, table } of sectionsOf(report)) {
      rows.push([], [title], ...lines.map(line => [line]))
      if (table !== undefined) rows.push(table.head, ...table.rows)
    }
    return new TextEncoder().encode(`\ufeff${rows.map(row => row.map(cell).join(',')).join('\r\n')}\r\n`)
  },
}

/** A cell that a spreadsheet would compute is shown as text: OWASP, "CSV injection", full-width signs included. A number with its sign is one. */
function cell(value: string): string {
  const safe =
    !/^[+-]\d+(\.\d+)?$/.test(value) && /^[\s\p{Cc}\p{Cf}]*[=+\-@|%＝＋－＠]/u.test(value) ? `'${value}` : value
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
