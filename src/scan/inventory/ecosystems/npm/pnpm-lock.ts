import { flowValue, readYamlLines, unquoteYaml, type YamlLine } from './pnpm-lines.ts'

/** A dependency as `dependencies` of an importer, a package or a snapshot states it: the name asked for, and the resolved version or key. */
export type PnpmNeed = [name: string, resolved: string]

export interface PnpmPackage {
  key: string
  /** `name`, `version`, `dev`, `optional`, `integrity`, `tarball`, `commit`, `repo`, `directory` as stated. */
  fields: Map<string, string>
  needs: PnpmNeed[]
  lines: { start: number; end: number }
}

/** What we need of a pnpm-lock.yaml, any version. */
export interface PnpmLock {
  version: number
  production: PnpmNeed[]
  development: PnpmNeed[]
  packages: Map<string, PnpmPackage>
  /** v9: the graph, by key with peers. */
  snapshots: Map<string, PnpmNeed[]>
}

const needFields = new Set(['dependencies', 'optionalDependencies'])
const importerFields = new Set([...needFields, 'devDependencies'])

/** Reads the file's mappings into those of PnpmLock. Throws on text that is no pnpm lock file. */
export function readPnpmLock(text: string): PnpmLock {
  const lock: PnpmLock = { version: 0, production: [], development: [], packages: new Map(), snapshots: new Map() }
  const stack: YamlLine[] = []
  let keys = 0
  for (const line of readYamlLines(text)) {
    while (stack.length > 0 && stack.at(-1)!.indent >= line.indent) stack.pop()
    stack.push(line)
    if (stack.length > 6) continue
    keys++
    read(lock, stack)
  }
  if (keys > 0 && lock.version === 0) throw new SyntaxError('no lockfileVersion')
  return lock
}

function read(lock: PnpmLock, stack: YamlLine[]): void {
  const [top, second] = stack
  if (!top) return
  if (top.key === 'lockfileVersion' || top.key === 'shrinkwrapVersion')
    lock.version ||= Number.parseFloat(unquoteYaml(top.value)) || 0
  else if (top.key === 'importers') readImporter(lock, stack.slice(2))
  else if (importerFields.has(top.key)) readImporter(lock, stack)
  else if (top.key === 'packages' && second) readPackage(lock, second, stack.slice(2))
  else if (top.key === 'snapshots' && second) readSnapshot(lock, second, stack.slice(2))
}

/** `dependencies: { name: 1.0.0 }` (5.x) or `dependencies: { name: { specifier, version } }` (6.x on). */
function readImporter(lock: PnpmLock, [field, name, inner]: YamlLine[]): void {
  if (!field || !name || !importerFields.has(field.key)) return
  const resolved = inner ? (inner.key === 'version' ? inner.value : '') : name.value
  const list = field.key === 'devDependencies' ? lock.development : lock.production
  if (resolved.startsWith('{')) list.push([name.key, flowValue(resolved, 'version') ?? ''])
  else if (resolved !== '') list.push([name.key, unquoteYaml(resolved)])
}

function readPackage(lock: PnpmLock, { key, line }: YamlLine, below: YamlLine[]): void {
  const pkg = lock.packages.get(key) ?? newPackage(key, line)
  lock.packages.set(key, pkg)
  const [field, inner] = below
  if (!field) return
  pkg.lines.end = below.at(-1)!.line
  if (field.key === 'resolution') {
    for (const name of ['integrity', 'tarball', 'commit', 'repo', 'directory']) {
      const value = inner ? (inner.key === name ? unquoteYaml(inner.value) : undefined) : flowValue(field.value, name)
      if (value) pkg.fields.set(name, value)
    }
  } else if (needFields.has(field.key) && inner && below.length === 2)
    pkg.needs.push([inner.key, unquoteYaml(inner.value)])
  else if (!inner && field.value !== '') pkg.fields.set(field.key, unquoteYaml(field.value))
}

function newPackage(key: string, line: number): PnpmPackage {
  return { key, fields: new Map(), needs: [], lines: { start: line, end: line } }
}

function readSnapshot(lock: PnpmLock, { key }: YamlLine, below: YamlLine[]): void {
  const needs = lock.snapshots.get(key) ?? []
  lock.snapshots.set(key, needs)
  const [field, name] = below
  if (field && name && below.length === 2 && needFields.has(field.key)) needs.push([name.key, unquoteYaml(name.value)])
}
