import { compileMatcher, type Matcher } from './condition/compile.ts'
import { parseCondition } from './condition/parse.ts'
import type { FieldSource } from './condition/value.ts'
import { exceptionRows } from './loader/exceptions.ts'
import { resolveLists, substituteLists } from './loader/lists.ts'
import type { RuleSet } from './model.ts'

/** The row of an exception that hides an event: the exception's name, the row as a condition. */
export interface HidingRow {
  exception: string
  row: string
}

/**
 * Tells which row of a rule's exceptions holds for an event; the first where several do. Rows are compiled when they are first asked for, and each is tried in turn: for
 * looking back at what was hidden, not for judging.
 */
export function createAttribution(
  { rules, lists }: RuleSet,
  fields: FieldSource,
): (rule: string, event: unknown) => HidingRow | undefined {
  const resolved = resolveLists(lists)
  const byName = new Map(rules.map(rule => [rule.name, rule]))
  const compiled = new Map<string, { at: HidingRow; matches: Matcher }[]>()
  const rowsOf = (name: string) => {
    const known = compiled.get(name)
    if (known) return known
    const rows = (byName.get(name)?.exceptions ?? []).flatMap(exception =>
      exceptionRows(exception).flatMap(row => {
        try {
          const text = substituteLists(row, resolved, new Set())
          return [{ at: { exception: exception.name, row }, matches: compileMatcher(parseCondition(text), fields) }]
        } catch {
          return []
        }
      }),
    )
    compiled.set(name, rows)
    return rows
  }
  return (rule, event) => rowsOf(rule).find(({ matches }) => matches(event as never))?.at
}
