import { parse } from 'smol-toml'
import { entriesAt, entriesOf, isObject, own, stringAt } from '../../../../base/json.ts'

export interface Dependency {
  /** The crate's own name, where `package` renames it. */
  name: string
  /** As written; `''` when none is. */
  requirement: string
  kind: 'normal' | 'build' | 'dev'
  git?: string
  commit?: string
  path: boolean
  /** `workspace = true`: the workspace's table says the rest, under this key. */
  inherited?: string
}

/** What Jenner needs of a Cargo.toml. */
export interface Manifest {
  package?: { name: string; version: string; license?: string; inheritsVersion: boolean }
  dependencies: Dependency[]
  workspace?: { version?: string; dependencies: [key: string, dependency: Dependency][] }
}

const tables = [
  ['dependencies', 'normal'],
  ['build-dependencies', 'build'],
  ['build_dependencies', 'build'],
  ['dev-dependencies', 'dev'],
  ['dev_dependencies', 'dev'],
] as const

/** Cargo.toml after The Cargo Book, "The Manifest Format": dependencies stand at the top and under `[target.'cfg(…)']`. */
export function parseManifest(text: string): Manifest {
  const root = parse(text)
  const targets = entriesAt(root, 'target').map(([, target]) => target)
  const workspace = own(root, 'workspace')
  const version = stringAt(own(workspace, 'package'), 'version')
  return {
    ...packageOf(own(root, 'package')),
    dependencies: [root, ...targets].flatMap(dependenciesOf),
    ...(isObject(workspace)
      ? {
          workspace: {
            ...(version === undefined ? {} : { version }),
            dependencies: entriesAt(workspace, 'dependencies').map(([key, value]) => [
              key,
              dependencyOf(key, value, 'normal'),
            ]),
          },
        }
      : {}),
  }
}

function packageOf(table: unknown): Pick<Manifest, 'package'> {
  const name = stringAt(table, 'name')
  if (name === undefined) return {}
  const license = stringAt(table, 'license')
  const version = stringAt(table, 'version') ?? ''
  const inheritsVersion = own(own(table, 'version'), 'workspace') === true
  return { package: { name, version, inheritsVersion, ...(license === undefined ? {} : { license }) } }
}

function dependenciesOf(root: unknown): Dependency[] {
  return tables.flatMap(([table, kind]) =>
    entriesOf(own(root, table)).map(([key, value]) => dependencyOf(key, value, kind)),
  )
}

function dependencyOf(key: string, value: unknown, kind: Dependency['kind']): Dependency {
  if (typeof value === 'string') return { name: key, requirement: value, kind, path: false }
  const git = stringAt(value, 'git')
  const commit = stringAt(value, 'rev')
  return {
    name: stringAt(value, 'package') ?? key,
    requirement: stringAt(value, 'version') ?? '',
    kind,
    path: stringAt(value, 'path') !== undefined,
    ...(git === undefined ? {} : { git }),
    ...(commit === undefined ? {} : { commit }),
    ...(own(value, 'workspace') === true ? { inherited: key } : {}),
  }
}

/** The lowest version that a requirement lets in: `^1.2`, `~1.2`, `=1.2`, `>=1.2, <2` → `1.2`; `*` → `''`. */
export function lowestVersion(requirement: string): string {
  const parts = requirement.split(',').map(part => part.trim())
  const lower = parts.find(part => /^(?:[\^~=]|>=)?\s*\d/.test(part))
  return lower === undefined ? '' : lower.replace(/^[\^~=>\s]+/, '').replace(/(?:\.[*xX]){1,8}$/, '')
}
