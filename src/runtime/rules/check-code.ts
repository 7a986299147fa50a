import { prefixTest, suffixTest } from './affixes.ts'
import type { Check, Condition, FieldRef } from './condition/ast.ts'
import type { Test } from './condition/compare.ts'
import { compileRight } from './condition/compile.ts'

/** How code names what it uses: a field's value, a constant, a whole condition left to the reference. */
export interface Names {
  field(ref: FieldRef): string
  constant(value: unknown): string
  whole(condition: Condition): string
}

/** One check as an expression over the field's value, by way of `t`. */
export function checkExpression(check: Check, names: Names): string {
  const { left, operator, right, modifier } = check
  if (left.kind !== 'field' || modifier) return names.whole(check)
  const value = names.field(left)
  if (operator === 'exists') return `(${value} !== undefined)`
  if (right?.kind !== 'text' && right?.kind !== 'list') return names.whole(check)
  const reference = names.constant(compileRight(check))
  const texts = right.kind === 'list' ? right.values : [right.value]
  const fast = fastForm(operator, texts, names)
  return fast ? typed(value, fast.code, fast.type, reference) : `((t = ${value}) !== undefined && ${reference}(t))`
}

const numeric = /^[+-]?(?:0[xX][0-9a-fA-F]+|\d+)$/

/** Text and numbers compared as the reference compares them, written out. Operands with `/` may be networks and are left to it, but for prefixes and the like. */
function fastForm(
  operator: string,
  texts: readonly string[],
  names: Names,
): { code: string; type: string } | undefined {
  const [text = ''] = texts
  const written = JSON.stringify(text)
  switch (operator) {
    case '=':
    case '==':
    case '!=': {
      const negated = operator === '!='
      if (text === 'true' || text === 'false')
        return { code: `t === ${negated !== (text === 'true')}`, type: 'boolean' }
      if (numeric.test(text)) return { code: `t ${negated ? '!' : '='}== ${Number(text)}`, type: 'number' }
      return isNetworkLike(text) ? undefined : { code: `t ${negated ? '!' : '='}== ${written}`, type: 'string' }
    }
    case 'in':
      if (texts.some(isNetworkLike)) return undefined
      if (texts.length > 0 && texts.every(item => numeric.test(item)))
        return { code: `${names.constant(new Set(texts.map(Number)))}.has(t)`, type: 'number' }
      return { code: `${names.constant(new Set(texts))}.has(t)`, type: 'string' }
    case 'startswith':
      return { code: `t.startsWith(${written})`, type: 'string' }
    case 'endswith':
      return { code: `t.endsWith(${written})`, type: 'string' }
    case 'contains':
      return { code: `t.includes(${written})`, type: 'string' }
    case '<':
    case '<=':
    case '>':
    case '>=':
      return numeric.test(text) ? { code: `t ${operator} ${Number(text)}`, type: 'number' } : undefined
    default:
      return undefined
  }
}

/** `10.0.0.0/8`, `fe80::/10`: for them equality means "lies inside". */
function isNetworkLike(text: string): boolean {
  return /^[0-9a-fA-F.:]+\//.test(text)
}

export type AffixCheck = Check & { left: FieldRef; right: { kind: 'text'; value: string; quoted: boolean } }

function isAffix(condition: Condition): condition is AffixCheck {
  return (
    condition.kind === 'check' &&
    condition.left.kind === 'field' &&
    !condition.modifier &&
    condition.right?.kind === 'text' &&
    (condition.operator === 'startswith' || condition.operator === 'endswith')
  )
}

/** Checks that stand together: those of the beginnings (or the endings) of one field, where there are several. */
export function groupAffixes(operands: readonly Condition[]): Map<Condition, AffixCheck[]> {
  const byField = Map.groupBy(
    operands.filter(isAffix),
    ({ left, operator }) => `${operator} ${left.name}[${left.argument ?? ''}`,
  )
  const groups = new Map<Condition, AffixCheck[]>()
  for (const group of byField.values()) if (group.length > 1) for (const check of group) groups.set(check, group)
  return groups
}

/** Such a group as one expression. */
export function affixExpression(group: AffixCheck[], names: Names): string {
  const [first] = group as [AffixCheck]
  const texts = group.map(({ right }) => right.value)
  const tests = group.map(compileRight)
  const any: Test = value => tests.some(test => test(value))
  const fast = names.constant(first.operator === 'startswith' ? prefixTest(texts) : suffixTest(texts))
  return typed(names.field(first.left), `${fast}(t)`, 'string', names.constant(any))
}

/** The fast form for values of one JavaScript type; anything else goes to the reference. */
function typed(value: string, fast: string, type: string, reference: string): string {
  return `(typeof (t = ${value}) === '${type}' ? ${fast} : t !== undefined && ${reference}(t))`
}
