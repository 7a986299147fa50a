import { listOperators, modifiers, numberOperators, stringOperators } from '../condition/ast.ts'
import { findField, type Source, sources } from '../fields.ts'
import type { RuleException } from '../model.ts'
import type { Item } from './documents.ts'
import { quoteItem } from './lists.ts'
import { invalid, type Place, wrong } from './problem.ts'

const singleOperators = new Set<string>(['in', 'pmatch', 'intersects'])
const rowOperators = new Set<string>([...stringOperators, ...numberOperators, ...listOperators])

/**
 * Reads `exceptions`: `{ name, fields, comps, values }`. `fields` as a list: `comps` defaults to `=` for each and must be as long; as one text: `comps` defaults to `in`
 * and must be in, pmatch, intersects, or `OPERATOR oneof|anyof|allof`. With `appended`, only names and values need to stand there.
 */
export function readExceptions(item: Item, source: string, appended: boolean, place: Place): RuleException[] {
  const value = item.values.get('exceptions')
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) invalid("Value of key 'exceptions' is not a sequence", place)
  return value.map(entry => readException(entry, source, appended, { ...place, type: 'exception', name: '' }))
}

function readException(entry: unknown, source: string, appended: boolean, place: Place): RuleException {
  if (!(entry instanceof Map)) invalid('Each exception should be a yaml associative array', place)
  const map = entry as Map<string, unknown>
  const name = map.get('name')
  if (!map.has('name')) invalid("Item has no mapping for key 'name'", place)
  if (typeof name !== 'string' || name === '') invalid("Mapping for key 'name' is empty", place)
  const here = { ...place, name }
  const fields = readTexts(map, 'fields', here)
  const comps = readTexts(map, 'comps', here)
  if (fields === undefined && !appended) invalid("Item has no mapping for key 'fields'", here)
  const exception: RuleException = { name, fields: fields ?? '', comps: comps ?? '', values: readValues(map, here) }
  if (fields === undefined) return exception
  return Array.isArray(fields)
    ? checkRows(exception, fields, source, here)
    : checkSingle(exception, fields, source, here)
}

function readTexts(map: Map<string, unknown>, key: string, place: Place): string | string[] | undefined {
  const value = map.get(key)
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return value
  if (!Array.isArray(value) || value.some(entry => typeof entry !== 'string'))
    invalid(`Value of key '${key}' is neither a text nor a sequence of texts`, place)
  return value as string[]
}

function readValues(map: Map<string, unknown>, place: Place): RuleException['values'] {
  const value = map.get('values')
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) invalid("Value of key 'values' is not a sequence", place)
  const known = (entry: unknown, depth: number): boolean =>
    typeof entry === 'string' || (depth < 2 && Array.isArray(entry) && entry.every(inner => known(inner, depth + 1)))
  if (!value.every(entry => known(entry, 0))) invalid('Exception values must be texts or sequences of texts', place)
  return value as RuleException['values']
}

function checkRows(exception: RuleException, fields: string[], source: string, place: Place): RuleException {
  const comps = exception.comps === '' ? fields.map(() => '=') : exception.comps
  if (!Array.isArray(comps) || comps.length !== fields.length)
    wrong('Fields and comps lists must have equal length', place)
  for (const comp of comps as string[]) {
    if (!isOperator(comp)) wrong(`'${comp}' is not a supported comparison operator`, place)
  }
  for (const field of fields) checkField(field, source, place)
  return { ...exception, comps }
}

function checkSingle(exception: RuleException, field: string, source: string, place: Place): RuleException {
  const comps = exception.comps === '' ? 'in' : exception.comps
  if (typeof comps !== 'string' || !(singleOperators.has(comps) || (comps.includes(' ') && isOperator(comps)))) {
    wrong(`comps must be one of (in, pmatch, intersects), or an operator with oneof, anyof or allof`, place)
  }
  checkField(field, source, place)
  return { ...exception, comps }
}

/** A plain operator, or a string operator with a modifier. */
function isOperator(text: string): boolean {
  const [operator = '', modifier, more] = text.split(/\s+/)
  if (more !== undefined) return false
  if (modifier === undefined) return rowOperators.has(operator)
  return (
    (stringOperators as readonly string[]).includes(operator) && (modifiers as readonly string[]).includes(modifier)
  )
}

/** A field of the source, or a transformer call around one (`tolower(proc.name)`), which the condition's parser checks. */
function checkField(field: string, source: string, place: Place): void {
  if (field.includes('(') || !(sources as readonly string[]).includes(source)) return
  const parts = /^([^[\]]+)(?:\[(.*)\])?$/.exec(field)
  const [, name = '', argument] = parts ?? []
  if (!parts || !findField(source as Source, name, argument?.replace(/^(["'])(.*)\1$/, '$2')))
    wrong(`'${field}' is not a supported filter field`, place)
}

/**
 * The text behind a rule's condition: `and not ((f1 op v1 and f2 op v2) or …)`, one part per exception, or '' when none has values.
 * A single field gives `and not (f in (v, …))`.
 */
export function exceptionsCondition(exceptions: RuleException[]): string {
  return exceptions
    .filter(({ values }) => values.length > 0)
    .map(exception => {
      const { fields, comps } = exception
      if (!Array.isArray(fields))
        return ` and not (${fields} ${String(comps)} (${exception.values.flat(2).map(quoteItem).join(', ')}))`
      const rows = exception.values.map(row => rowCondition(fields, comps as string[], row))
      return ` and not (${rows.join(' or ')})`
    })
    .join('')
}

/** Each row of an exception as a condition of its own: it holds for what the row lets pass. */
export function exceptionRows({ fields, comps, values }: RuleException): string[] {
  if (Array.isArray(fields)) return values.map(row => rowCondition(fields, comps as string[], row))
  return values.flat(2).map(value => `${fields} ${String(comps)} (${quoteItem(value)})`)
}

function rowCondition(fields: string[], comps: string[], row: RuleException['values'][number]): string {
  const columns = Array.isArray(row) ? row : [row]
  const checks = fields.map((field, index) => {
    const comp = comps[index]!
    const value = columns[index]!
    const list = /^(in|intersects|pmatch)$/.test(comp) || comp.includes(' ')
    if (Array.isArray(value)) return `${field} ${comp} (${value.map(quoteItem).join(', ')})`
    return list && !value.startsWith('(')
      ? `${field} ${comp} (${quoteItem(value)})`
      : `${field} ${comp} ${list ? value : quoteItem(value)}`
  })
  return `(${checks.join(' and ')})`
}

/** Rows must have as many columns as there are fields. Checked when the rule is compiled, with all appended values there. */
export function checkValueRows(exceptions: RuleException[], place: Place): void {
  for (const { name, fields, values } of exceptions) {
    if (!Array.isArray(fields)) continue
    for (const row of values) {
      const columns = Array.isArray(row) ? row.length : 1
      if (columns !== fields.length) {
        wrong(`Exception values and fields must have equal length: ${columns} values for ${fields.length} fields`, {
          ...place,
          type: 'exception',
          name,
        })
      }
    }
  }
}
