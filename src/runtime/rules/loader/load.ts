import { errorCodes, type Problem, type RuleSet } from '../model.ts'
import { compileRules } from './compile.ts'
import { applyItem, type Definitions, emptyDefinitions } from './definitions.ts'
import { type Item, readItems } from './documents.ts'
import { LoadError, type Place, problemOf } from './problem.ts'

/** The Falco engine version whose rule files load unchanged. */
export const engineVersion = '0.63.0'
/** Plugins whose fields this engine provides by itself, so that `required_plugin_versions` is satisfied. */
export const providedPlugins: Record<string, string> = { container: '0.7.2', k8saudit: '0.16.1', json: '0.7.3' }

export interface RuleText {
  name: string
  content: string
}

/**
 * Loads rule files in Falco's format, in order: later items redefine, append to or override earlier ones. Nothing is thrown for what stands in a file:
 * every error and warning names file, item and line, with Falco's codes. A rule with an error is not in `rules`; the others are.
 */
export function loadRules(input: string | readonly (string | RuleText)[]): RuleSet {
  const texts = (typeof input === 'string' ? [input] : input).map((entry, index) =>
    typeof entry === 'string' ? { name: `rules ${index + 1}`, content: entry } : entry,
  )
  const definitions = emptyDefinitions()
  const errors: Problem[] = []
  for (const { name, content } of texts) {
    const { items, problems } = readItems(content, name)
    for (const item of items) readItem(definitions, item, errors)
    for (const { kind, message, line, ofItem } of problems) {
      errors.push(
        problemOf(kind === 'parse' ? 'LOAD_ERR_YAML_PARSE' : 'LOAD_ERR_YAML_VALIDATE', message, {
          type: ofItem ? 'rules content item' : 'rules content',
          name: '',
          file: name,
          line,
        }),
      )
    }
  }
  const compiled = compileRules(definitions)
  return {
    rules: compiled.rules,
    macros: [...definitions.macros.values()],
    lists: [...definitions.lists.values()],
    errors: [...errors, ...compiled.problems.filter(isError)],
    warnings: [...definitions.warnings, ...compiled.problems.filter(problem => !isError(problem))],
  }
}

function isError({ code }: Problem): boolean {
  return (errorCodes as readonly string[]).includes(code)
}

/** Item kinds in the order in which Falco's loader tests for them. */
function readItem(definitions: Definitions, item: Item, errors: Problem[]): void {
  const place: Place = { type: 'rules content item', name: '', file: item.file, line: item.line }
  try {
    if (item.values.has('required_engine_version')) return checkEngine(item, place)
    if (item.values.has('required_plugin_versions')) return checkPlugins(item, place)
    const kind = (['list', 'macro', 'rule'] as const).find(key => item.values.has(key))
    if (kind) return applyItem(definitions, kind, item)
    definitions.warnings.push(problemOf('LOAD_UNKNOWN_ITEM', 'Unknown top level item', place))
  } catch (error) {
    if (!(error instanceof LoadError)) throw error
    errors.push(problemOf(error.code, error.message, error.place))
  }
}

function checkEngine(item: Item, place: Place): void {
  const text = String(item.values.get('required_engine_version') ?? '')
  const wanted = /^\d+$/.test(text) ? `0.${text}.0` : text
  const here = { ...place, type: 'required_engine_version' }
  if (!/^\d+\.\d+\.\d+$/.test(wanted))
    throw new LoadError('LOAD_ERR_YAML_VALIDATE', `Unable to parse engine version '${text}'`, here)
  if (compareDotted(wanted, engineVersion) > 0) {
    throw new LoadError(
      'LOAD_ERR_VALIDATE',
      `Rules require engine version ${wanted}, but engine version is ${engineVersion}`,
      here,
    )
  }
}

function checkPlugins(item: Item, place: Place): void {
  const here = { ...place, type: 'required_plugin_versions' }
  const value = item.values.get('required_plugin_versions')
  if (!Array.isArray(value))
    throw new LoadError('LOAD_ERR_YAML_VALIDATE', "Value of key 'required_plugin_versions' is not a sequence", here)
  for (const entry of value) {
    const map = entry instanceof Map ? (entry as Map<string, unknown>) : new Map<string, unknown>()
    const alternatives = map.get('alternatives')
    const choices = [
      map,
      ...(Array.isArray(alternatives) ? alternatives.filter(choice => choice instanceof Map) : []),
    ] as Map<string, unknown>[]
    for (const key of ['name', 'version'])
      if (typeof map.get(key) !== 'string')
        throw new LoadError('LOAD_ERR_YAML_VALIDATE', `Item has no mapping for key '${key}'`, here)
    const wrong = choices.map(choice => String(choice.get('version'))).find(version => !/^\d+\.\d+\.\d+/.test(version))
    if (wrong !== undefined) throw new LoadError('LOAD_ERR_VALIDATE', `Unable to parse plugin version '${wrong}'`, here)
    if (choices.some(choice => satisfiesPlugin(String(choice.get('name')), String(choice.get('version'))))) continue
    throw new LoadError(
      'LOAD_ERR_VALIDATE',
      `Rules require plugin ${String(map.get('name'))} ${String(map.get('version'))}, which is not provided`,
      { ...here, name: String(map.get('name')) },
    )
  }
}

function satisfiesPlugin(name: string, version: string): boolean {
  return Object.hasOwn(providedPlugins, name) && compareDotted(version, providedPlugins[name]!) <= 0
}

function compareDotted(a: string, b: string): number {
  const [left, right] = [a, b].map(text => text.split('.').map(part => Number.parseInt(part, 10) || 0)) as [
    number[],
    number[],
  ]
  for (let index = 0; index < 3; index++)
    if ((left[index] ?? 0) !== (right[index] ?? 0)) return (left[index] ?? 0) - (right[index] ?? 0)
  return 0
}
