import { itemsAt, own, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'

const keg = /(?:^|\/)Cellar\/([^/]+)\/([^/]+)\/INSTALL_RECEIPT\.json$/

/** `Cellar/NAME/VERSION[_REVISION]/INSTALL_RECEIPT.json`: the folders name the package, the receipt says from which tap it came and what it needs at run time. */
export const homebrew: Extractor = {
  id: 'homebrew',
  revision: 1,
  stage: 'installed',
  patterns: [{ basename: 'INSTALL_RECEIPT.json', where: ({ path }) => keg.test(path) }],
  maxBytes: 4 * 1024 * 1024,
  parse: file => {
    const [, name = '', version = ''] = keg.exec(file.path) ?? []
    const receipt = parseJsonObject(file.text())
    const tap = stringAt(own(receipt, 'source'), 'tap')
    const needs = itemsAt(receipt, 'runtime_dependencies').map(need => stringAt(need, 'full_name'))
    const dependsOn = needs.filter(need => need !== undefined)
    return name === '' ? undefined : [{ name, version, dependsOn, ...(tap && { extra: { tap } }) }]
  },
}
