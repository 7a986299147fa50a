import { entriesOf, isObject } from '../../../../base/json.ts'
import { at, requiredNames, type Table, tableKeys } from './toml-lock.ts'

/** What a pyproject.toml asks for, by normalised name: plain JSON, kept as facts. */
export interface ProjectNeeds {
  production: string[]
  development: string[]
  /** Names of groups meant for development. */
  developmentGroups: string[]
}

/**
 * Direct requirements from PEP 621 `[project]` (with its optional dependencies), PEP 735 `[dependency-groups]`, `[tool.poetry]` with its groups,
 * `[tool.pdm.dev-dependencies]`, `[tool.uv] dev-dependencies`. Optional Poetry groups other than the main one are for development.
 */
export function projectNeeds(document: Table): ProjectNeeds {
  const poetryGroups = entriesOf(at(document, 'tool', 'poetry', 'group'))
  const developmentTables: [string, unknown][] = [
    ...entriesOf(at(document, 'dependency-groups')),
    ...entriesOf(at(document, 'tool', 'pdm', 'dev-dependencies')),
    ['dev', at(document, 'tool', 'uv', 'dev-dependencies')],
    ['dev', at(document, 'tool', 'poetry', 'dev-dependencies')],
    ...poetryGroups
      .filter(([name]) => name !== 'main')
      .map(([name, group]) => [name, at(group, 'dependencies')] as [string, unknown]),
  ]
  const production = [
    ...requiredNames(at(document, 'project', 'dependencies')),
    ...entriesOf(at(document, 'project', 'optional-dependencies')).flatMap(([, list]) => requiredNames(list)),
    ...tableKeys(at(document, 'tool', 'poetry', 'dependencies')),
    ...tableKeys(at(document, 'tool', 'poetry', 'group', 'main', 'dependencies')),
  ]
  return {
    production: production.filter(name => name !== 'python'),
    development: developmentTables.flatMap(([, list]) => (isObject(list) ? tableKeys(list) : requiredNames(list))),
    developmentGroups: [...new Set(developmentTables.map(([name]) => name))],
  }
}
