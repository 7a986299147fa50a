import {
  type ListDefinition,
  type MacroDefinition,
  type Priority,
  type Problem,
  priorities,
  type RuleDefinition,
} from '../model.ts'
import type { Item } from './documents.ts'
import { readExceptions } from './exceptions.ts'
import { flag, knownKeys, optionalText, overrideOf, requiredText, textList } from './keys.ts'
import { invalid, type Place, problemOf, wrong } from './problem.ts'

/** All that the files define so far. Maps keep the order of first definition. */
export interface Definitions {
  rules: Map<string, RuleDefinition>
  macros: Map<string, MacroDefinition>
  lists: Map<string, ListDefinition>
  /** Counts items, so that "defined before" can be told. */
  counter: number
  warnings: Problem[]
}

export function emptyDefinitions(): Definitions {
  return { rules: new Map(), macros: new Map(), lists: new Map(), counter: 0, warnings: [] }
}

/** Applies one rule, macro or list item: defines, redefines, appends or overrides. Throws LoadError. */
export function applyItem(definitions: Definitions, kind: 'rule' | 'macro' | 'list', item: Item): void {
  const name = requiredText(item, kind, { type: kind, name: '', file: item.file, line: item.line })
  const place: Place = { type: kind, name, file: item.file, line: item.line }
  for (const key of item.keys)
    if (!knownKeys[kind].has(key))
      definitions.warnings.push(problemOf('LOAD_UNKNOWN_KEY', `Unknown key '${key}'`, place))
  definitions.counter++
  if (kind === 'list') applyList(definitions, item, name, place)
  else if (kind === 'macro') applyMacro(definitions, item, name, place)
  else applyRule(definitions, item, name, place)
}

function deprecatedAppend(definitions: Definitions, place: Place): void {
  definitions.warnings.push(
    problemOf(
      'LOAD_DEPRECATED_ITEM',
      "'append' key is deprecated. Add an 'append' entry (e.g. 'condition: append') under 'override' instead.",
      place,
    ),
  )
}

