import { prefixTest, suffixTest } from './affixes.ts'
import type { Check, Condition, FieldRef } from './condition/ast.ts'
import type { Test } from './condition/compare.ts'
import { compileMatcher, compileRight, type Matcher } from './condition/compile.ts'
import { compileValue, type FieldSource } from './condition/value.ts'
import { createGates, gatedInWord } from './gate.ts'
import { anyOfMany } from './many.ts'
import { keyOf, type Reduced } from './optimise.ts'
import { createStore, questionsInPair, soleField } from './remember.ts'

/** Judges one event: the places of the conditions that hold, or undefined when none does. */
export type Judge = (event: unknown) => number[] | undefined

/**
 * Writes the conditions of all rules of one event type as one piece of JavaScript: a function a rule, and a lazily evaluated value, kept for the event, for every
 * field and for every part that several rules share. Nothing of a rule's text becomes code: constants enter as JSON, tests and readers as arguments. What has no
 * direct form calls the closures of `compileMatcher`, which says what everything means. Undefined where the program may not make code.
 */
export function generateJudge(conditions: readonly Reduced[], source: FieldSource): Judge | undefined {
  const writer = createWriter(conditions, source)
  try {
    const code = writer.code()
    return new Function('constants', 'undefined', code)(writer.constants) as Judge
  } catch (error) {
    if (error instanceof EvalError) return undefined
    throw error
  }
}

interface Writer {
  constants: unknown[]
  code(): string
}

