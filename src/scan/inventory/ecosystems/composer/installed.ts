import { foundList, idOf } from '../../../../base/found.ts'
import { isObject, itemsAt, own, parseJson } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { packagesOfPhp } from './installed-php.ts'
import { readPackages } from './package.ts'

/**
 * `vendor/composer/installed.json`: a list (Composer 1), or `{ packages: […], dev, "dev-package-names": […] }` (Composer 2). Where it was taken out of an
 * image, installed.php beside it (Composer 2.1 on), which the program itself reads.
 */
export const composerVendor: Extractor = {
  id: 'composer-vendor',
  revision: 2,
  stage: 'installed',
  patterns: ['installed.json', 'installed.php'].map(basename => ({
    basename,
    where: ({ path }) => path.endsWith(`composer/${basename}`),
  })),
  parse: file => (file.path.endsWith('.php') ? packagesOfPhp(file.text()) : packagesOfJson(file.text())),
  assemble: ({ files, get }) =>
    files.flatMap(({ path, facts }) => {
      const isOutdone = path.endsWith('.php') && get(path.replace(/php$/, 'json')) !== undefined
      return isOutdone
        ? []
        : facts.map(found => ({ ...found, id: `${path}#${idOf(found)}`, path, ...within(path, found) }))
    }),
}

function within(path: string, { dependsOn }: FoundPackage): Pick<FoundPackage, 'dependsOn'> {
  return dependsOn ? { dependsOn: dependsOn.map(id => `${path}#${id}`) } : {}
}

function packagesOfJson(text: string): FoundPackage[] {
  const document = parseJson(text)
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
}
