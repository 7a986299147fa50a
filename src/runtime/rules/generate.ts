import { affixExpression, checkExpression, groupAffixes } from './check-code.ts'
import type { Condition, FieldRef } from './condition/ast.ts'
import { compileMatcher } from './condition/compile.ts'
import { compileValue, type FieldSource } from './condition/value.ts'
import { createGates } from './gate.ts'
import { type OpenGate, testsOf } from './gate-code.ts'
import { anyOfMany } from './many.ts'
import { countParts, keyOf, type Reduced } from './optimise.ts'
import { countQuestions, type Group, groupByGuard } from './parts.ts'
import { createStore, gatedInWord, placeOf, wordsFor } from './remember.ts'
import { type Subject, soleSubject } from './subject.ts'

/** Fewer questions about a subject's text are not worth looking the text up. */
const fewQuestions = 3

/** Longer alternatives are looked up: as code they would be more than a compiler takes. */
const manyParts = 100

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
  const questions = countQuestions(conditions, keys, source)
  const constants: unknown[] = []
  const declarations: string[] = []
  const fields = new Map<string, string>()
  const shared = new Map<string, string>()
  const stores = new Map<string, { call: string; questions: number }>()
  const words = wordsFor(conditions.length)
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
    const sole = soleSubject(condition, source)
    if (sole && (questions.get(sole.key)?.size ?? 0) >= fewQuestions) {
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
  /** What is kept for the text of a subject. */
  const storeOf = (subject: Subject): { call: string; questions: number } => {
    const known = stores.get(subject.key)
    if (known) return known
    const store = { call: '', questions: 0 }
    const told = source.toldBy?.(subject.ref.name, subject.ref.argument)
    const text = told ? `${constant(subject.read)}(event)` : field(subject.ref)
    store.call = lazy(`m${stores.size}`, `${constant(createStore(words, () => store.questions))}(${text})`)
    stores.set(subject.key, store)
    return store
  }
  /** `a7()`: the answer kept for the subject's text, or worked out and kept. */
  const remembered = (condition: Condition, subject: Subject): string => {
    const store = storeOf(subject)
    const { at, bit } = placeOf(store.questions++, words)
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
    return createGates(rests, source).map(({ subject, fill, questions: wanted, bits }, at) => {
      const tests = wanted.map(parts => `() => { let t; return ${parts.map(part).join(' && ')} }`)
      declarations.push(`const q${at} = [${tests.join(',\n')}]`)
      return { bits, answers: storeOf(subject).call, fill: (given: string) => `${constant(fill)}(${given}, q${at})` }
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