function createWriter(conditions: readonly Reduced[], source: FieldSource): Writer {
  const keys = new Map<Condition, string>()
  const counts = countParts(conditions, keys)
  const questions = countQuestions(conditions, keys)
  const constants: unknown[] = []
  const declarations: string[] = []
  const fields = new Map<string, string>()
  const shared = new Map<string, string>()
  const stores = new Map<string, { call: string; questions: number }>()
  let remembering = 0

  const constant = (value: unknown): string => {
    constants.push(value)
    const name = `k${constants.length - 1}`
    declarations.push(`const ${name} = constants[${constants.length - 1}]`)
    return name
  }
  /** `name()` is the value, worked out at most once an event. */
  const lazy = (name: string, expression: string): string => {
    declarations.push(
      `let ${name}at = 0, ${name}v; const ${name} = () => { if (${name}at !== now) { let t; ${name}v = ${expression}; ${name}at = now } return ${name}v }`,
    )
    return `${name}()`
  }
  const field = (ref: FieldRef): string => {
    const key = `${ref.name}[${ref.argument ?? ''}`
    const known = fields.get(key)
    if (known) return known
    const call = lazy(`f${fields.size}`, `${constant(compileValue(ref, source))}(event)`)
    fields.set(key, call)
    return call
  }
  const whole = (condition: Condition): string => `${constant(compileMatcher(condition, source))}(event)`
  const part = (condition: Condition): string => {
    const key = keyOf(condition, keys)
    const known = shared.get(key)
    if (known) return known
    const sole = soleField(condition)
    if (sole && (questions.get(`${sole.name}[${sole.argument ?? ''}`)?.size ?? 0) >= fewQuestions) {
      const call = remembered(condition, sole)
      shared.set(key, call)
      return call
    }
    const expression = expressionOf(condition)
    if ((counts.get(key) ?? 0) < 2 || condition.kind === 'not') return expression
    const call = lazy(`b${shared.size}`, expression)
    shared.set(key, call)
    return call
  }
  /** `a7()`: the answer kept for the field's text, or worked out and kept. */
  const remembered = (condition: Condition, ref: FieldRef): string => {
    const key = `${ref.name}[${ref.argument ?? ''}`
    let store = stores.get(key)
    if (!store) {
      const made = { call: '', questions: 0 }
      made.call = lazy(`m${stores.size}`, `${constant(createStore(() => made.questions))}(${field(ref)})`)
      stores.set(key, made)
      store = made
    }
    const question = store.questions++
    const at = Math.floor(question / questionsInPair) * 2
    const bit = 2 ** (question % questionsInPair)
    const name = `a${remembering++}`
    declarations.push(
      `const ${name}x = () => { let t; return ${expressionOf(condition, true)} }`,
      `const ${name} = () => { const m = ${store.call}; if (m === undefined) return ${name}x(); if (m[${at}] & ${bit}) return (m[${at + 1}] & ${bit}) !== 0; const v = ${name}x(); m[${at}] |= ${bit}; if (v) m[${at + 1}] |= ${bit}; return v }`,
    )
    return `${name}()`
  }
  /** `inside`: within a remembered part; its own parts are not remembered again. */
  const expressionOf = (condition: Condition, inside = false): string => {
    const inner = inside ? (operand: Condition) => expressionOf(operand, true) : part
    if (condition.kind === 'not') return `!${inner(condition.operand)}`
    if (condition.kind === 'and') return `(${condition.operands.map(inner).join(' && ')})`
    if (condition.kind === 'or' && condition.operands.length > manyParts)
      return `${constant(anyOfMany(condition.operands, source))}(event)`
    if (condition.kind === 'or') return `(${alternatives(condition.operands, inner).join(' || ')})`
    if (condition.kind === 'check') return checkExpression(condition, { field, constant, whole })
    return whole(condition)
  }
  /** Several `startswith` (or `endswith`) of one field become one test. */
  const alternatives = (operands: readonly Condition[], inner: (operand: Condition) => string): string[] => {
    const out: string[] = []
    const groups = groupAffixes(operands)
    for (const operand of operands) {
      const group = groups.get(operand)
      if (!group) out.push(inner(operand))
      else if (group[0] === operand) out.push(affixExpression(group, { field, constant, whole }))
    }
    return out
  }
  const openGates = (groups: readonly Group[]): OpenGate[] => {
    const rests: (readonly Condition[])[] = conditions.map(() => [])
    for (const { members } of groups) for (const { index, rest } of members) rests[index] = rest
    return createGates(rests).map(({ ref, answersFor, fill, questions, bits }, at) => {
      const tests = questions.map(parts => `() => { let t; return ${parts.map(part).join(' && ')} }`)
      declarations.push(`const q${at} = [${tests.join(',\n')}]`)
      const answers = lazy(`g${at}`, `${constant(answersFor)}(${field(ref)})`)
      return { bits, answers, fill: (given: string) => `${constant(fill)}(${given}, q${at})` }
    })
  }
  return {
    constants,
    code: () => {
      const groups = groupByGuard(conditions, counts, keys)
      const rules = groups.flatMap(({ members }) =>
        members.map(({ index, rest }) => {
          const expression = rest.length === 0 ? 'true' : rest.map(part).join(' && ')
          return `const r${index} = () => { let t; return ${expression} }`
        }),
      )
      const gates = openGates(groups)
      const calls = groups.map(({ guard, members }) => {
        const tests = [...Map.groupBy(members, ({ index }) => Math.floor(index / gatedInWord))]
          .map(([word, together]) => testsOf(together, word, gates))
          .join('\n')
        return guard.length === 0 ? tests : `if (${guard.map(part).join(' && ')}) {\n${tests}\n}`
      })
      return [
        '"use strict"',
        'let now = 0, event',
        ...declarations,
        ...rules,
        'return given => {',
        'event = given; now = (now + 1) & 0x3fffffff || 1; let hits, t, w, e',
        ...calls,
        'if (hits !== undefined && hits.length > 1) hits.sort((a, b) => a - b)',
        'return hits }',
      ].join('\n')
    },
  }
}

/** A gate as code: what gives its answers for the event, what fills them. */
interface OpenGate {
  bits: readonly number[]
  answers: string
  fill(given: string): string
}

/** Asks the gates about rules of one word, then the rules that they let through. */
function testsOf(members: Group['members'], word: number, gates: readonly OpenGate[]): string {
  const bitOf = (index: number): number => 1 << (index % gatedInWord)
  const own = members.reduce((bits, { index }) => bits | bitOf(index), 0)
  const asked = gates.flatMap(({ bits, answers, fill }) => {
    const mine = bits[word]! & own
    if (mine === 0) return []
    const [known, possible] = [`e[${2 * word}]`, `e[${2 * word + 1}]`]
    return `if (w & ${mine} && (e = ${answers}) !== undefined) { if ((${known} & ${mine}) !== ${mine}) ${fill(`e, ${word}, ${mine}`)}; w &= ${possible} }`
  })
  const run = (index: number): string => `r${index}()) (hits ??= []).push(${index})`
  if (asked.length === 0) return members.map(({ index }) => `if (${run(index)}`).join('\n')
  const tests = members.map(({ index }) => `if (w & ${bitOf(index)} && ${run(index)}`)
  return [`w = ${own}`, ...asked, 'if (w !== 0) {', ...tests, '}'].join('\n')
}

