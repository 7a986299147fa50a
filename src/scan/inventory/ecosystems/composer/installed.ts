import { foundList, idOf } from '../../../../base/found.ts'
import { isObject, itemsAt, own, parseJson } from '../../../../base/json.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'
import { readPackages } from './package.ts'

/** `vendor/composer/installed.json`: a list (Composer 1), or `{ packages: […], dev, "dev-package-names": […] }` (Composer 2). */
export const composerVendor: Extractor = {
  id: 'composer-vendor',
  revision: 1,
  stage: 'installed',
  patterns: [{ basename: 'installed.json', where: ({ path }) => path.endsWith('composer/installed.json') }],
  parse(file) {
    const document = parseJson(file.text())
    if (!Array.isArray(document) && !isObject(document)) throw new SyntaxError('neither a list nor an object')
    const packages = readPackages(Array.isArray(document) ? document : itemsAt(document, 'packages'))
    const development = new Set(itemsAt(document, 'dev-package-names'))
    const names = new Map(packages.map(pkg => [pkg.name.toLowerCase(), idOf(pkg)]))
    const found = foundList()
    for (const { name, version, licenses, needs, extra } of packages) {
      const dependsOn = needs.flatMap(needed => names.get(needed) ?? [])
      found.add({
        name,
        version,
        ...(licenses.length > 0 && { licenses }),
        ...(dependsOn.length > 0 && { dependsOn }),
        ...(development.has(name) && own(document, 'dev') !== false && { development: true }),
        ...(extra && { extra }),
      })
    }
    return found.all()
  },
}
