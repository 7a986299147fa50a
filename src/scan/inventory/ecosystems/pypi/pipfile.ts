import { foundList, idOf } from '../../../../base/found.ts'
import { entriesOf, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { outsideSitePackages } from './names.ts'
import { fromFileName, pinnedBy } from './requirement.ts'
import { parseToml } from './toml-lock.ts'

/** Tables of a Pipfile that are no category of packages. */
const others = new Set(['source', 'requires', 'scripts', 'pipenv', 'build-system'])

/** Pipfile (TOML), where no Pipfile.lock stands beside it: `[packages]`, `[dev-packages]` and the user's own categories, `name = "==1.0"` or `{ version, … }`. */
export const pipfile: Extractor<{ packages?: FoundPackage[] }> = {
  id: 'pipfile',
  revision: 1,
  stage: 'lock',
  maxBytes: 4 << 20,
  patterns: ['Pipfile', 'Pipfile.lock'].map(basename => ({ basename, where: outsideSitePackages })),
  parse: file => (file.path.endsWith('.lock') ? {} : { packages: packagesOf(file.text()) }),
  assemble: view =>
    view.files.flatMap(({ path, facts }) =>
      view.get(`${path}.lock`)
        ? []
        : (facts.packages ?? []).map(item => ({ ...item, id: `${path}#${idOf(item)}`, path })),
    ),
}

function packagesOf(text: string): FoundPackage[] {
  const found = foundList()
  for (const [category, table] of entriesOf(parseToml(text))) {
    if (others.has(category)) continue
    for (const [name, stated] of entriesOf(table))
      for (const item of packageOf(name, stated))
        found.add({ ...item, ...(category === 'dev-packages' && { development: true }) })
  }
  return found.all()
}

function packageOf(name: string, stated: unknown): FoundPackage[] {
  const specifiers = (typeof stated === 'string' ? stated : (stringAt(stated, 'version') ?? '')).trim()
  const found = pinnedBy(`${name}${/^\d/.test(specifiers) ? '==' : ''}${specifiers}`)
  if (found.length > 0) return found
  const file = fromFileName(stringAt(stated, 'file') ?? stringAt(stated, 'path') ?? '')
  return file ? [{ name, version: file.version, relationship: 'direct' }] : []
}
