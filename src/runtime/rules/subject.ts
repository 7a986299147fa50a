import type { Condition, FieldRef } from './condition/ast.ts'
import { compileValue, type FieldReader, type FieldSource } from './condition/value.ts'
import { manyValued } from './optimise.ts'

/** What a condition is about, when that is one thing: one field, or fields that one text tells (`fd.name`, `fd.directory`). */
export interface Subject {
  /** The same for the same subject. */
  key: string
  /** One of its fields. */
  ref: FieldRef
  /** Reads the text that tells all of it. */
  read: FieldReader
}

/** Operators that one comparison settles: not worth keeping, unless there are several. */
const quick = new Set(['=', '==', '!=', 'exists', '<', '<=', '>', '>='])
const severalChecks = 3

/** The one subject of a condition, when its answer is worth keeping by the subject's text. */
export function soleSubject(condition: Condition, source: FieldSource): Subject | undefined {
  const found = survey(condition, source)
  return found && (found.slow || found.checks >= severalChecks) ? found.subject : undefined
}

/** The one subject of a condition. */
export function subjectOf(condition: Condition, source: FieldSource): Subject | undefined {
  return survey(condition, source)?.subject
}

interface Survey {
  subject: Subject
  checks: number
  slow: boolean
}

function survey(condition: Condition, source: FieldSource): Survey | undefined {
  if (condition.kind === 'not') return survey(condition.operand, source)
  if (condition.kind === 'macro') return undefined
  if (condition.kind === 'check') {
    const { left, right, operator } = condition
    if (left.kind !== 'field' || right?.kind === 'field' || right?.kind === 'transformer') return undefined
    if (manyValued.test(left.name)) return undefined
    return { subject: subjectOfField(left, source), checks: 1, slow: !quick.has(operator) }
  }
  let whole: Survey | undefined
  for (const operand of condition.operands) {
    const part = survey(operand, source)
    if (!part || (whole && part.subject.key !== whole.subject.key)) return undefined
    whole = whole ? { subject: whole.subject, checks: whole.checks + part.checks, slow: whole.slow || part.slow } : part
  }
  return whole
}

function subjectOfField(ref: FieldRef, source: FieldSource): Subject {
  const told = source.toldBy?.(ref.name, ref.argument)
  if (told) return { ...told, ref }
  return { key: `${ref.name}[${ref.argument ?? ''}`, ref, read: compileValue(ref, source) }
}
