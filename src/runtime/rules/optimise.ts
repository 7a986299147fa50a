import type { Check, Condition } from './condition/ast.ts'
import { compileMatcher, type Matcher } from './condition/compile.ts'
import type { FieldSource } from './condition/value.ts'

/** A condition made for one event type: what the type decides is gone. */
export type Reduced = Condition | boolean

/**
 * Reduces a condition for events of one type: checks on `evt.type` become true or false, and with them whatever they decide; nested chains of one kind
 * become one; `=` and `in` on one plain field inside an `or` become one look-up. The meaning for that type stays the same.
 */
export function reduceFor(condition: Condition, type: string): Reduced {
  switch (condition.kind) {
    case 'not': {
      const operand = reduceFor(condition.operand, type)
      return typeof operand === 'boolean' ? !operand : { kind: 'not', operand }
    }
    case 'and':
    case 'or':
      return reduceChain(condition.kind, condition.operands, type)
    case 'check':
      return decidedByType(condition, type) ?? condition
    default:
      return condition
  }
}

function reduceChain(kind: 'and' | 'or', operands: Condition[], type: string): Reduced {
  const decisive = kind === 'or'
  const kept: Condition[] = []
  for (const operand of operands) {
    const reduced = reduceFor(operand, type)
    if (reduced === decisive) return decisive
    if (typeof reduced === 'boolean') continue
    if (reduced.kind === kind) kept.push(...reduced.operands)
    else kept.push(reduced)
  }
  const merged = kind === 'or' ? mergeLookups(kept) : kept
  if (merged.length === 0) return !decisive
  if (merged.length === 1) return merged[0]!
  return { kind, operands: merged.toSorted((a, b) => rank(kind, a) - rank(kind, b)) }
}

/** Among the parts of an `and`, exclusions last: nearly every event passes them, so they decide little. Else the cheap first. */
function rank(kind: 'and' | 'or', condition: Condition): number {
  return cost(condition) + (kind === 'and' && condition.kind === 'not' ? 10_000 : 0)
}

/** What a check says when the event's type is known; undefined when it is about something else. */
function decidedByType({ left, operator, right, modifier }: Check, type: string): boolean | undefined {
  if (left.kind !== 'field' || left.argument !== undefined || modifier) return undefined
  if (left.name === 'evt.num' && /^==?$/.test(operator) && right?.kind === 'text' && right.value === '0') return false
  if (left.name !== 'evt.type') return undefined
  const names = right?.kind === 'list' ? right.values : right?.kind === 'text' ? [right.value] : undefined
  if (!names) return undefined
  if (operator === '=' || operator === '==' || operator === 'in') return names.includes(type)
  return operator === '!=' ? !names.includes(type) : undefined
}

/** Fields that may hold several values: for them `=` and `in` differ. */
export const manyValued = /^(proc\.a(name|exe|exepath|cmdline|pid|env)|fd\.(ip|net|port|proto|types)|ka\.|jevt\.)/

/** `a = x or a in (y, z) or …` is `a in (x, y, z)`, for plain fields of one value. */
function mergeLookups(operands: Condition[]): Condition[] {
  const byField = new Map<string, Check[]>()
  const out: Condition[] = []
  for (const operand of operands) {
    const field = lookupField(operand)
    if (field === undefined) {
      out.push(operand)
      continue
    }
    const known = byField.get(field)
    if (known) known.push(operand as Check)
    else byField.set(field, [operand as Check])
  }
  for (const checks of byField.values()) {
    const [first] = checks as [Check, ...Check[]]
    if (checks.length === 1) out.push(first)
    else {
      const values = checks.flatMap(({ right }) =>
        right?.kind === 'list' ? right.values : right?.kind === 'text' ? [right.value] : [],
      )
      out.push({ ...first, operator: 'in', right: { kind: 'list', values: [...new Set(values)], quoted: [] } })
    }
  }
  return out
}

function lookupField(condition: Condition): string | undefined {
  if (condition.kind !== 'check' || condition.modifier || condition.left.kind !== 'field') return undefined
  const { left, operator, right } = condition
  if (manyValued.test(left.name)) return undefined
  const simple =
    (/^==?$/.test(operator) && right?.kind === 'text' && !right.value.includes('/')) ||
    (operator === 'in' && right?.kind === 'list')
  return simple ? `${left.name}[${left.argument ?? ''}` : undefined
}

