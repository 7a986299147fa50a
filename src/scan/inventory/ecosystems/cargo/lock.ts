import { parse } from 'smol-toml'
import { JennerError } from '../../../../base/errors.ts'
import { isObject, itemsAt, own, stringAt } from '../../../../base/json.ts'

/** One `[[package]]` of a lock. */
export interface Locked {
  /** `name version`, with the source behind it where a lock holds two of that name and version. */
  id: string
  name: string
  version: string
  /** `registry+https://…`, `git+https://…#commit`; absent for a package of the workspace itself or a path. */
  source?: string
  checksum?: string
  /** Ids within the lock. */
  dependsOn: string[]
  line: number
}

const maxPackages = 100_000

/**
 * Cargo.lock of versions 1 to 4 (TOML): `[[package]]` with `name`, `version`, `source`, `checksum`, `dependencies`. A dependency is written
 * `name`, `name version` or `name version (source)`, as short as is unique; version 1 writes it whole and keeps checksums in `[metadata]`.
 */
export function parseLock(text: string): Locked[] {
  const root = parse(text)
  const tables = [...itemsAt(root, 'package'), ...rootOf(root)]
  if (tables.length > maxPackages) throw new JennerError('limit_exceeded', `${tables.length} packages`)
  const lines = linesOf(text)
  const locked: Locked[] = []
  const stated: string[][] = []
  for (const [index, table] of tables.entries()) {
    const name = stringAt(table, 'name')
    const version = stringAt(table, 'version')
    if (name === undefined || version === undefined) continue
    const source = stringAt(table, 'source')
    const checksum = stringAt(table, 'checksum')
    locked.push({
      id: `${name} ${version}`,
      name,
      version,
      ...(source === undefined ? {} : { source }),
      ...(checksum === undefined ? {} : { checksum }),
      dependsOn: [],
      line: lines[index] ?? 0,
    })
    stated.push(itemsAt(table, 'dependencies').filter(item => typeof item === 'string'))
  }
  makeUnique(locked)
  const resolve = resolver(locked)
  locked.forEach((item, index) => {
    item.dependsOn = [...new Set(stated[index]!.flatMap(resolve))]
  })
  return locked
}

/** Before Cargo 1.16 the project itself stood in `[root]`. It comes last, so that the others keep their lines. */
function rootOf(document: unknown): unknown[] {
  const table = own(document, 'root')
  return isObject(table) ? [table] : []
}

function linesOf(text: string): number[] {
  const lines: number[] = []
  for (const [index, line] of text.split('\n').entries()) if (line.startsWith('[[package]]')) lines.push(index + 1)
  return lines
}

/** The same version from crates.io and from git are two packages. */
function makeUnique(locked: Locked[]): void {
  const seen = new Set<string>()
  for (const item of locked) {
    if (seen.has(item.id)) item.id = `${item.id} (${item.source ?? 'path'})`
    seen.add(item.id)
  }
}

/** Looks a dependency up by as much as it states. */
function resolver(locked: Locked[]): (dependency: string) => string[] {
  const byName = Map.groupBy(locked, item => item.name)
  return dependency => {
    const match = /^(\S+)(?: (\S+))?(?: \((.*)\))?$/.exec(dependency)
    const candidates = match === null ? [] : (byName.get(match[1]!) ?? [])
    const [, , version, source] = match ?? []
    const ofVersion = version === undefined ? candidates : candidates.filter(item => item.version === version)
    const ofSource =
      source === undefined ? ofVersion : ofVersion.filter(item => withoutCommit(item.source) === withoutCommit(source))
    const found = ofSource[0] ?? ofVersion[0]
    return found === undefined ? [] : [found.id]
  }
}

const withoutCommit = (source = '') => source.replace(/#.*$/s, '')
