import { parse } from 'smol-toml'
import { isObject, itemsAt, own, stringAt } from '../../../../base/json.ts'
import { normalizeName } from './names.ts'

/** A `[[package]]` table of a lock file. */
export type Table = Record<string, unknown>

export interface LockedPackage {
  name: string
  version: string
  table: Table
  lines?: { start: number; end: number }
}

/** Largest TOML lock file: ten times what real projects have, and seconds to read. */
export const maxTomlBytes = 32 << 20

/** The document as an object; throws on text that is no TOML. */
export function parseToml(text: string): Table {
  return parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) as Table
}

/** The packages of `[[package]]` (or `[[packages]]`) that have a name; a version that is not there is `''`. */
export function lockedPackages(text: string, document: Table = parseToml(text), key = 'package'): LockedPackage[] {
  const tables = itemsAt(document, key)
  const lines = tableLines(text, `[[${key}]]`)
  return tables.flatMap((table, index) => {
    const name = stringAt(table, 'name')
    return name && isObject(table)
      ? [
          {
            name,
            version: stringAt(table, 'version') ?? '',
            table,
            ...(lines.length === tables.length && { lines: lines[index] }),
          },
        ]
      : []
  })
}

/** Where each table with this header stands, up to its last line before the next such header, or a table that is not part of it. */
function tableLines(text: string, header: string): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = []
  const inner = `${header.slice(1, -2)}.`
  let open: { start: number; end: number } | undefined
  let number = 0
  for (const line of text.split('\n')) {
    number++
    if (line.startsWith(header)) {
      open = { start: number, end: number }
      lines.push(open)
    } else if (line[0] === '[' && !line.startsWith(inner) && !line.startsWith(`[${inner}`)) open = undefined
    else if (open && line.trim() !== '') open.end = number
  }
  return lines
}

/** More packages of one name than any resolver leaves side by side: the rest is not looked up, so that a hostile file cannot multiply edges. */
const maxVersions = 30

/** Packages by normalised name: several versions of one name occur, for different platforms. */
export function byName<P extends { name: string }>(packages: P[]): Map<string, P[]> {
  const names = new Map<string, P[]>()
  for (const pkg of packages) {
    const key = normalizeName(pkg.name)
    const list = names.get(key)
    if (list && list.length < maxVersions) list.push(pkg)
    else if (!list) names.set(key, [pkg])
  }
  return names
}

/** Names of a list of requirements: `{ name = "x", … }` tables, or PEP 508 strings. */
export function requiredNames(list: unknown): string[] {
  if (!Array.isArray(list)) return []
  return list.flatMap(item => {
    const text = typeof item === 'string' ? /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(item)?.[1] : stringAt(item, 'name')
    return text ? [normalizeName(text)] : []
  })
}

/** Keys of a table, normalised. */
export function tableKeys(table: unknown): string[] {
  return isObject(table) ? Object.keys(table).map(normalizeName) : []
}

/** The value at a path of keys. */
export function at(document: unknown, ...keys: string[]): unknown {
  return keys.reduce(own, document)
}
