import { itemsAt, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parsePurl } from '../../../../base/purl.ts'

/** `opt/bitnami/NAME/.spdx-NAME.spdx`: SPDX 2.3 JSON about one component; its packages with a `pkg:bitnami` locator are what the image installs. */
export const bitnamiSpdx: Extractor = {
  id: 'bitnami',
  revision: 1,
  stage: 'installed',
  patterns: [{ extension: '.spdx', where: ({ path }) => /(?:^|\/)opt\/bitnami\/.*\.spdx-[^/]+\.spdx$/.test(path) }],
  maxBytes: 16 * 1024 * 1024,
  parse: file => itemsAt(parseJsonObject(file.text()), 'packages').flatMap(packageOf),
}

function packageOf(item: unknown): FoundPackage[] {
  const locator = itemsAt(item, 'externalRefs')
    .map(reference => stringAt(reference, 'referenceLocator') ?? '')
    .find(text => text.startsWith('pkg:bitnami/'))
  const purl = locator ? parsePurl(locator) : undefined
  if (!locator || !purl) return []
  const stated = [stringAt(item, 'licenseConcluded'), stringAt(item, 'licenseDeclared')]
  const licenses = stated.filter(text => text !== undefined && text !== 'NOASSERTION' && text !== 'NONE')
  return [
    {
      name: purl.name,
      version: purl.version ?? stringAt(item, 'versionInfo') ?? '',
      purl: locator,
      licenses: [...new Set(licenses as string[])],
      ...(purl.qualifiers.arch && { arch: purl.qualifiers.arch }),
    },
  ]
}
