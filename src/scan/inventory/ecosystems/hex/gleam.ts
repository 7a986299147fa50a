import { parse } from 'smol-toml'
import { entriesAt, isObject, itemsAt, own, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * Gleam's manifest.toml: `packages = [{ name, version, build_tools, requirements = [NAME, …], source = "hex" | "git" | "local", … }]`. Where none stands beside a
 * gleam.toml, what that asks for: `[dependencies]` and `[dev-dependencies]`, `NAME = "REQUIREMENT"`.
 */
export const gleam: Extractor<FoundPackage[]> = {
  id: 'gleam',
  revision: 2,
  stage: 'lock',
  patterns: [{ basename: 'manifest.toml' }, { basename: 'gleam.toml' }],
  maxBytes: 16 * 1024 * 1024,
  parse: file => {
    const text = file.text()
    if (file.path.endsWith('gleam.toml')) return packagesOfProject(parse(text))
    return text.includes('build_tools') ? itemsAt(parse(text), 'packages').flatMap(packageOf) : undefined
  },
  assemble: ({ files, get }) =>
    files.flatMap(({ path, facts }) => {
      const isLocked = path.endsWith('gleam.toml') && get(path.replace(/gleam\.toml$/, 'manifest.toml')) !== undefined
      return (isLocked ? facts.filter(({ relationship }) => relationship === 'root') : facts).map(found => ({
        ...found,
        path,
      }))
    }),
}

function packageOf(item: unknown): FoundPackage[] {
  const name = stringAt(item, 'name')
  const version = stringAt(item, 'version')
  if (!name || !version || stringAt(item, 'source') === 'local') return []
  return [{ name, version, dependsOn: itemsAt(item, 'requirements').filter(need => typeof need === 'string') }]
}

function packagesOfProject(document: unknown): FoundPackage[] {
  const [name, version] = [stringAt(document, 'name'), stringAt(document, 'version')]
  const own_: FoundPackage[] = name && version ? [{ name, version, relationship: 'root' }] : []
  // The second spelling is the one of Gleam 1.13 on.
  const tables: [string, boolean][] = [
    ['dependencies', false],
    ['dev-dependencies', true],
    ['dev_dependencies', true],
  ]
  return [
    ...own_,
    ...tables.flatMap(([table, development]) =>
      entriesAt(document, table).flatMap(([needed, stated]) => packageOfNeed(needed, stated, development)),
    ),
  ]
}

/** Of a requirement (`>= 1.0.0 and < 2.0.0`, `~> 2.1`, `1.2.3`) the lowest version that it lets in. Folders and repositories state none. */
function packageOfNeed(name: string, stated: unknown, development: boolean): FoundPackage[] {
  const requirement = isObject(stated) ? own(stated, 'version') : stated
  if (typeof requirement !== 'string' || requirement.length > 1000) return []
  const parts = requirement.split(/\s(?:and|or)\s/)
  const version = parts.flatMap(part => /^\s*(?:==|>=|~>)?\s{0,10}(\d[\w.+-]{0,100})\s*$/.exec(part)?.[1] ?? [])[0]
  if (!version) return []
  return [
    {
      name,
      version,
      relationship: 'direct',
      ...(development && { development }),
      ...(version !== requirement && { extra: { requirement } }),
    },
  ]
}