/** Cheap and telling checks first. */
function cost(condition: Condition): number {
  switch (condition.kind) {
    case 'not':
      return cost(condition.operand) + 1
    case 'and':
    case 'or':
      return 10 + condition.operands.reduce((sum, operand) => sum + cost(operand), 0)
    case 'check':
      return checkCosts[condition.operator] ?? 4
    default:
      return 4
  }
}

const checkCosts: Record<string, number> = {
  exists: 1,
  '=': 1,
  '==': 1,
  '!=': 2,
  in: 2,
  '<': 2,
  '<=': 2,
  '>': 2,
  '>=': 2,
  startswith: 3,
  endswith: 3,
  contains: 5,
  icontains: 8,
  glob: 10,
  iglob: 12,
  pmatch: 10,
  regex: 50,
}

/** The number of the event that is being judged: what was answered for it already is not asked again. */
export interface Clock {
  now: number
}

/** How often each part stands anywhere in the conditions. */
export function countParts(conditions: readonly Reduced[], keys: Map<Condition, string>): Map<string, number> {
  const counts = new Map<string, number>()
  const count = (condition: Condition): void => {
    const key = keyOf(condition, keys)
    const seen = counts.get(key) ?? 0
    counts.set(key, seen + 1)
    if (seen > 0) return
    if (condition.kind === 'not') count(condition.operand)
    else if (condition.kind === 'and' || condition.kind === 'or') condition.operands.forEach(count)
  }
  for (const condition of conditions) if (typeof condition !== 'boolean') count(condition)
  return counts
}

/**
 * Compiles the reduced conditions of all rules of one event type together: a part that stands in several of them is judged once an event.
 */
export function compileTogether(conditions: readonly Reduced[], source: FieldSource, clock: Clock): Matcher[] {
  const keys = new Map<Condition, string>()
  const counts = countParts(conditions, keys)
  const compiled = new Map<string, Matcher>()
  const compile = (condition: Condition): Matcher => {
    const key = keyOf(condition, keys)
    const known = compiled.get(key)
    if (known) return known
    const plain = compilePart(condition, source, compile)
    const matcher = (counts.get(key) ?? 0) > 1 ? remember(plain, clock) : plain
    compiled.set(key, matcher)
    return matcher
  }
  return conditions.map(condition =>
    condition === true ? () => true : condition === false ? () => false : compile(condition),
  )
}

function compilePart(condition: Condition, source: FieldSource, compile: (condition: Condition) => Matcher): Matcher {
  if (condition.kind === 'not') {
    const operand = compile(condition.operand)
    return event => !operand(event)
  }
  if (condition.kind !== 'and' && condition.kind !== 'or') return compileMatcher(condition, source)
  return chain(condition.kind, condition.operands.map(compile))
}

/** Chains of two and three are written out: they are most of them. */
function chain(kind: 'and' | 'or', operands: Matcher[]): Matcher {
  const [a, b, c] = operands as [Matcher, Matcher, Matcher]
  const rest = operands.slice(3)
  if (kind === 'and') {
    if (operands.length === 2) return event => a(event) && b(event)
    if (operands.length === 3) return event => a(event) && b(event) && c(event)
    const tail = rest.length === 1 ? rest[0]! : chain('and', rest)
    return event => a(event) && b(event) && c(event) && tail(event)
  }
  if (operands.length === 2) return event => a(event) || b(event)
  if (operands.length === 3) return event => a(event) || b(event) || c(event)
  const tail = rest.length === 1 ? rest[0]! : chain('or', rest)
  return event => a(event) || b(event) || c(event) || tail(event)
}

function remember(matcher: Matcher, clock: Clock): Matcher {
  let asked = -1
  let answer = false
  return event => {
    if (asked !== clock.now) {
      answer = matcher(event)
      asked = clock.now
    }
    return answer
  }
}

/** The same text for the same meaning: kind, fields, operators and values, without positions. */
export function keyOf(condition: Condition, keys: Map<Condition, string>): string {
  const known = keys.get(condition)
  if (known !== undefined) return known
  const key = writeKey(condition, keys)
  keys.set(condition, key)
  return key
}

function writeKey(condition: Condition, keys: Map<Condition, string>): string {
  switch (condition.kind) {
    case 'not':
      return `!${keyOf(condition.operand, keys)}`
    case 'and':
    case 'or':
      return `(${condition.operands.map(operand => keyOf(operand, keys)).join(condition.kind === 'and' ? '&' : '|')})`
    default:
      return JSON.stringify(condition, (name, value: unknown) =>
        name === 'at' || name === 'quoted' ? undefined : value,
      )
  }
}
