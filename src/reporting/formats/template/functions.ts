import { JennerError } from '../../../base/errors.ts'
import { stringify } from '../json.ts'
import { escapeMarkup } from '../xml.ts'
import { sprig } from './sprig.ts'
import { property, show, truthy, type Value } from './values.ts'

type Fn = (...values: Value[]) => Value

const maxText = 1 << 24

/**
 * What a template may call: Go's own, docker's (`json upper lower title split join pad truncate println`), and those of sprig that report templates use.
 * None reads files or the network; `getEnv` (render.ts) has what a CI server says of the job, nothing else of the process.
 */
export const functions: ReadonlyMap<string, Fn> = new Map<string, Fn>([
  ['len', value => (typeof value === 'string' ? value.length : Object.keys(Object(value)).length)],
  ['index', (value, ...keys) => keys.reduce((inner, key) => property(inner, String(key)), value)],
  ['print', (...values) => limited(values.map(show).join(''))],
  ['println', (...values) => limited(`${values.map(show).join(' ')}\n`)],
  ['printf', (format, ...values) => printf(String(format), values)],
  ['not', value => !truthy(value)],
  ['and', (...values) => values.find(value => !truthy(value)) ?? values.at(-1)],
  ['or', (...values) => values.find(truthy) ?? values.at(-1)],
  ['eq', (first, ...rest) => rest.some(value => value === first)],
  ['ne', (a, b) => a !== b],
  ['lt', (a, b) => order(a, b) < 0],
  ['le', (a, b) => order(a, b) <= 0],
  ['gt', (a, b) => order(a, b) > 0],
  ['ge', (a, b) => order(a, b) >= 0],
  ['add', (...values) => values.map(Number).reduce((a, b) => a + b, 0)],
  ['sub', (a, b) => Number(a) - Number(b)],
  ['html', value => limited(escapeMarkup(show(value)))],
  ['escapeXML', value => limited(escapeMarkup(show(value)))],
  ['escapeString', value => limited(escapeMarkup(show(value)))],
  ['js', value => limited(stringify(show(value)).slice(1, -1).replaceAll('<', '\\u003c').replaceAll("'", '\\u0027'))],
  ['urlquery', value => limited(encodeURIComponent(show(value).toWellFormed()))],
  ['json', value => limited(stringify(value ?? null))],
  ['toJson', value => limited(stringify(value ?? null))],
  ['toPrettyJson', value => stringify(value ?? null, 2)],
  ['upper', value => show(value).toUpperCase()],
  ['toUpper', value => show(value).toUpperCase()],
  ['lower', value => show(value).toLowerCase()],
  ['toLower', value => show(value).toLowerCase()],
  [
    'title',
    value => show(value).replace(/(^|\s)(\S)/g, (_, gap: string, letter: string) => gap + letter.toUpperCase()),
  ],
  ['trim', value => show(value).trim()],
  ['split', (text, mark) => show(text).split(show(mark))],
  // docker: `join LIST MARK`; sprig: `join MARK LIST`.
  ['join', (a, b) => (Array.isArray(b) ? joined(b, show(a)) : joined(a, show(b)))],
  ['contains', (part, text) => show(text).includes(show(part))],
  ['hasPrefix', (part, text) => show(text).startsWith(show(part))],
  ['hasSuffix', (part, text) => show(text).endsWith(show(part))],
  ['replace', (from, to, text) => joined(show(text).split(show(from)), show(to))],
  ['default', (other, value) => (truthy(value) ? value : other)],
  ['truncate', (text, size) => [...show(text)].slice(0, Math.max(0, Number(size) || 0)).join('')],
  ['pad', (text, before, after) => ' '.repeat(small(before)) + show(text) + ' '.repeat(small(after))],
  ...sprig,
  ['endWithPeriod', value => (show(value).endsWith('.') ? show(value) : `${show(value)}.`)],
])

function order(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return show(a) < show(b) ? -1 : show(a) > show(b) ? 1 : 0
}

/** `%s %v %d %q %t %%`, a width, `-` and a precision for `%f`. */
function printf(format: string, values: Value[]): string {
  let next = 0
  const text = format.replace(
    /%(-?)(\d{0,3})(?:\.(\d{1,2}))?([svdqtf%])/g,
    (_, left: string, width: string, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%'
      const value = values[next++]
      let shown = show(value)
      if (verb === 'q') shown = stringify(shown)
      if (verb === 'f') shown = Number(value).toFixed(Number(precision ?? 6))
      return left === '-' ? shown.padEnd(Number(width)) : shown.padStart(Number(width))
    },
  )
  return limited(text)
}

function small(value: Value): number {
  return Math.min(1000, Math.max(0, Math.trunc(Number(value)) || 0))
}

/** Measured before it is made: parts and mark may each be of the greatest length. */
function joined(list: Value, mark: string): string {
  if (!Array.isArray(list)) return show(list)
  const parts = list.map(show)
  const length = parts.reduce((sum, part) => sum + part.length, mark.length * Math.max(0, parts.length - 1))
  if (length > maxText) throw tooLong()
  return parts.join(mark)
}

function limited(text: string): string {
  if (text.length > maxText) throw tooLong()
  return text
}

function tooLong(): JennerError {
  return new JennerError('limit_exceeded', 'template: text of more than 16 MiB')
}
