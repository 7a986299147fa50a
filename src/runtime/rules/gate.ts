import type { Condition, FieldRef } from './condition/ast.ts'
import type { FieldValue } from './condition/value.ts'
import { findField } from './fields.ts'
import { fieldOf } from './remember.ts'

/** Tells from the text of one field which rules can still match: one look-up an event for all of them. */
export interface Gate {
  ref: FieldRef
  /** What is known of the field's text; undefined when nothing is kept for it. */
  answersFor(value: FieldValue): GateAnswers | undefined
  /** What has to hold, one entry a rule. */
  questions: readonly Condition[][]
  /** Finds out what is not known yet of some rules: `tests` ask the questions of the event that has the text. */
  fill(answers: GateAnswers, word: number, bits: number, tests: readonly (() => boolean)[]): void
  /** By word: the rules that this gate can exclude. */
  bits: readonly number[]
}

/** By word two numbers, a bit for each rule: whether it is known, and whether the rule is still possible. */
export type GateAnswers = number[]

/** Rules in a word. */
export const gatedInWord = 30

/** Fields that fewer rules depend on are left to the rules; how many fields are asked at most. */
const fewRules = 4
const mostGates = 4
const maxTexts = 4096
/** Longer texts are not kept. */
const maxLength = 1024

/**
 * Gates for rules, given as the parts that all have to hold; the gate that most depend on first. Each says of those parts of a rule that are about its field alone what they say;
 * exclusions are left out, as nearly every event passes them.
 */
export function createGates(rules: readonly (readonly Condition[])[]): Gate[] {
  const needs = new Map<string, { ref: FieldRef; parts: Map<number, Condition[]> }>()
  for (const [index, parts] of rules.entries())
    for (const part of parts) {
      const ref = part.kind === 'not' ? undefined : fieldOf(part)
      if (!ref || !isText(ref)) continue
      const key = `${ref.name}[${ref.argument ?? ''}`
      const need = needs.get(key) ?? { ref, parts: new Map() }
      needs.set(key, need)
      need.parts.set(index, [...(need.parts.get(index) ?? []), part])
    }
  const words = Math.ceil(rules.length / gatedInWord)
  return [...needs.values()]
    .filter(({ parts }) => parts.size >= fewRules)
    .sort((a, b) => b.parts.size - a.parts.size)
    .slice(0, mostGates)
    .map(({ ref, parts }) => gateOf(ref, parts, words))
}

function isText({ name, argument }: FieldRef): boolean {
  return (findField('syscall', name, argument) ?? findField('k8s_audit', name, argument))?.type === 'text'
}

function gateOf(ref: FieldRef, parts: Map<number, Condition[]>, words: number): Gate {
  const places = [...parts.keys()].map(index => ({
    word: Math.floor(index / gatedInWord),
    bit: 1 << (index % gatedInWord),
  }))
  const fresh = (): GateAnswers => {
    const answers: GateAnswers = []
    for (let word = 0; word < words; word++) answers.push(0, 2 ** gatedInWord - 1)
    return answers
  }
  const known = new Map<string, GateAnswers>()
  const absent = fresh()
  return {
    ref,
    questions: [...parts.values()],
    bits: Array.from({ length: words }, (_, at) =>
      places.reduce((bits, { word, bit }) => (word === at ? bits | bit : bits), 0),
    ),
    answersFor(value) {
      if (value === undefined) return absent
      if (typeof value !== 'string' || value.length > maxLength) return undefined
      const before = known.get(value)
      if (before !== undefined) return before
      if (known.size >= maxTexts) known.clear()
      const answers = fresh()
      known.set(value, answers)
      return answers
    },
    fill(answers, at, bits, tests) {
      const wanted = bits & ~answers[2 * at]!
      for (let index = 0; index < places.length; index++) {
        const { word, bit } = places[index]!
        if (word === at && wanted & bit && !tests[index]!()) answers[2 * at + 1]! &= ~bit
      }
      answers[2 * at]! |= bits
    },
  }
}
