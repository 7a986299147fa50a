import { itemsAt, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { ContentFile, Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** build.sbt.lock of sbt-dependency-lock (JSON): `dependencies: [{ org, name, version, configurations }]`; names carry the Scala version. */
export const sbt: Extractor = {
  id: 'sbt',
  revision: 2,
  stage: 'lock',
  patterns: [{ basename: 'build.sbt.lock' }],
  parse: parseSbt,
}

/** Configurations of what the product contains; others test, generate or document. */
const shipped = new Set(['compile', 'default', 'optional', 'runtime'])

function parseSbt(file: ContentFile): FoundPackage[] {
  return itemsAt(parseJsonObject(file.text()), 'dependencies').flatMap(item => {
    const [group, name, version] = ['org', 'name', 'version'].map(key => stringAt(item, key))
    if (!group || !name || !version) return []
    const configurations = itemsAt(item, 'configurations')
    const development = configurations.length > 0 && !configurations.some(value => shipped.has(String(value)))
    return [{ name: `${group}:${name}`, version, licenses: [], ...(development ? { development } : {}) }]
  })
}
