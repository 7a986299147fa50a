import { JennerError } from '../../../base/errors.ts'
import type { Condition, ValueRef } from '../condition/ast.ts'
import { compileMatcher } from '../condition/compile.ts'
import { parseCondition } from '../condition/parse.ts'
import type { FieldSource } from '../condition/value.ts'
import { eventTypesOf } from '../event-types.ts'
import { findField, type Source, sources } from '../fields.ts'
import { isEventType } from '../known-events.ts'
import type { Problem, Rule, RuleDefinition } from '../model.ts'
import { parseOutput } from '../output.ts'
import { checkConstants } from './constants.ts'
import type { Definitions } from './definitions.ts'
import { deprecatedFields } from './deprecated.ts'
import { checkValueRows, exceptionsCondition } from './exceptions.ts'
import { maxListItems, resolveLists, substituteLists } from './lists.ts'
import { maxParts, type ParsedMacro, type Room, resolveMacros, UnresolvedMacro } from './macros.ts'
import { LoadError, type Place, problemOf } from './problem.ts'

/** The most event types a syscall rule may be for before it is called too broad. */
const manyTypes = 100

/** Compiles every definition: lists into texts, macros into trees, rules into matchers. Problems are collected; an enabled rule without one is ready. */
export function compileRules(definitions: Definitions): { rules: Rule[]; problems: Problem[] } {
  const problems: Problem[] = []
  const usedLists = new Set<string>()
  const usedMacros = new Set<string>()
  const room: Room = { left: maxParts }
  const lists = resolveLists([...definitions.lists.values()], ({ name, file, line }) =>
    problems.push(
      problemOf('LOAD_ERR_VALIDATE', `Lists have more than ${maxListItems} items`, { type: 'list', name, file, line }),
    ),
  )
  for (const { items } of definitions.lists.values())
    for (const item of items) if (definitions.lists.has(item)) usedLists.add(item)
  const parse = (text: string, place: Place): Condition => {
    try {
      return parseCondition(substituteLists(text, lists, usedLists))
    } catch (error) {
      if (error instanceof JennerError) throw new LoadError('LOAD_ERR_COMPILE_CONDITION', error.detail, place)
      throw error
    }
  }
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof LoadError)) throw error
      problems.push(problemOf(error.code, error.message, error.place))
      return undefined
    }
  }
  const macros = parseMacros(definitions, parse, attempt)
  checkMacros(definitions, macros, usedMacros, room, attempt)
  const rules = [...definitions.rules.values()].flatMap(
    rule => attempt(() => compileRule(rule, macros, parse, usedMacros, room, problems)) ?? [],
  )
  problems.push(...unused(definitions, usedMacros, usedLists))
  return { rules, problems }
}

type Attempt = <T>(work: () => T) => T | undefined

function parseMacros(
  definitions: Definitions,
  parse: (text: string, place: Place) => Condition,
  attempt: Attempt,
): Map<string, ParsedMacro> {
  const macros = new Map<string, ParsedMacro>()
  for (const macro of definitions.macros.values()) {
    const ast = attempt(() =>
      parse(macro.condition, { type: 'macro', name: macro.name, file: macro.file, line: macro.line }),
    )
    if (ast) macros.set(macro.name, { name: macro.name, ast, index: macro.index, visibility: macro.visibility })
  }
  return macros
}

/** Every macro must resolve by itself, used or not. */
function checkMacros(
  definitions: Definitions,
  macros: Map<string, ParsedMacro>,
  used: Set<string>,
  room: Room,
  attempt: Attempt,
): void {
  for (const macro of definitions.macros.values()) {
    const parsed = macros.get(macro.name)
    const place = { type: 'macro', name: macro.name, file: macro.file, line: macro.line }
    if (parsed) attempt(() => resolve(parsed.ast, macros, parsed.visibility, used, room, place, [macro.name]))
    if (parsed) attempt(() => checkTypes(parsed.ast, place))
  }
}

/** Event types that nobody knows: most often a list that lost itself. */
function checkTypes(condition: Condition, place: Place): void {
  if (condition.kind === 'not') return checkTypes(condition.operand, place)
  if (condition.kind === 'and' || condition.kind === 'or')
    return condition.operands.forEach(operand => void checkTypes(operand, place))
  if (condition.kind !== 'check' || !isTypeField(condition.left)) return
  const { right } = condition
  const names = right?.kind === 'list' ? right.values : right?.kind === 'text' ? [right.value] : []
  const unknown = names.find(name => !isEventType(name))
  if (unknown !== undefined) throw new LoadError('LOAD_ERR_COMPILE_CONDITION', `unknown event type ${unknown}`, place)
}

function resolve(
  ast: Condition,
  macros: Map<string, ParsedMacro>,
  visibility: number,
  used: Set<string>,
  room: Room,
  place: Place,
  trail: string[] = [],
): Condition {
  try {
    return resolveMacros(ast, macros, visibility, used, room, trail)
  } catch (error) {
    if (error instanceof UnresolvedMacro) throw new LoadError('LOAD_ERR_VALIDATE', error.message, place)
    throw error
  }
}

