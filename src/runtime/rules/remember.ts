import type { Condition, FieldRef } from './condition/ast.ts'
import { manyValued } from './optimise.ts'

/**
 * What was answered for a text, by the number of the question: at 2n bits that are known, at 2n+1 the answers, thirty questions to a pair.
 * The same names, paths and command lines come again and again; what depends on one of them alone is asked once.
 */
export type Answers = number[]

export const questionsInPair = 30

const maxTexts = 4096
/** Longer texts are not kept. */
const maxLength = 1024

/** Keeps the answers for the texts of one field; a store that is full begins anew. */
export function createStore(questions: () => number): (text: unknown) => Answers | undefined {
  const answers = new Map<string, Answers>()
  return text => {
    if (typeof text !== 'string' || text.length > maxLength) return undefined
    const known = answers.get(text)
    if (known !== undefined) return known
    if (answers.size >= maxTexts) answers.clear()
    const fresh: Answers = []
    for (let pair = 0; pair * questionsInPair < questions(); pair++) fresh.push(0, 0)
    answers.set(text, fresh)
    return fresh
  }
}

/** Operators that one comparison settles: not worth keeping, unless there are several. */
const quick = new Set(['=', '==', '!=', 'exists', '<', '<=', '>', '>='])
const severalChecks = 3

/** The one field that a condition is about, when its answer is worth keeping by that field's text. */
export function soleField(condition: Condition): FieldRef | undefined {
  const found = survey(condition)
  if (!found || manyValued.test(found.ref.name)) return undefined
  return found.slow || found.checks >= severalChecks ? found.ref : undefined
}

/** The one field of one value that a condition is about. */
export function fieldOf(condition: Condition): FieldRef | undefined {
  const found = survey(condition)
  return found && !manyValued.test(found.ref.name) ? found.ref : undefined
}

interface Survey {
  ref: FieldRef
  checks: number
  slow: boolean
}

function survey(condition: Condition): Survey | undefined {
  if (condition.kind === 'not') return survey(condition.operand)
  if (condition.kind === 'check') {
    const { left, right, operator } = condition
    if (left.kind !== 'field' || right?.kind === 'field' || right?.kind === 'transformer') return undefined
    return { ref: left, checks: 1, slow: !quick.has(operator) }
  }
  if (condition.kind === 'macro') return undefined
  let whole: Survey | undefined
  for (const operand of condition.operands) {
    const part = survey(operand)
    if (!part || (whole && (part.ref.name !== whole.ref.name || part.ref.argument !== whole.ref.argument)))
      return undefined
    whole = whole ? { ref: whole.ref, checks: whole.checks + part.checks, slow: whole.slow || part.slow } : part
  }
  return whole
}
