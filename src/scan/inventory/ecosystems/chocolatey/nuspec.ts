import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { childText, parseXml, type XmlElement } from '../../../../base/xml.ts'

/** What Chocolatey keeps of an installed package: `chocolatey/lib/NAME/NAME.nuspec`, XML as NuGet's, `<package><metadata><id>`, `<version>`, `<dependencies>`. */
export const chocolateyNuspec: Extractor = {
  id: 'chocolatey',
  revision: 1,
  stage: 'installed',
  patterns: [
    { extension: '.nuspec', where: ({ path }) => /(?:^|\/)chocolatey\/lib\/[^/]+\/[^/]+\.nuspec$/i.test(path) },
  ],
  maxBytes: 4 * 1024 * 1024,
  parse: file => {
    const metadata = childNamed(parseXml(file.text()), 'metadata')
    const name = metadata && childText(metadata, 'id')
    const version = metadata && childText(metadata, 'version')
    if (!metadata || !name || !version) return undefined
    const needs = childNamed(metadata, 'dependencies')?.children.map(({ attributes }) => attributes.get('id')) ?? []
    return [{ name, version, dependsOn: needs.filter(need => need !== undefined) } satisfies FoundPackage]
  },
}

function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find(child => child.name === name)
}
