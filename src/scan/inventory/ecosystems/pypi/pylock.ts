import { foundList, idOf } from '../../../../base/found.ts'
import { itemsAt, own, stringAt } from '../../../../base/json.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'
import { outsideSitePackages } from './names.ts'
import { fromFileName } from './requirement.ts'
import { byName, lockedPackages, maxTomlBytes, parseToml, requiredNames, type Table } from './toml-lock.ts'

/** pylock.toml and pylock.NAME.toml (PEP 751). A package without a version is a folder of the project, or an archive. */
export const pylock: Extractor = {
  id: 'pylock',
  revision: 2,
  stage: 'lock',
  maxBytes: maxTomlBytes,
  patterns: [
    {
      extension: '.toml',
      where: entry => /(?:^|\/)pylock(?:\.[^./]+)?\.toml$/.test(entry.path) && outsideSitePackages(entry),
    },
  ],
  parse(file) {
    const text = file.text()
    const document = parseToml(text)
    const packages = lockedPackages(text, document, 'packages')
      .map(item => ({ ...item, version: item.version || versionOfArchive(item.table) }))
      .filter(({ version }) => version !== '')
    const names = byName(packages)
    const defaults = new Set(itemsAt(document, 'default-groups'))
    const found = foundList()
    for (const { name, version, table, lines } of packages) {
      const dependsOn = requiredNames(own(table, 'dependencies')).flatMap(needed => (names.get(needed) ?? []).map(idOf))
      found.add({
        name,
        version,
        ...(lines && { lines }),
        ...(dependsOn.length > 0 && { dependsOn }),
        ...(isDevelopment(table, defaults) && { development: true }),
        ...originOf(table),
      })
    }
    return found.all()
  },
}

/** An archive from an address, or a file, need not state its version: its name does. */
function versionOfArchive(table: Table): string {
  const archive = own(table, 'archive')
  return fromFileName(stringAt(archive, 'url') ?? stringAt(archive, 'path') ?? '')?.version ?? ''
}

/** `'dev' in dependency_groups`: only installed with such a group, and none of those that are by default. */
function isDevelopment(table: Table, defaults: Set<unknown>): boolean {
  const marker = stringAt(table, 'marker') ?? ''
  if (marker.length > 10_000) return false
  const groups = [...marker.matchAll(/["']([^"']+)["'] in dependency_groups/g)].map(match => match[1])
  return groups.length > 0 && !/ in extras\b/.test(marker) && groups.every(group => !defaults.has(group))
}

function originOf(table: Table): { extra?: Record<string, string> } {
  const vcs = own(table, 'vcs')
  const commit = stringAt(vcs, 'commit-id')
  const resolved = stringAt(vcs, 'url') ?? stringAt(own(table, 'archive'), 'url')
  return resolved ? { extra: { resolved, ...(commit && { commit }) } } : {}
}
