import { itemsAt, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * The list that Container-Optimized OS keeps of what its image was built of: `etc/cos-package-info.json`,
 * `{ installedPackages: [{ category, name, version, ebuild_version }], buildTimePackages: […] }`. What only building needed is not in the image.
 */
export const cosPackageInfo: Extractor = {
  id: 'cos',
  revision: 1,
  stage: 'installed',
  patterns: [{ path: 'etc/cos-package-info.json' }],
  maxBytes: 16 * 1024 * 1024,
  parse: file => itemsAt(parseJsonObject(file.text()), 'installedPackages').flatMap(packageOf),
}

function packageOf(item: unknown): FoundPackage[] {
  const name = stringAt(item, 'name')
  const ebuild = stringAt(item, 'ebuild_version')
  const version = stringAt(item, 'version') || ebuild
  if (!name || !version) return []
  const category = stringAt(item, 'category')
  return [{ name, version, extra: { ...(category && { category }), ...(ebuild && { ebuild }) } }]
}
