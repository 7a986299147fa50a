import { itemsAt, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * Bottlerocket keeps no RPM database in its images, but an inventory: `…/usr/share/bottlerocket/application-inventory.json`,
 * `{ Content: [{ Name, Version, Release, Epoch?, Architecture, Publisher, Url, Summary }] }`.
 */
export const bottlerocketInventory: Extractor = {
  id: 'bottlerocket-inventory',
  revision: 1,
  stage: 'installed',
  patterns: [
    {
      basename: 'application-inventory.json',
      where: ({ path }) => /(?:^|\/)usr\/share\/bottlerocket\/application-inventory\.json$/.test(path),
    },
  ],
  maxBytes: 16 * 1024 * 1024,
  parse: file => itemsAt(parseJsonObject(file.text()), 'Content').flatMap(packageOf),
}

function packageOf(item: unknown): FoundPackage[] {
  const name = stringAt(item, 'Name')
  const version = stringAt(item, 'Version')
  if (!name || !version) return []
  const release = stringAt(item, 'Release')
  const epoch = stringAt(item, 'Epoch')
  const arch = stringAt(item, 'Architecture')
  const maintainer = stringAt(item, 'Publisher')
  return [
    {
      name: name.replace(/^bottlerocket-(?=.)/, ''),
      version: `${epoch && epoch !== '0' ? `${epoch}:` : ''}${version}${release ? `-${release}` : ''}`,
      ...(arch && { arch }),
      ...(maintainer && { maintainer }),
    },
  ]
}
