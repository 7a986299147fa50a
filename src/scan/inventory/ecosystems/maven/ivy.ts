import { foundList } from '../../../../base/found.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'
import { singleVersion } from './gradle-files.ts'
import { child, children, parseXml } from './xml.ts'

/**
 * ivy.xml (Apache Ivy, "Ivy files"): `<dependencies><dependency org="…" name="…" rev="…" conf="test->default"/></dependencies>`. A revision that is dynamic
 * (`latest.integration`, `1.+`, `[1.0,2.0[`) gives its lower end, where it has one.
 */
export const ivy: Extractor = {
  id: 'ivy',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'ivy.xml' }],
  maxBytes: 16 * 1024 * 1024,
  parse(file) {
    const root = parseXml(file.bytes())
    const found = foundList()
    if (root.name !== 'ivy-module') return []
    const own = child(root, 'info')?.attributes
    for (const { attributes, lines } of children(child(root, 'dependencies'), 'dependency')) {
      const [group, artifact] = [attributes.get('org') ?? own?.get('organisation') ?? '', attributes.get('name') ?? '']
      const written = attributes.get('rev') ?? ''
      const version = singleVersion(written)
      if (!group || !artifact || !version || `${group}${artifact}${version}`.includes('$')) continue
      found.add({
        name: `${group}:${artifact}`,
        version,
        lines,
        relationship: 'direct',
        ...(isForTests(attributes.get('conf') ?? '') && { development: true }),
        ...(written !== version && { extra: { requirement: written.slice(0, 200) } }),
      })
    }
    return found.all()
  },
}

/** `conf` maps configurations of this module to those of the other: `test->default;provided`. */
function isForTests(conf: string): boolean {
  const own = conf.split(';').map(part => part.split('->', 1)[0]!.trim())
  return conf !== '' && own.every(name => /^(?:test|provided|build)/i.test(name))
}
