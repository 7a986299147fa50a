import type { Condition } from './condition/ast.ts'
import type { FieldSource } from './condition/value.ts'
import { findField } from './fields.ts'
import { type Answers, gatedInWord, wordsFor } from './remember.ts'
import { type Subject, subjectOf } from './subject.ts'

/** Tells from the text of one subject which rules can still match: one look-up an event for all of them. */
export interface Gate {
  subject: Subject
  /** What has to hold, one entry a rule. */
  questions: readonly Condition[][]
  /** Finds out what is not known yet of some rules: `tests` ask the questions of the event that has the text. */
  fill(answers: Answers, word: number, bits: number, tests: readonly (() => boolean)[]): void
  /** By word: the rules that this gate can exclude. */
  bits: readonly number[]
}

/** Subjects that fewer rules depend on are left to the rules; how many are asked at most. */
const fewRules = 4
const mostGates = 4

/**
 * Gates for rules, given as the parts that all have to hold; the gate that most depend on first. Each says of those parts of a rule that are about its subject alone what they say;
 * exclusions are left out, as nearly every event passes them.
 */
export function createGates(rules: readonly (readonly Condition[])[], source: FieldSource): Gate[] {
  const needs = new Map<string, { subject: Subject; parts: Map<number, Condition[]> }>()
  for (const [index, parts] of rules.entries())
    for (const part of parts) {
      const subject = part.kind === 'not' ? undefined : subjectOf(part, source)
      if (!subject || !isText(subject)) continue
      const need = needs.get(subject.key) ?? { subject, parts: new Map() }
      needs.set(subject.key, need)
      need.parts.set(index, [...(need.parts.get(index) ?? []), part])
    }
  return [...needs.values()]
    .filter(({ parts }) => parts.size >= fewRules)
    .sort((a, b) => b.parts.size - a.parts.size)
    .slice(0, mostGates)
    .map(({ subject, parts }) => gateOf(subject, parts, wordsFor(rules.length)))
}

function isText({ ref: { name, argument } }: Subject): boolean {
  return (findField('syscall', name, argument) ?? findField('k8s_audit', name, argument))?.type === 'text'
}

function gateOf(subject: Subject, parts: Map<number, Condition[]>, words: number): Gate {
  const places = [...parts.keys()].map(index => ({
    word: Math.floor(index / gatedInWord),
    bit: 1 << (index % gatedInWord),
  }))
  return {
    subject,
    questions: [...parts.values()],
    bits: Array.from({ length: words }, (_, at) =>
      places.reduce((bits, { word, bit }) => (word === at ? bits | bit : bits), 0),
    ),
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
