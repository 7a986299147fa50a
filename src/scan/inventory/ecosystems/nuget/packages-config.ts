import { foundList } from '../../../../base/found.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'
import { parseXml } from '../../../../base/xml.ts'

/** packages.config, or packages.PROJECT.config where several projects share a folder: `<packages><package id="…" version="…" developmentDependency="true"/></packages>`, one line a package, direct ones and others alike. */
export const packagesConfig: Extractor = {
  id: 'nuget-config',
  revision: 1,
  stage: 'lock',
  maxBytes: 8 << 20,
  patterns: [{ extension: '.config', where: ({ path }) => /(?:^|\/)packages(?:\.[^/]+)?\.config$/i.test(path) }],
  parse(file) {
    const found = foundList()
    for (const { name: element, attributes, line } of parseXml(file.text()).children) {
      const name = attributes.get('id')?.trim()
      const version = attributes.get('version')?.trim()
      if (element !== 'package' || !name || !version) continue
      const development = attributes.get('developmentDependency')?.toLowerCase() === 'true'
      found.add({ name, version, lines: { start: line, end: line }, ...(development && { development }) })
    }
    return found.all()
  },
}
