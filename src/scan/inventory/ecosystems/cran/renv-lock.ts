import { entriesAt, itemsAt, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** renv.lock (JSON): `Packages: { NAME: { Package, Version, Source, Repository, Requirements: [NAME, …] } }`; `Requirements` is an object in the newest form. */
export const renvLock: Extractor = {
  id: 'renv',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'renv.lock' }],
  maxBytes: 16 * 1024 * 1024,
  parse: file => entriesAt(parseJsonObject(file.text()), 'Packages').flatMap(packageOf),
}

function packageOf([key, facts]: [string, unknown]): FoundPackage[] {
  const version = stringAt(facts, 'Version')
  const name = stringAt(facts, 'Package') || key
  if (version === undefined || name === '') return []
  const source = stringAt(facts, 'Source')
  const repository = source === 'Bioconductor' ? source : (stringAt(facts, 'Repository') ?? source)
  const commit = stringAt(facts, 'RemoteSha')
  return [
    {
      name,
      version,
      dependsOn: itemsAt(facts, 'Requirements').filter(need => typeof need === 'string'),
      ...(repository && { extra: { repository, ...(commit && { commit }) } }),
    },
  ]
}