function compileRule(
  rule: RuleDefinition,
  macros: Map<string, ParsedMacro>,
  parse: (text: string, place: Place) => Condition,
  used: Set<string>,
  room: Room,
  problems: Problem[],
): Rule | undefined {
  const place: Place = { type: 'rule', name: rule.name, file: rule.file, line: rule.line }
  if (!(sources as readonly string[]).includes(rule.source)) {
    problems.push(problemOf('LOAD_UNKNOWN_SOURCE', `Unknown source ${rule.source}, skipping`, place))
    return undefined
  }
  checkValueRows(rule.exceptions, place)
  const exceptions = exceptionsCondition(rule.exceptions)
  const whole = parse(exceptions === '' ? rule.condition : `(${rule.condition})${exceptions}`, place)
  const ast = resolve(whole, macros, Number.POSITIVE_INFINITY, used, room, place)
  const source = rule.source as Source
  try {
    problems.push(...conditionWarnings(ast, source, place), ...deprecatedFields(ast, rule.output, place))
    const eventTypes = eventTypesOf(ast)
    if (source === 'syscall' && rule.warnEventTypes && ('except' in eventTypes || eventTypes.only.size > manyTypes)) {
      problems.push(
        problemOf(
          'LOAD_NO_EVTTYPE',
          'Rule matches too many evt.type values. This has a significant performance penalty.',
          place,
        ),
      )
    }
    parseOutput(rule.output, source)
    const matches = compileMatcher(ast, objectFields(source))
    return { ...rule, source, ast, eventTypes, matches }
  } catch (error) {
    if (!(error instanceof JennerError)) throw error
    if (rule.skipIfUnknownFilter && /^unknown /.test(error.detail)) {
      problems.push(problemOf('LOAD_UNKNOWN_FILTER', error.detail, place))
      return undefined
    }
    const code = error.detail.startsWith('unknown output field')
      ? 'LOAD_ERR_COMPILE_OUTPUT'
      : 'LOAD_ERR_COMPILE_CONDITION'
    throw new LoadError(code, error.detail, place)
  }
}

/**
 * Fields of an event given as a plain object of Falco names to values: `{ 'evt.type': 'open', 'proc.aname[1]': 'bash' }`.
 * A field with an argument is looked up with brackets and with a dot.
 */
export function objectFields(source: Source): FieldSource {
  return (written, argument) => {
    const field = findField(source, written, argument)
    if (!field) return undefined
    const keys =
      field.argument === undefined
        ? [field.name]
        : [`${field.name}[${field.argument}]`, `${field.name}.${field.argument}`]
    const [first, second] = keys as [string, string | undefined]
    return (event: Record<string, never>) => event[first] ?? (second === undefined ? undefined : event[second])
  }
}

/** Walks the checks: unknown event types are an error, texts that look like fields and comparisons with `<NA>` a warning. */
function conditionWarnings(condition: Condition, source: Source, place: Place): Problem[] {
  if (condition.kind === 'not') return conditionWarnings(condition.operand, source, place)
  if (condition.kind === 'and' || condition.kind === 'or')
    return condition.operands.flatMap(operand => conditionWarnings(operand, source, place))
  if (condition.kind !== 'check') return []
  const texts =
    condition.right?.kind === 'list'
      ? condition.right.values
      : condition.right?.kind === 'text'
        ? [condition.right.value]
        : []
  const problems: Problem[] = []
  checkConstants(condition, texts, source)
  for (const text of texts) {
    if (source === 'syscall' && isTypeField(condition.left) && !isEventType(text))
      throw new JennerError('malformed', `unknown event type ${text}`)
    if (text === '<NA>' && source !== 'syscall')
      problems.push(
        problemOf(
          'LOAD_UNSAFE_NA_CHECK',
          'comparing a field value with <NA> is unsafe and can lead to unpredictable behavior of the rule condition',
          place,
        ),
      )
    const field = /^([^[\]\s]+)(?:\[([^\]]*)\])?\s*$/.exec(text.trim())
    if (field && findField(source, field[1]!, field[2])) {
      problems.push(
        problemOf('LOAD_COMPILE_CONDITION', `'${text}' may be a valid field misused as a const string value`, place),
      )
    }
  }
  return problems
}

function isTypeField(left: ValueRef): boolean {
  return left.kind === 'field' && left.name === 'evt.type'
}

function unused(definitions: Definitions, macros: Set<string>, lists: Set<string>): Problem[] {
  const problems: Problem[] = []
  for (const { name, file, line } of definitions.macros.values()) {
    if (!macros.has(name))
      problems.push(
        problemOf('LOAD_UNUSED_MACRO', 'Macro not referred to by any other rule/macro', {
          type: 'macro',
          name,
          file,
          line,
        }),
      )
  }
  for (const { name, file, line } of definitions.lists.values()) {
    if (!lists.has(name))
      problems.push(
        problemOf('LOAD_UNUSED_LIST', 'List not referred to by any other rule/macro', {
          type: 'list',
          name,
          file,
          line,
        }),
      )
  }
  return problems
}