interface Group {
  /** What all members need. */
  guard: Condition[]
  members: { index: number; rest: Condition[] }[]
}

/** Fewer questions about a field's text are not worth looking the text up. */
const fewQuestions = 3

/** The different parts that are about one field alone, by field. */
function countQuestions(conditions: readonly Reduced[], keys: Map<Condition, string>): Map<string, Set<string>> {
  const questions = new Map<string, Set<string>>()
  const collect = (condition: Condition): void => {
    const sole = soleField(condition)
    if (sole) {
      const name = `${sole.name}[${sole.argument ?? ''}`
      questions.set(name, (questions.get(name) ?? new Set()).add(keyOf(condition, keys)))
    } else if (condition.kind === 'not') collect(condition.operand)
    else if (condition.kind === 'and' || condition.kind === 'or') condition.operands.forEach(collect)
  }
  for (const condition of conditions) if (typeof condition !== 'boolean') collect(condition)
  return questions
}

/** Longer alternatives are looked up: as code they would be more than a compiler takes. */
const manyParts = 100

/** Parts of an `and` that so many rules have are asked before any of them. */
const manyRules = 4

/** Rules that need the same common parts stand behind one test of these. */
function groupByGuard(
  conditions: readonly Reduced[],
  counts: Map<string, number>,
  keys: Map<Condition, string>,
): Group[] {
  const groups = new Map<string, Group>()
  for (const [index, condition] of conditions.entries()) {
    if (condition === false) continue
    const parts = condition === true ? [] : condition.kind === 'and' ? condition.operands : [condition]
    const isCommon = (part: Condition): boolean =>
      part.kind !== 'not' && (counts.get(keyOf(part, keys)) ?? 0) >= manyRules
    const guard = parts.filter(isCommon)
    const key = guard.map(part => keyOf(part, keys)).join('\n')
    const group = groups.get(key) ?? { guard, members: [] }
    groups.set(key, group)
    group.members.push({ index, rest: parts.filter(part => !isCommon(part)) })
  }
  return [...groups.values()]
}

interface Names {
  field(ref: FieldRef): string
  constant(value: unknown): string
  whole(condition: Condition): string
}

/** How often each part stands anywhere in the conditions. */
function countParts(conditions: readonly Reduced[], keys: Map<Condition, string>): Map<string, number> {
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

type AffixCheck = Check & { left: FieldRef; right: { kind: 'text'; value: string; quoted: boolean } }

function isAffix(condition: Condition): condition is AffixCheck {
  return (
    condition.kind === 'check' &&
    condition.left.kind === 'field' &&
    !condition.modifier &&
    condition.right?.kind === 'text' &&
    (condition.operator === 'startswith' || condition.operator === 'endswith')
  )
}

function groupAffixes(operands: readonly Condition[]): Map<Condition, AffixCheck[]> {
  const byField = Map.groupBy(
    operands.filter(isAffix),
    ({ left, operator }) => `${operator} ${left.name}[${left.argument ?? ''}`,
  )
  const groups = new Map<Condition, AffixCheck[]>()
  for (const group of byField.values()) if (group.length > 1) for (const check of group) groups.set(check, group)
  return groups
}

function affixExpression(group: AffixCheck[], names: Names): string {
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

function checkExpression(check: Check, names: Names): string {
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

/** The reference: the same answers from closures. */
export function closureJudge(matchers: readonly Matcher[]): Judge {
  return event => {
    let hits: number[] | undefined
    for (let index = 0; index < matchers.length; index++) {
      if (!matchers[index]!(event)) continue
      hits ??= []
      hits.push(index)
    }
    return hits
  }
}
