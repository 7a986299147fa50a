import type { Check, Condition, FieldRef } from './condition/ast.ts'
import { compileMatcher, type Matcher } from './condition/compile.ts'
import { compileValue, type FieldSource } from './condition/value.ts'
import { manyValued } from './optimise.ts'

/**
 * `or` over so many parts that they are looked up instead of asked one by one: thousands of exceptions, each a row like `proc.name = x and fd.name = y`. Parts that
 * need one and the same field to have certain texts stand under these texts.
 */
export function anyOfMany(operands: readonly Condition[], source: FieldSource): Matcher {
  const key = commonField(operands)
  const all = operands.map(operand => compileMatcher(operand, source))
  if (!key) return some(all)
  const byText = new Map<string, Matcher[]>()
  const rest: Matcher[] = []
  for (const [index, operand] of operands.entries()) {
    const texts = conjunctsOf(operand).flatMap(part => textsFor(part, key) ?? [])
    if (texts.length === 0) rest.push(all[index]!)
    for (const text of new Set(texts)) byText.set(text, [...(byText.get(text) ?? []), all[index]!])
  }
  const read = compileValue(key, source)
  const everyone = some(all)
  const others = some(rest)
  const listed = new Map([...byText].map(([text, matchers]) => [text, some(matchers)]))
  return event => {
    const value = read(event)
    if (value !== undefined && typeof value !== 'string') return everyone(event)
    return (value !== undefined && (listed.get(value)?.(event) ?? false)) || others(event)
  }
}

function some(matchers: readonly Matcher[]): Matcher {
  return event => {
    for (let index = 0; index < matchers.length; index++) if (matchers[index]!(event)) return true
    return false
  }
}

/** The field that most of the parts need to have a certain text. */
function commonField(operands: readonly Condition[]): FieldRef | undefined {
  const counts = new Map<string, { ref: FieldRef; count: number }>()
  for (const operand of operands) {
    const names = new Map<string, FieldRef>()
    for (const part of conjunctsOf(operand)) {
      const ref = lookedUp(part)?.left
      if (ref) names.set(nameOf(ref), ref)
    }
    for (const [name, ref] of names) counts.set(name, { ref, count: (counts.get(name)?.count ?? 0) + 1 })
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count)
  return most?.ref
}

const nameOf = ({ name, argument }: FieldRef): string => `${name}[${argument ?? ''}`

function conjunctsOf(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? condition.operands.flatMap(conjunctsOf) : [condition]
}

type LookUp = Check & { left: FieldRef }

/** `field = text` or `field in (texts)` on a plain field. Texts with `/` and digits may mean networks and are not looked up. */
function lookedUp(condition: Condition): LookUp | undefined {
  if (condition.kind !== 'check' || condition.modifier || condition.left.kind !== 'field') return undefined
  if (manyValued.test(condition.left.name)) return undefined
  const { operator, right } = condition
  const texts = right?.kind === 'list' ? right.values : right?.kind === 'text' ? [right.value] : []
  const plain = texts.length > 0 && !texts.some(text => /^[0-9a-fA-F.:]+\//.test(text))
  const equality = operator === '=' || operator === '==' || operator === 'in'
  return plain && equality ? (condition as LookUp) : undefined
}

function textsFor(part: Condition, key: FieldRef): string[] | undefined {
  const check = lookedUp(part)
  if (!check || nameOf(check.left) !== nameOf(key)) return undefined
  const { right } = check
  return right?.kind === 'list' ? right.values : right?.kind === 'text' ? [right.value] : undefined
}
