import { hash } from 'node:crypto'
import { show, truthy, type Value } from './values.ts'

type Fn = (...values: Value[]) => Value

const listOf = (value: Value): Value[] => (Array.isArray(value) ? value : [])
const whole = (value: Value): number => Math.trunc(Number(value)) || 0

/** What report templates use of sprig (https://masterminds.github.io/sprig/) and of Trivy's own functions, beside Go's. None has an effect. */
export const sprig: readonly [string, Fn][] = [
  ['now', () => new Date().toISOString()],
  ['getCurrentTime', () => new Date().toISOString()],
  ['abbrev', (width, text) => abbreviated(show(text), whole(width))],
  ['trunc', (width, text) => show(text).slice(0, Math.max(0, whole(width)))],
  ['list', (...values) => values],
  ['sum', (...values) => values.map(Number).reduce((a, b) => a + b, 0)],
  ['add1', value => Number(value) + 1],
  ['int', value => whole(value)],
  ['toString', value => show(value)],
  ['sha1sum', value => hash('sha1', show(value).toWellFormed(), 'hex')],
  ['sha256sum', value => hash('sha256', show(value).toWellFormed(), 'hex')],
  ['slice', (value, from = 0, to) => sliced(value, whole(from), to === undefined ? undefined : whole(to))],
  ['substr', (from, to, text) => show(text).slice(Math.max(0, whole(from)), whole(to) < 0 ? undefined : whole(to))],
  ['quote', value => `"${show(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`],
  ['squote', value => `'${show(value)}'`],
  ['nospace', value => show(value).replace(/\s+/g, '')],
  ['trimPrefix', (part, text) => withoutPrefix(show(text), show(part))],
  ['trimSuffix', (part, text) => withoutSuffix(show(text), show(part))],
  ['first', value => listOf(value)[0]],
  ['last', value => listOf(value).at(-1)],
  ['uniq', value => [...new Set(listOf(value))]],
  ['empty', value => !truthy(value)],
  ['coalesce', (...values) => values.find(truthy)],
  ['ternary', (yes, no, test) => (truthy(test) ? yes : no)],
]

/** `Lorem ipsum…`: at most `width` letters, the last three dots where some are left out. */
function abbreviated(text: string, width: number): string {
  const letters = [...text]
  return width < 4 || letters.length <= width ? text : `${letters.slice(0, width - 3).join('')}...`
}

function sliced(value: Value, from: number, to: number | undefined): Value {
  if (Array.isArray(value)) return value.slice(Math.max(0, from), to)
  return show(value).slice(Math.max(0, from), to)
}

function withoutPrefix(text: string, part: string): string {
  return text.startsWith(part) ? text.slice(part.length) : text
}

function withoutSuffix(text: string, part: string): string {
  return part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text
}
