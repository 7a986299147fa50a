import type { Item } from './documents.ts'
import { invalid, type Place } from './problem.ts'

export const knownKeys = {
  rule: new Set([
    'rule',
    'condition',
    'output',
    'desc',
    'priority',
    'source',
    'enabled',
    'capture',
    'capture_duration',
    'warn_evttypes',
    'skip-if-unknown-filter',
    'tags',
    'exceptions',
    'append',
    'override',
  ]),
  macro: new Set(['macro', 'condition', 'append', 'override']),
  list: new Set(['list', 'items', 'append', 'override']),
} as const

/** What `override` may do with each key. */
export const overridable: Record<'rule' | 'macro' | 'list', { append: string[]; replace: string[] }> = {
  rule: {
    append: ['condition', 'output', 'desc', 'tags', 'exceptions'],
    replace: [
      'condition',
      'output',
      'desc',
      'tags',
      'exceptions',
      'priority',
      'enabled',
      'capture',
      'capture_duration',
      'warn_evttypes',
      'skip-if-unknown-filter',
    ],
  },
  macro: { append: ['condition'], replace: ['condition'] },
  list: { append: ['items'], replace: ['items'] },
}

/** A text that must be there and not empty. */
export function requiredText(item: Item, key: string, place: Place): string {
  if (!item.values.has(key)) invalid(`Item has no mapping for key '${key}'`, place)
  const value = item.values.get(key)
  if (value === null || value === '') invalid(`Mapping for key '${key}' is empty`, place)
  if (typeof value !== 'string') invalid(`Value of key '${key}' is not a text`, place)
  return value
}

export function optionalText(item: Item, key: string, place: Place): string | undefined {
  return item.values.has(key) ? requiredText(item, key, place) : undefined
}

/** `true`/`false` in YAML 1.1's spellings; `fallback` where the key is not there, anything else is an error. */
export function flag(item: Item, key: string, fallback: boolean, place: Place): boolean {
  const value = item.values.get(key)
  if (value === undefined) return fallback
  if (typeof value === 'string' && /^(true|yes|on|y)$/i.test(value)) return true
  if (typeof value !== 'string' || !/^(false|no|off|n)$/i.test(value))
    invalid(`Can't decode YAML scalar value of key '${key}'`, place)
  return false
}

export function textList(item: Item, key: string, place: Place): string[] {
  const value = item.values.get(key)
  if (value === undefined) invalid(`Item has no mapping for key '${key}'`, place)
  if (!Array.isArray(value) || value.some(entry => typeof entry !== 'string'))
    invalid(`Value of key '${key}' is not a sequence of texts`, place)
  return value as string[]
}

/**
 * The keys an item appends to and replaces. `override` must name every other key present, and only those; `append: true` is the older way and may not stand beside it.
 */
export function overrideOf(
  item: Item,
  kind: 'rule' | 'macro' | 'list',
  place: Place,
): { append: Set<string>; replace: Set<string> } | undefined {
  const value = item.values.get('override')
  if (value === undefined) return undefined
  if (!(value instanceof Map)) invalid(`Value of key 'override' is not a map`, place)
  if (flag(item, 'append', false, place))
    invalid(
      `Keys 'override' and 'append: true' cannot be used together. Add an append entry (e.g. 'condition: append') under override instead.`,
      place,
    )
  const result = { append: new Set<string>(), replace: new Set<string>() }
  for (const [key, operation] of value as Map<string, unknown>) {
    if (operation !== 'append' && operation !== 'replace')
      invalid(
        `Invalid override operation for key '${key}': '${String(operation)}'. Allowed values are: 'append', 'replace'`,
        place,
      )
    if (!overridable[kind][operation].includes(key))
      invalid(`Key '${key}' cannot be overridden by '${operation}' in a ${kind}`, place)
    if (!item.values.has(key))
      invalid(`An ${operation} override for '${key}' was specified but '${key}' is not defined`, place)
    result[operation].add(key)
  }
  for (const key of item.keys) {
    if (key === kind || key === 'override' || key === 'append') continue
    if (!result.append.has(key) && !result.replace.has(key) && knownKeys[kind].has(key)) {
      invalid(`Unexpected key '${key}': no corresponding entry under 'override' is defined.`, place)
    }
  }
  return result
}
