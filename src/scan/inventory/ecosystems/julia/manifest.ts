import { parse } from 'smol-toml'
import { entriesOf, itemsAt, own, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * Manifest.toml of Julia's Pkg, JuliaManifest.toml, and since 1.11 those of one version, `Manifest-v1.11.toml`:
 *
 *     format 1  [[NAME]]        uuid, version, deps = [NAME, …] or { NAME = uuid }, git-tree-sha1, path, repo-url, repo-rev
 *     format 2  [[deps.NAME]]   the same; above them julia_version, manifest_format
 *
 * Several entries of one name are told apart by uuid. A standard library states no version: it has Julia's own where the manifest says which;
 * else, as for a package under development, the version is written `unknown`.
 */
export const manifest: Extractor = {
  id: 'julia',
  revision: 2,
  stage: 'both',
  patterns: [
    {
      extension: '.toml',
      where: ({ path }) =>
        /(?:^|\/)(?:Julia)?Manifest(?:-v\d{1,3}\.\d{1,3})?\.toml$/.test(path) && !path.includes('/target/'),
    },
  ],
  maxBytes: 16 * 1024 * 1024,
  parse: file => packagesOf(parse(file.text())),
}

type Entry = [name: string, facts: unknown]

function packagesOf(document: unknown): FoundPackage[] {
  const tables = own(document, 'deps') ?? document
  const entries: Entry[] = entriesOf(tables).flatMap(([name, list]) =>
    Array.isArray(list) ? list.map((facts: unknown): Entry => [name, facts]) : [],
  )
  const byName = new Map(entries.map(([name, facts]) => [name, stringAt(facts, 'uuid') ?? name]))
  const juliaVersion = stringAt(document, 'julia_version')
  return entries.flatMap(entry => packageOf(entry, byName, juliaVersion))
}

function packageOf([name, facts]: Entry, byName: Map<string, string>, julia: string | undefined): FoundPackage[] {
  const uuid = stringAt(facts, 'uuid')
  if (uuid === undefined || name === '') return []
  const elsewhere = stringAt(facts, 'path') !== undefined || stringAt(facts, 'git-tree-sha1') !== undefined
  const named = entriesOf(own(facts, 'deps')).map(([, id]) => id)
  const listed = itemsAt(facts, 'deps').map(need => (typeof need === 'string' ? byName.get(need) : undefined))
  const resolved = stringAt(facts, 'repo-url')
  return [
    {
      id: uuid,
      name,
      version: stringAt(facts, 'version') ?? (elsewhere ? undefined : julia) ?? 'unknown',
      dependsOn: [...named, ...listed].filter(id => typeof id === 'string'),
      extra: { uuid, ...(resolved && { resolved }) },
    },
  ]
}
