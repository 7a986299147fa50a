import type { Condition } from './condition/ast.ts'
import type { FieldSource } from './condition/value.ts'
import { keyOf, type Reduced } from './optimise.ts'
import { soleSubject } from './subject.ts'

/** The different parts that are about one subject alone, by its key. */
export function countQuestions(
  conditions: readonly Reduced[],
  keys: Map<Condition, string>,
  source: FieldSource,
): Map<string, Set<string>> {
  const questions = new Map<string, Set<string>>()
  const collect = (condition: Condition): void => {
    const sole = soleSubject(condition, source)
    if (sole) questions.set(sole.key, (questions.get(sole.key) ?? new Set()).add(keyOf(condition, keys)))
    else if (condition.kind === 'not') collect(condition.operand)
    else if (condition.kind === 'and' || condition.kind === 'or') condition.operands.forEach(collect)
  }
  for (const condition of conditions) if (typeof condition !== 'boolean') collect(condition)
  return questions
}

/** Rules behind one guard. */
export interface Group {
  /** What all members need. */
  guard: Condition[]
  members: { index: number; rest: Condition[] }[]
}

/** Parts of an `and` that so many rules have are asked before any of them. */
const manyRules = 4

/** Rules that need the same common parts stand behind one test of these. */
export function groupByGuard(
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
