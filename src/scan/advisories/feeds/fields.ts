import type { Severity } from '../../../base/model/severity.ts'
import { withoutEnd } from '../../../base/trim.ts'

/** Careful reading of foreign JSON and YAML: the wanted shape or an empty one, never an exception. */
export type Fields = Record<string, unknown>

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

export function str(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'number' ? String(value) : ''
}

/** Non-empty strings of a list, or the one string that stands there instead of a list. */
export function strs(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value]
  return values.map(str).filter(text => text !== '')
}

export function unique(values: Iterable<string>): string[] {
  return [...new Set(values)]
}

/** Whether a text is a CVE id (`CVE-YEAR-SEQUENCE`). */
export const isCve = (id: string) => /^CVE-\d{4}-\d{4,}$/.test(id)

/** CVE ids that stand in a text. */
export function cvesIn(text: string): string[] {
  return unique(text.match(/\bCVE-\d{4}-\d{4,}\b/g) ?? [])
}

const words: [Severity, string[]][] = [
  ['CRITICAL', ['critical', 'crit']],
  ['HIGH', ['high', 'important']],
  ['MEDIUM', ['medium', 'moderate', 'med']],
  ['LOW', ['low', 'minor', 'negligible', 'unimportant', 'minimal']],
]

/** A vendor's word for severity on our scale; undefined for one that says nothing (`not yet assigned`, `unknown`, `none`). */
export function severityOf(word: unknown): Severity | undefined {
  const wanted = withoutEnd(str(word).trim().toLowerCase(), '*')
  return words.find(([, spellings]) => spellings.includes(wanted))?.[0]
}

/** ISO 8601 of a date as feeds write it; undefined for nothing or for Go's zero time. */
export function isoDate(value: unknown): string | undefined {
  const text = str(value).trim()
  if (text === '' || text.startsWith('0001')) return undefined
  const time = Date.parse(/^\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?$/.test(text) ? `${text.replace(' ', 'T')}Z` : text)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

/** Text of at most `length` characters: descriptions are for reading, not for keeping whole books. */
export function clip(text: string, length = 2000): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}
