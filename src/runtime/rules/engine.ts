import type { Condition } from './condition/ast.ts'
import { compileMatcher, type Matcher } from './condition/compile.ts'
import { parseCondition } from './condition/parse.ts'
import type { FieldSource } from './condition/value.ts'
import { eventTypesOf, hasType, type TypeSet } from './event-types.ts'
import type { Source } from './fields.ts'
import { generateJudge, type Judge } from './generate.ts'
import { isDerived } from './known-events.ts'
import { objectFields } from './loader/compile.ts'
import type { Rule } from './model.ts'
import { type Clock, compileTogether, type Reduced, reduceFor } from './optimise.ts'

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

/** Builds an engine over loaded rules. `fields` is for events that are not plain objects; `generated: false` judges by closures alone. */
export function createEngine(
  rules: readonly Rule[],
  options: { source?: Source; fields?: FieldSource; generated?: boolean } = {},
): RuleEngine {
  const { source = 'syscall', fields = objectFields(source), generated = true } = options
  const active = rules.filter(rule => rule.enabled && rule.source === source)
  const byType = new Map<string, Prepared>()
  const preparedFor = (type: string): Prepared => {
    let found = byType.get(type)
    if (!found) {
      found = prepare(active, type, fields, generated)
      byType.set(type, found)
    }
    return found
  }
  return {
    wants: type => preparedFor(type).rules.length > 0,
    judge(type, event) {
      const { rules: candidates, judge } = preparedFor(type)
      const hits = candidates.length === 0 ? undefined : judge(event)
      return hits === undefined ? none : hits.map(index => candidates[index]!)
    },
  }
}

interface Prepared {
  rules: Rule[]
  judge: Judge
}

/** The rules that can match events of a type, reduced for it and compiled together. */
function prepare(rules: readonly Rule[], type: string, fields: FieldSource, generated: boolean): Prepared {
  const candidates = rules
    .filter(rule => hasType(rule.eventTypes, type) && ('only' in rule.eventTypes || !isDerived(type)))
    .map(rule => ({ rule, condition: reduceFor(rule.ast, type) }))
    .filter(({ condition }) => condition !== false)
  const conditions = candidates.map(({ condition }) => condition)
  const judge = generated ? generateJudge(conditions, fields) : undefined
  return { rules: candidates.map(({ rule }) => rule), judge: judge ?? closures(conditions, fields) }
}

function closures(conditions: readonly Reduced[], fields: FieldSource): Judge {
  const clock: Clock = { now: 0 }
  const judge = closureJudge(compileTogether(conditions, fields, clock))
  return event => {
    clock.now = (clock.now + 1) | 0
    return judge(event)
  }
}

/** The reference: the same answers from closures. */
function closureJudge(matchers: readonly Matcher[]): Judge {
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
