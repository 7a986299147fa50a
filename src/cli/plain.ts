import { JennerError } from '../base/errors.ts'
import { renderValue } from '../reporting/formats/template/render.ts'

/**
 * The answer of a verb that writes no report: `table` as lines for people, `json`, or a template in docker's manner. Throws JennerError usage for another
 * format, so that nobody takes one thing for another.
 */
export function plainText(format: string, data: object, lines: () => string): string {
  if (format === 'table') return lines()
  if (format === 'json') return `${JSON.stringify(data, null, 2)}\n`
  if (format.includes('{{')) return `${renderValue(data, format)}\n`
  throw new JennerError('usage', `--format ${format} (table, json, {{…}})`)
}

/** Refuses a format before any work is done. */
export function checkPlain(format: string): void {
  plainText(format.includes('{{') ? 'json' : format, {}, () => '')
}
