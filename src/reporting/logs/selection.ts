import { isObject } from '../../base/json.ts'
import { compileRegex } from '../../base/regex.ts'
import type { LogRecord, LogTest } from './record.ts'

const known = new Set(['contains', 'startswith', 'endswith', 'all', 're', 'cased', 'exists'])
const maxValues = 500
const maxValue = 1000

/** A selection: a list of keywords (one is enough), a map of fields (all must hold), or a list of maps (one is enough). Throws RangeError naming what is not read. */
export function compileSelection(selection: unknown, name: string): LogTest {
  if (Array.isArray(selection)) {
    if (selection.length > maxValues) throw new RangeError(`${name}: more than ${maxValues} values`)
    return any(selection.map(item => (isObject(item) ? compileMap(item, name) : keyword(item, name))))
  }
  if (isObject(selection)) return compileMap(selection, name)
  return keyword(selection, name)
}

function compileMap(map: Record<string, unknown>, name: string): LogTest {
  return all(Object.entries(map).map(([key, value]) => compileField(key, value, name)))
}

/** `field|modifier|…`; an empty field (`|all`) is the text of the line. */
function compileField(key: string, value: unknown, name: string): LogTest {
  const [field = '', ...modifiers] = key.split('|')
  const strange = modifiers.find(modifier => !known.has(modifier))
  if (strange !== undefined) throw new RangeError(`${name}.${key}: modifier ${strange} is not read here`)
  const read = (record: LogRecord): string | undefined =>
    field === '' ? record.text : Object.hasOwn(record, field) ? record[field] : undefined
  if (modifiers.includes('exists')) return record => (read(record) !== undefined) === (value === 'true')
  const values = Array.isArray(value) ? value : [value]
  if (values.length > maxValues) throw new RangeError(`${name}.${key}: more than ${maxValues} values`)
  // A keyword of a list is looked for anywhere in the line.
  const wanted = field === '' && !modifiers.includes('re') ? [...modifiers, 'contains'] : modifiers
  const tests = values.map(each => compileValue(each, wanted, `${name}.${key}`))
  const combined = modifiers.includes('all') ? tests.every.bind(tests) : tests.some.bind(tests)
  return record => {
    const text = read(record)
    return text === undefined ? isNothing(value) : combined(test => test(text))
  }
}

function keyword(value: unknown, name: string): LogTest {
  const test = compileValue(value, ['contains'], name)
  return record => test(record.text)
}

/** Sigma compares without regard to case unless `cased` says so; `*` and `?` are wildcards, `\` takes their meaning away. */
function compileValue(value: unknown, modifiers: string[], where: string): (text: string) => boolean {
  if (isNothing(value)) return () => false
  if (typeof value !== 'string') throw new RangeError(`${where}: a text is expected`)
  const written = value
  if (written.length > maxValue) throw new RangeError(`${where}: more than ${maxValue} characters`)
  const isRegex = modifiers.includes('re')
  const ignoreCase = !isRegex && !modifiers.includes('cased')
  const regex = compileRegex(isRegex ? written : wildcards(written, modifiers), { ignoreCase, dotAll: !isRegex })
  return text => regex.finds(text)
}

function wildcards(written: string, modifiers: string[]): string {
  let body = ''
  for (let at = 0; at < written.length; at++) {
    const char = written[at]!
    if (char === '\\' && '*?\\'.includes(written[at + 1] ?? ' ')) body += escaped(written[++at]!)
    else if (char === '*') body += '.*'
    else if (char === '?') body += '.'
    else body += escaped(char)
  }
  const open = modifiers.includes('contains')
  return `${open || modifiers.includes('endswith') ? '' : '^'}${body}${open || modifiers.includes('startswith') ? '' : '$'}`
}

function escaped(char: string): string {
  return /[\\^$.*+?()[\]{}|]/.test(char) ? `\\${char}` : char
}

function all(tests: LogTest[]): LogTest {
  return record => tests.every(test => test(record))
}

function any(tests: LogTest[]): LogTest {
  return record => tests.some(test => test(record))
}

/** Scalars come as they were written: YAML's words for nothing are nothing here. */
function isNothing(value: unknown): boolean {
  return value === '' || value === 'null' || value === '~'
}
