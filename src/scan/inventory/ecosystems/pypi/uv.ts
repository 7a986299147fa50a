import { foundList, idOf, reachable } from '../../../../base/found.ts'
import { entriesAt, own, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { normalizeName, outsideSitePackages } from './names.ts'
import { byName, type LockedPackage, lockedPackages, maxTomlBytes, parseToml } from './toml-lock.ts'

/** uv.lock: the project and its workspace members are packages too, with a `source` that is a folder. */
export const uv: Extractor = {
  id: 'uv',
  revision: 2,
  stage: 'lock',
  maxBytes: maxTomlBytes,
  patterns: [{ basename: 'uv.lock', where: outsideSitePackages }],
  parse(file) {
    const text = file.text()
    const document = parseToml(text)
    // The first ones, of 2024, have `[[distribution]]`.
    return packagesOf(lockedPackages(text, document, own(document, 'distribution') ? 'distribution' : 'package'))
  },
}

function packagesOf(packages: LockedPackage[]): FoundPackage[] {
  const names = byName(packages)
  const needs = ({ table }: LockedPackage) => [
    ...find(own(table, 'dependencies'), names),
    ...entriesAt(table, 'optional-dependencies').flatMap(([, list]) => find(list, names)),
  ]
  const roots = packages.filter(pkg => folderOf(pkg) !== undefined)
  const development = roots.flatMap(({ table }) =>
    entriesAt(table, 'dev-dependencies').flatMap(([, list]) => find(list, names)),
  )
  const direct = new Set([...roots.flatMap(needs), ...development])
  const produced = reachable(roots, needs)
  const developed = reachable(development, needs)
  const found = foundList()
  for (const pkg of packages) {
    const { name, version } = pkg
    if (version === '') continue
    const dependsOn = [
      ...new Set(
        needs(pkg)
          .filter(other => other.version !== '')
          .map(idOf),
      ),
    ]
    const origin = originOf(pkg)
    found.add({
      name,
      version,
      ...(pkg.lines && { lines: pkg.lines }),
      relationship: relationshipOf(pkg, direct),
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(developed.has(pkg) && !produced.has(pkg) && { development: true }),
      ...(origin && { extra: origin }),
    })
  }
  return found.all()
}

function relationshipOf(pkg: LockedPackage, direct: Set<LockedPackage>): FoundPackage['relationship'] {
  const folder = folderOf(pkg)
  if (folder !== undefined) return folder === '.' ? 'root' : 'workspace'
  return direct.has(pkg) ? 'direct' : 'indirect'
}

/** `{ name, version?, source?, marker?, extra? }`: version and source stand where a name alone would be ambiguous. */
function find(list: unknown, names: Map<string, LockedPackage[]>): LockedPackage[] {
  if (!Array.isArray(list)) return []
  return list.flatMap(item => {
    const candidates = names.get(normalizeName(stringAt(item, 'name') ?? '')) ?? []
    const version = stringAt(item, 'version')
    return version === undefined ? candidates : candidates.filter(candidate => candidate.version === version)
  })
}

/** `source = { virtual | editable | directory = "folder" }`: part of the project. */
function folderOf({ table }: LockedPackage): string | undefined {
  const source = own(table, 'source')
  return stringAt(source, 'virtual') ?? stringAt(source, 'editable') ?? stringAt(source, 'directory')
}

function originOf({ table }: LockedPackage): Record<string, string> | undefined {
  const source = own(table, 'source')
  const resolved = stringAt(source, 'git') ?? stringAt(source, 'url')
  const commit = resolved && /#([0-9a-f]{7,64})$/.exec(resolved)?.[1]
  return resolved ? { resolved, ...(commit && { commit }) } : undefined
}
