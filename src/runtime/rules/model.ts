import type { Condition } from './condition/ast.ts'
import type { Matcher } from './condition/compile.ts'
import type { TypeSet } from './event-types.ts'
import type { Source } from './fields.ts'

export const priorities = [
  'EMERGENCY',
  'ALERT',
  'CRITICAL',
  'ERROR',
  'WARNING',
  'NOTICE',
  'INFORMATIONAL',
  'DEBUG',
] as const
export type Priority = (typeof priorities)[number]

export const errorCodes = [
  'LOAD_ERR_FILE_READ',
  'LOAD_ERR_YAML_PARSE',
  'LOAD_ERR_YAML_VALIDATE',
  'LOAD_ERR_COMPILE_CONDITION',
  'LOAD_ERR_COMPILE_OUTPUT',
  'LOAD_ERR_VALIDATE',
  'LOAD_ERR_EXTENSION',
] as const
export const warningCodes = [
  'LOAD_UNKNOWN_SOURCE',
  'LOAD_UNSAFE_NA_CHECK',
  'LOAD_NO_EVTTYPE',
  'LOAD_UNKNOWN_FILTER',
  'LOAD_UNUSED_MACRO',
  'LOAD_UNUSED_LIST',
  'LOAD_UNKNOWN_ITEM',
  'LOAD_DEPRECATED_ITEM',
  'LOAD_WARNING_EXTENSION',
  'LOAD_APPEND_NO_VALUES',
  'LOAD_EXCEPTION_NAME_NOT_UNIQUE',
  'LOAD_INVALID_MACRO_NAME',
  'LOAD_INVALID_LIST_NAME',
  'LOAD_COMPILE_CONDITION',
  'LOAD_UNKNOWN_KEY',
] as const
export type ProblemCode = (typeof errorCodes)[number] | (typeof warningCodes)[number]

/** One finding of the loader. Field names are those of Falco's validation output. `line` is 1-based. */
export interface Problem {
  code: ProblemCode
  message: string
  item_type: string
  item_name: string
  file: string
  line: number
}

export interface RuleException {
  name: string
  fields: string | string[]
  comps: string | string[]
  /** One row per value: as many columns as fields; for a single field, a flat list. */
  values: (string | (string | string[])[])[]
}

/** A rule as its files leave it after appends and overrides. */
export interface RuleDefinition {
  name: string
  condition: string
  output: string
  description: string
  priority: Priority
  source: string
  enabled: boolean
  tags: string[]
  exceptions: RuleException[]
  warnEventTypes: boolean
  skipIfUnknownFilter: boolean
  capture: boolean
  captureDuration?: number
  file: string
  line: number
}

export interface MacroDefinition {
  name: string
  condition: string
  file: string
  line: number
  /** Place of the first definition: what a condition may see follows from it. */
  index: number
  /** Place of the last change. */
  visibility: number
}

export interface ListDefinition {
  name: string
  items: string[]
  file: string
  line: number
  index: number
  visibility: number
}

/** A rule ready to judge events. */
export interface Rule extends RuleDefinition {
  source: Source
  /** Condition with lists, macros and exceptions in place. */
  ast: Condition
  eventTypes: TypeSet
  matches: Matcher
}

export interface RuleSet {
  rules: Rule[]
  macros: MacroDefinition[]
  lists: ListDefinition[]
  errors: Problem[]
  warnings: Problem[]
}
