import { itemsAt, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** `conda-meta/NAME-VERSION-BUILD.json`, one file an installed package: `name`, `version`, `build`, `channel`, `license`, `depends: ["NAME SPEC", …]`. */
export const condaPkg: Extractor = {
  id: 'conda-pkg',
  revision: 1,
  stage: 'installed',
  patterns: [{ extension: '.json', where: ({ path }) => /(?:^|\/)conda-meta\/[^/]+$/.test(path) }],
  maxBytes: 32 * 1024 * 1024,
  parse: file => packageOf(parseJsonObject(file.text())),
}

function packageOf(meta: Record<string, unknown>): FoundPackage[] | undefined {
  const name = stringAt(meta, 'name')
  const version = stringAt(meta, 'version')
  if (!name || version === undefined) return undefined
  const license = stringAt(meta, 'license')
  const facts = ['build', 'channel', 'md5', 'sha256'].flatMap(key => {
    const value = stringAt(meta, key)
    return value ? [[key, value]] : []
  })
  return [
    {
      name,
      version,
      licenses: license ? [license] : [],
      extra: Object.fromEntries(facts),
      dependsOn: itemsAt(meta, 'depends').flatMap(need => (typeof need === 'string' ? need.split(' ', 1) : [])),
    },
  ]
}
