import type { VersionScheme } from '../../../base/model/ecosystem.ts'
import { intervalsOf, satisfiesIntervals } from './interval.ts'

/** What one operator of an ecosystem means. */
export type OperatorRule = (version: string, operand: string) => boolean | undefined

/** How an ecosystem reads a range. Operators without a rule have their usual meaning by `compare`. */
export interface RangeRules {
  compare: VersionScheme['compare']
  /** By operator as written; `''` is a bare version. `~ ^ ~> ~= ^>= ===` are operators only where a rule is given: elsewhere they belong to the version. */
  operators?: Record<string, OperatorRule>
  /** `a - b` between spaces means from a up to and with b. */
  hyphen?: boolean
  /** Made of the range before it is read: strips what has no bearing on order. */
  prepare?: (range: string) => string
}

interface Comparator {
  operator: string
  operand: string
}

const maxLength = 64 * 1024
const symbols = [
  '===',
  '^>=',
  '==',
  '!=',
  '<>',
  '<=',
  '=<',
  '<<',
  '>=',
  '=>',
  '>>',
  '~>',
  '~=',
  '=',
  '<',
  '>',
  '~',
  '^',
  '!',
]
const special = new Set(['===', '^>=', '~>', '~=', '~', '^'])

/**
 * Whether a version lies in a range, in the notation that the ecosystems share:
 *
 *     range       = alternative *( ("||" / "|" / " or ") alternative )
 *     alternative = *( comparator [ "," / "&&" / " and " ] )          ; all must hold; none holds for every version
 *     comparator  = [ operator ] version  /  "*"  /  interval
 *     interval    = ("[" / "(") [version] "," [version] ("]" / ")")   ; Maven, NuGet; a list of them is "or"
 *
 * `undefined` when a bound cannot be compared and the rest does not decide, or when the range cannot be read.
 */
export function satisfiesExpression(version: string, range: string, rules: RangeRules): boolean | undefined {
  if (range.length > maxLength) return undefined
  const text = (rules.prepare?.(range) ?? range).trim()
  let answer: boolean | undefined = false
  for (const alternative of text.split(/\|\|?|\sor\s/)) {
    const holds = satisfiesAll(version, alternative, rules)
    if (holds) return true
    if (holds === undefined) answer = undefined
  }
  return answer
}

function satisfiesAll(version: string, alternative: string, rules: RangeRules): boolean | undefined {
  const intervals = intervalsOf(alternative)
  if (intervals) return satisfiesIntervals(version, intervals, rules.compare)
  const comparators = comparatorsOf(alternative, rules)
  if (!comparators) return undefined
  let answer: boolean | undefined = true
  for (const { operator, operand } of comparators) {
    const holds = satisfiesOne(version, operator, operand, rules)
    if (holds === false) return false
    if (holds === undefined) answer = undefined
  }
  return answer
}

function satisfiesOne(version: string, operator: string, operand: string, rules: RangeRules): boolean | undefined {
  if (operand === '*') return operator !== '!=' && operator !== '<>' && operator !== '<' && operator !== '>'
  const rule = rules.operators?.[operator === '<>' ? '!=' : operator]
  if (rule) return rule(version, operand)
  const order = rules.compare(version, operand)
  return order === undefined ? undefined : holds(operator, order)
}

/** Whether an order of version to bound fulfils a plain operator. */
export function holds(operator: string, order: -1 | 0 | 1): boolean | undefined {
  switch (operator) {
    case '':
    case '=':
    case '==':
    case '===':
      return order === 0
    case '!=':
    case '<>':
    case '!':
      return order !== 0
    case '<':
    case '<<':
      return order < 0
    case '<=':
    case '=<':
      return order <= 0
    case '>':
    case '>>':
      return order > 0
    case '>=':
    case '=>':
      return order >= 0
    default:
      return undefined
  }
}

function comparatorsOf(alternative: string, rules: RangeRules): Comparator[] | undefined {
  let text = alternative
  if (rules.hyphen) text = text.replace(/(?<![^\s,])([^\s,<>=!~^]+)\s+-\s+([^\s,]+)/g, '>=$1 <=$2')
  const found: Comparator[] = []
  let at = 0
  while (at < text.length) {
    const gap = /^(?:[\s,&()]|and(?=\s))+/.exec(text.slice(at, at + 64))?.[0].length ?? 0
    if (gap > 0) {
      at += gap
      continue
    }
    const operator = operatorAt(text, at, rules)
    at += operator.length
    while (at < text.length && text[at] === ' ') at++
    // An epoch ends in "!" (PEP 440, conda): `>=1!2.0`.
    const operand = /(?:\d+!)?[^\s,|<>=!&()]*/y
    operand.lastIndex = at
    const version = operand.exec(text)?.[0] ?? ''
    if (version === '') return undefined
    found.push({ operator, operand: version })
    at += version.length
  }
  return found
}

function operatorAt(text: string, at: number, rules: RangeRules): string {
  for (const symbol of symbols)
    if (text.startsWith(symbol, at) && (!special.has(symbol) || rules.operators?.[symbol])) return symbol
  return ''
}
