import type { Condition } from './condition/ast.ts'
import { compileMatcher, type Matcher } from './condition/compile.ts'
import { parseCondition } from './condition/parse.ts'
import type { FieldSource } from './condition/value.ts'
import { eventTypesOf, hasType, type TypeSet } from './event-types.ts'
import type { Source } from './fields.ts'
import { objectFields } from './loader/compile.ts'
import type { Rule } from './model.ts'

/** A condition ready to judge. */
export interface CompiledCondition {
  ast: Condition
  eventTypes: TypeSet
  matches: Matcher
}

/**
 * Compiles one condition that stands alone (no macros, no lists) for events given as plain objects of Falco field names to values.
 * `fields` replaces where values are read from. Throws JennerError malformed for syntax errors and unknown fields.
 */
export function compileCondition(
  text: string,
  source: Source = 'syscall',
  fields: FieldSource = objectFields(source),
): CompiledCondition {
  const ast = parseCondition(text)
  return { ast, eventTypes: eventTypesOf(ast), matches: compileMatcher(ast, fields) }
}

/** Whether an event (`{ 'evt.type': 'execve', 'proc.name': 'bash', 'fd.sport': 443, … }`) fulfils a condition. */
export function matches(condition: CompiledCondition, event: Record<string, unknown>): boolean {
  return condition.matches(event)
}

/** Judges events by every enabled rule of one source. */
export interface RuleEngine {
  /** All rules that match, in the order of their files. `type` is the event's `evt.type`; a rule that is not for it costs nothing. */
  judge(type: string, event: unknown): Rule[]
  /** Whether any rule may be for this type: what no rule is for need not be decoded. */
  wants(type: string): boolean
}

const none: Rule[] = []

/** Builds an engine over loaded rules. `fields` is for events that are not plain objects; every rule is then compiled anew over it. */
export function createEngine(
  rules: readonly Rule[],
  options: { source?: Source; fields?: FieldSource } = {},
): RuleEngine {
  const { source = 'syscall', fields } = options
  const active = rules
    .filter(rule => rule.enabled && rule.source === source)
    .map(rule => ({ rule, matches: fields ? compileMatcher(rule.ast, fields) : rule.matches }))
  const byType = new Map<string, typeof active>()
  const rulesFor = (type: string): typeof active => {
    let found = byType.get(type)
    if (!found) {
      found = active.filter(({ rule }) => hasType(rule.eventTypes, type))
      byType.set(type, found)
    }
    return found
  }
  return {
    wants: type => rulesFor(type).length > 0,
    judge(type, event) {
      let hits = none
      for (const { rule, matches: test } of rulesFor(type)) {
        if (!test(event)) continue
        if (hits === none) hits = []
        hits.push(rule)
      }
      return hits
    },
  }
}
