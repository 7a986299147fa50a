/**
 * Values as RFC 4180 has them. A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP: CSV injection); in full width too, as East Asian
 * keyboards write it. Quoted is also what some countries' spreadsheets cut cells by: behind it a formula would stand in a cell of its own.
 */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(cell).join(',')}\r\n`
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : flat(value)
  const safe = /^[\s\p{Cc}\p{Cf}]*[=+\-@\t\r|%＝＋－＠]/u.test(text) ? `'${text}` : text
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function flat(value: unknown): string {
  if (Array.isArray(value) && value.every(one => typeof one !== 'object')) return value.join('; ')
  return JSON.stringify(value)
}
