import { entriesOf, itemsAt, stringAt } from '../../../../base/json.ts'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { poetryVersion } from './poetry-constraint.ts'
import { pinnedBy } from './requirement.ts'
import { at, type Table } from './toml-lock.ts'

/**
 * What a pyproject.toml pins, or begins at: lists of PEP 508 requirements in `[project]`, `[dependency-groups]` (PEP 735) and of PDM, uv, Hatch and flit,
 * and Poetry's tables. What builds the project (`[build-system]`) is no part of it.
 */
export function pinnedByProject(document: Table): FoundPackage[] {
  const tool = (...keys: string[]) => at(document, 'tool', ...keys)
  const lists: [unknown, development: boolean][] = [
    [at(document, 'project', 'dependencies'), false],
    [tool('flit', 'metadata', 'requires'), false],
    [tool('uv', 'dev-dependencies'), true],
    ...each(at(document, 'project', 'optional-dependencies'), false),
    ...each(tool('flit', 'metadata', 'requires-extra'), false),
    ...each(at(document, 'dependency-groups'), true),
    ...each(tool('pdm', 'dev-dependencies'), true),
    ...entriesOf(tool('hatch', 'envs')).flatMap(([, env]): [unknown, boolean][] => [
      [itemsAt(env, 'dependencies'), true],
      [itemsAt(env, 'extra-dependencies'), true],
    ]),
  ]
  const tables: [unknown, development: boolean][] = [
    [tool('poetry', 'dependencies'), false],
    [tool('poetry', 'dev-dependencies'), true],
    ...entriesOf(tool('poetry', 'group')).map(([name, group]): [unknown, boolean] => [
      at(group, 'dependencies'),
      name !== 'main',
    ]),
  ]
  return [
    ...lists.flatMap(([list, development]) => marked(pinnedByList(list), development)),
    ...tables.flatMap(([table, development]) => marked(pinnedByTable(table), development)),
  ]
}

function each(table: unknown, development: boolean): [unknown, boolean][] {
  return entriesOf(table).map(([, list]) => [list, development])
}

function marked(packages: FoundPackage[], development: boolean): FoundPackage[] {
  return development ? packages.map(pkg => ({ ...pkg, development })) : packages
}

function pinnedByList(list: unknown): FoundPackage[] {
  return Array.isArray(list) ? list.flatMap(item => (typeof item === 'string' ? pinnedBy(item) : [])) : []
}

/** `name = "^1.2"`, `name = { version = "^1.2", … }`, or a list of such for different platforms. */
function pinnedByTable(table: unknown): FoundPackage[] {
  return entriesOf(table).flatMap(([name, stated]) => {
    if (name.toLowerCase() === 'python') return []
    return (Array.isArray(stated) ? stated : [stated]).flatMap((item): FoundPackage[] => {
      const { version, range } = poetryVersion(typeof item === 'string' ? item : (stringAt(item, 'version') ?? ''))
      return version === '' ? [] : [{ name, version, relationship: 'direct', ...(range && { extra: { range } }) }]
    })
  })
}
