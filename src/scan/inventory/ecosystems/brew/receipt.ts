import { itemsAt, own, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'

const keg = /(?:^|\/)Cellar\/([^/]+)\/([^/]+)\/INSTALL_RECEIPT\.json$/

const formula = /(?:^|\/)Cellar\/([^/]+)\/([^/]+)\/\.brew\/[^/]+\.rb$/

/**
 * `Cellar/NAME/VERSION[_REVISION]/INSTALL_RECEIPT.json`: the folders name the package, the receipt says from which tap it came and what it needs at run time.
 * Where images leave the receipt out, the formula that was installed, `.brew/NAME.rb`, is enough; it is a program, and not run.
 */
export const homebrew: Extractor = {
  id: 'homebrew',
  revision: 2,
  stage: 'installed',
  patterns: [
    { basename: 'INSTALL_RECEIPT.json', where: ({ path }) => keg.test(path) },
    { extension: '.rb', where: ({ path }) => formula.test(path) },
  ],
  maxBytes: 4 * 1024 * 1024,
  parse: file => {
    if (file.path.endsWith('.rb')) return formulaOf(file.path)
    const [, name = '', version = ''] = keg.exec(file.path) ?? []
    const receipt = parseJsonObject(file.text())
    const tap = stringAt(own(receipt, 'source'), 'tap')
    const needs = itemsAt(receipt, 'runtime_dependencies').map(need => stringAt(need, 'full_name'))
    const dependsOn = needs.filter(need => need !== undefined)
    return name === '' ? undefined : [{ name, version, dependsOn, ...(tap && { extra: { tap } }) }]
  },
  assemble: ({ files, get }: FactView<FoundPackage[]>) =>
    files.flatMap(({ path, facts }) => {
      const receipt = path.replace(/\.brew\/[^/]+\.rb$/, 'INSTALL_RECEIPT.json')
      return receipt !== path && get(receipt) ? [] : facts.map(found => ({ ...found, path }))
    }),
}

function formulaOf(path: string): FoundPackage[] | undefined {
  const [, name, version] = formula.exec(path) ?? []
  return name && version ? [{ name, version }] : undefined
}
