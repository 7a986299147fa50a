import { entriesAt, own, parseJsonObject } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** elm.json of an application: `dependencies` and `test-dependencies`, each with `direct` and `indirect: { "AUTHOR/NAME": "VERSION" }`. Those of a package are ranges, no versions. */
export const elmJson: Extractor = {
  id: 'elm',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'elm.json' }],
  maxBytes: 4 * 1024 * 1024,
  parse: file => {
    const document = parseJsonObject(file.text())
    if (own(document, 'type') !== 'application') return undefined
    return ['dependencies', 'test-dependencies'].flatMap(group =>
      (['direct', 'indirect'] as const).flatMap(relationship =>
        entriesAt(own(document, group), relationship).flatMap(([name, version]): FoundPackage[] =>
          typeof version === 'string'
            ? [{ name, version, relationship, ...(group !== 'dependencies' && { development: true }) }]
            : [],
        ),
      ),
    )
  },
}