function applyList(definitions: Definitions, item: Item, name: string, place: Place): void {
  if (!/^[^()"'\s=,]+$/.test(name))
    definitions.warnings.push(problemOf('LOAD_INVALID_LIST_NAME', `List has an invalid name '${name}'`, place))
  const override = overrideOf(item, 'list', place)
  const items = textList(item, 'items', place)
  const known = definitions.lists.get(name)
  const append = flag(item, 'append', false, place) || (override?.append.has('items') ?? false)
  if (flag(item, 'append', false, place)) deprecatedAppend(definitions, place)
  if (append && !known)
    wrong("List has 'append' key or an append override but no list by that name already exists", place)
  const { file, line } = item
  if (known)
    Object.assign(known, {
      items: append ? [...known.items, ...items] : items,
      visibility: definitions.counter,
      file,
      line,
    })
  else
    definitions.lists.set(name, {
      name,
      items,
      file,
      line,
      index: definitions.counter,
      visibility: definitions.counter,
    })
}

function applyMacro(definitions: Definitions, item: Item, name: string, place: Place): void {
  if (!/^[a-zA-Z]+[a-zA-Z0-9_]*$/.test(name))
    definitions.warnings.push(problemOf('LOAD_INVALID_MACRO_NAME', `Macro has an invalid name '${name}'`, place))
  const override = overrideOf(item, 'macro', place)
  const condition = requiredText(item, 'condition', place)
  const known = definitions.macros.get(name)
  const append = flag(item, 'append', false, place) || (override?.append.has('condition') ?? false)
  if (flag(item, 'append', false, place)) deprecatedAppend(definitions, place)
  if (append && !known)
    wrong("Macro has 'append' key or an append override but no macro by that name already exists", place)
  const { file, line } = item
  if (known)
    Object.assign(known, {
      condition: append ? `${known.condition} ${condition}` : condition,
      visibility: definitions.counter,
      file,
      line,
    })
  else
    definitions.macros.set(name, {
      name,
      condition,
      file,
      line,
      index: definitions.counter,
      visibility: definitions.counter,
    })
}

function applyRule(definitions: Definitions, item: Item, name: string, place: Place): void {
  const override = overrideOf(item, 'rule', place)
  const known = definitions.rules.get(name)
  const source = optionalText(item, 'source', place)
  if (known && source !== undefined && source !== known.source)
    wrong('Rule has been re-defined with a different source', place)
  if (override) {
    if (!known) wrong(`Rule has 'override' but no rule by that name already exists`, place)
    return overrideRule(definitions, known, item, override, place)
  }
  if (flag(item, 'append', false, place)) {
    deprecatedAppend(definitions, place)
    if (!known) wrong("Rule has 'append' key but no rule by that name already exists", place)
    if (!item.values.has('condition') && !item.values.has('exceptions'))
      wrong('Appended rule must have exceptions or condition property', place)
    const append = new Set(['condition', 'exceptions'].filter(key => item.values.has(key)))
    return overrideRule(definitions, known, item, { append, replace: new Set() }, place)
  }
  if (item.values.has('enabled') && !['condition', 'output', 'desc', 'priority'].some(key => item.values.has(key))) {
    if (!known) wrong("Rule has 'enabled' key but no rule by that name already exists", place)
    const message =
      "The standalone 'enabled' key usage is deprecated. The correct approach requires also a 'replace' entry under the 'override' key (i.e. 'enabled: replace')."
    definitions.warnings.push(problemOf('LOAD_DEPRECATED_ITEM', message, place))
    known.enabled = flag(item, 'enabled', true, place)
    return
  }
  definitions.rules.set(name, defineRule(definitions, item, name, source ?? 'syscall', place))
}

function defineRule(definitions: Definitions, item: Item, name: string, source: string, place: Place): RuleDefinition {
  const [condition, output, description, priority] = ['condition', 'output', 'desc', 'priority'].map(key =>
    requiredText(item, key, place),
  ) as [string, string, string, string]
  const exceptions = readExceptions(item, source, false, place)
  const names = new Set<string>()
  for (const exception of exceptions) {
    if (names.has(exception.name))
      definitions.warnings.push(
        problemOf(
          'LOAD_EXCEPTION_NAME_NOT_UNIQUE',
          `Multiple definitions of exception '${exception.name}' in the same rule`,
          place,
        ),
      )
    names.add(exception.name)
  }
  const duration = durationOf(item, place)
  return {
    name,
    condition: condition.trim(),
    output: output.trim(),
    description,
    priority: priorityOf(priority, place),
    source,
    enabled: flag(item, 'enabled', true, place),
    tags: item.values.has('tags') ? textList(item, 'tags', place) : [],
    exceptions,
    warnEventTypes: flag(item, 'warn_evttypes', true, place),
    skipIfUnknownFilter: flag(item, 'skip-if-unknown-filter', false, place),
    capture: flag(item, 'capture', false, place),
    ...(duration !== undefined && { captureDuration: duration }),
    file: item.file,
    line: item.line,
  }
}

function durationOf(item: Item, place: Place): number | undefined {
  const value = item.values.get('capture_duration')
  if (value === undefined) return undefined
  if (typeof value !== 'string' || !/^\d+$/.test(value))
    invalid("Can't decode YAML scalar value 'capture_duration'", place)
  return Number(value)
}

function priorityOf(text: string, place: Place): Priority {
  const upper = text.trim().toUpperCase()
  const found = priorities.find(priority => priority === upper || (upper === 'INFO' && priority === 'INFORMATIONAL'))
  if (!found) invalid('Invalid priority', place)
  return found
}

function overrideRule(
  definitions: Definitions,
  rule: RuleDefinition,
  item: Item,
  { append, replace }: { append: Set<string>; replace: Set<string> },
  place: Place,
): void {
  const join = (before: string, key: string) =>
    append.has(key)
      ? `${before} ${requiredText(item, key, place).trim()}`
      : replace.has(key)
        ? requiredText(item, key, place).trim()
        : before
  rule.condition = join(rule.condition, 'condition')
  rule.output = join(rule.output, 'output')
  rule.description = join(rule.description, 'desc')
  if (append.has('tags')) rule.tags = [...new Set([...rule.tags, ...textList(item, 'tags', place)])]
  if (replace.has('tags')) rule.tags = textList(item, 'tags', place)
  if (replace.has('priority')) rule.priority = priorityOf(requiredText(item, 'priority', place), place)
  if (replace.has('enabled')) rule.enabled = flag(item, 'enabled', true, place)
  if (replace.has('capture')) rule.capture = flag(item, 'capture', false, place)
  if (replace.has('capture_duration')) rule.captureDuration = durationOf(item, place) ?? 0
  if (replace.has('warn_evttypes')) rule.warnEventTypes = flag(item, 'warn_evttypes', true, place)
  if (replace.has('skip-if-unknown-filter'))
    rule.skipIfUnknownFilter = flag(item, 'skip-if-unknown-filter', false, place)
  if (append.has('exceptions')) appendExceptions(definitions, rule, item, place)
  if (replace.has('exceptions')) rule.exceptions = readExceptions(item, rule.source, false, place)
}

function appendExceptions(definitions: Definitions, rule: RuleDefinition, item: Item, place: Place): void {
  for (const added of readExceptions(item, rule.source, true, place)) {
    const known = rule.exceptions.find(({ name }) => name === added.name)
    const here = { ...place, type: 'exception', name: added.name }
    if (!known) {
      if (added.fields === '') wrong('Rule exception must have fields property with a list of fields', here)
      if (added.values.length === 0) wrong('Rule exception must have values property with a list of values', here)
      rule.exceptions.push(added)
      continue
    }
    if (added.fields !== '') wrong('Can not append exception fields to existing exception, only values', here)
    if (added.comps !== '') wrong('Can not append exception comps to existing exception, only values', here)
    if (added.values.length === 0)
      definitions.warnings.push(
        problemOf('LOAD_APPEND_NO_VALUES', 'Overriding/appending exception with no values', here),
      )
    known.values.push(...added.values)
  }
}
