import { compileRegex } from '../../../base/regex.ts'
import { networkTest, parseNetwork } from './address.ts'
import type { Operator } from './ast.ts'
import { compileGlob } from './glob.ts'
import { pathMatcher } from './pmatch.ts'
import { type FieldValue, textOf } from './value.ts'

/** Tests one value of a field against what stood on the right. Absent values never reach it. */
export type Test = (value: NonNullable<FieldValue>) => boolean

/** A test of one value against one text, compiled. Throws JennerError malformed for an operand the operator cannot take. */
export function compileTest(operator: Operator, right: string): Test {
  const lower = right.toLowerCase()
  switch (operator) {
    case '=':
    case '==':
      return equalTest(right)
    case '!=': {
      const equal = equalTest(right)
      return value => !equal(value)
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
      return numberTest(operator, right)
    case 'contains':
      return value => someText(value, text => text.includes(right))
    case 'icontains':
      return value => someText(value, text => text.toLowerCase().includes(lower))
    case 'startswith':
      return value => someText(value, text => text.startsWith(right))
    case 'endswith':
      return value => someText(value, text => text.endsWith(right))
    case 'bcontains':
    case 'bstartswith':
      return bytesTest(operator, right)
    case 'glob':
    case 'iglob': {
      const glob = compileGlob(operator === 'iglob' ? lower : right)
      return value => someText(value, text => glob(operator === 'iglob' ? text.toLowerCase() : text))
    }
    case 'regex': {
      const regex = compileRegex(right)
      return value => someText(value, text => regex.matches(text))
    }
    default:
      return () => false
  }
}

/** A test of a value against a whole list: `in`, `intersects`, `pmatch`. */
export function compileListTest(operator: 'in' | 'intersects' | 'pmatch', right: readonly string[]): Test {
  if (operator === 'pmatch') {
    const matches = pathMatcher(right)
    return value => someText(value, matches)
  }
  const texts = new Set(right)
  const numbers = new Set(right.map(parseNumber).filter(number => number !== undefined))
  const networks = right.flatMap(text => (text.includes('/') ? (parseNetwork(text) ?? []) : []))
  const inside = networks.length > 0 ? networkTest(networks) : undefined
  const one = (item: string | number | bigint | boolean | Uint8Array): boolean => {
    if (typeof item === 'number' || typeof item === 'bigint') return numbers.has(Number(item))
    const text = textOf(item)
    return texts.has(text) || (inside?.(text) ?? false)
  }
  return value => {
    if (!Array.isArray(value)) return one(value as string)
    return operator === 'in' ? value.length > 0 && value.every(one) : value.some(one)
  }
}

/** True when one of a list's texts passes; a single value is a list of one. */
function someText(value: NonNullable<FieldValue>, test: (text: string) => boolean): boolean {
  return Array.isArray(value) ? value.some(item => test(String(item))) : test(textOf(value))
}

/** `=`: numbers by value (`0x1f` too), booleans as `true`/`false`/1/0, addresses inside a network written `a.b.c.d/n`, else text. */
function equalTest(right: string): Test {
  const number = parseNumber(right)
  const network = right.includes('/') ? parseNetwork(right) : undefined
  const inside = network && networkTest([network])
  const truth = right === 'true' || number === 1
  const one = (value: string | number | bigint | boolean | Uint8Array): boolean => {
    if (typeof value === 'number' || typeof value === 'bigint') return number !== undefined && Number(value) === number
    if (typeof value === 'boolean') return value === truth
    const text = textOf(value)
    return text === right || (inside?.(text) ?? false)
  }
  return value => (Array.isArray(value) ? value.some(one) : one(value as string))
}

function numberTest(operator: '<' | '<=' | '>' | '>=', right: string): Test {
  const limit = parseNumber(right)
  const passes = {
    '<': (a: number, b: number) => a < b,
    '<=': (a: number, b: number) => a <= b,
    '>': (a: number, b: number) => a > b,
    '>=': (a: number, b: number) => a >= b,
  }[operator]
  if (limit === undefined) return () => false
  return value => {
    const number = typeof value === 'number' ? value : parseNumber(textOf(value))
    return number !== undefined && passes(number, limit)
  }
}

/** `bcontains`, `bstartswith`: the right side is hexadecimal, the left is bytes. */
function bytesTest(operator: 'bcontains' | 'bstartswith', right: string): Test {
  const wanted = Buffer.from(right, 'hex').toString('latin1')
  if (wanted.length * 2 !== right.length) return () => false
  return value => {
    const bytes = textOf(value)
    return operator === 'bcontains' ? bytes.includes(wanted) : bytes.startsWith(wanted)
  }
}

function parseNumber(text: string): number | undefined {
  if (!/^[+-]?(0[xX][0-9a-fA-F]+|[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?)$/.test(text)) return undefined
  return Number(text)
}
