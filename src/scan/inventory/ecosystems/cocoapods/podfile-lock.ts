import { itemsAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { formatPurl } from '../../../../base/purl.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'

/**
 * Podfile.lock (YAML):
 *
 *     PODS:
 *       - Name (1.2.3)
 *       - Name/Subspec (1.2.3):
 *         - Other (~> 1.0)
 *     DEPENDENCIES:
 *       - Name (~> 1.2)
 */
export const podfileLock: Extractor = {
  id: 'cocoapods',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'Podfile.lock' }],
  maxBytes: 4 * 1024 * 1024,
  parse: file => {
    const lock = parseYamlObject(file.text())
    const direct = new Set(itemsAt(lock, 'DEPENDENCIES').map(item => nameOf(item)))
    return itemsAt(lock, 'PODS').flatMap(item => packageOf(item, direct))
  },
}

const named = /^(\S{1,255})(?: \((.{1,255})\))?$/

const nameOf = (item: unknown): string => (typeof item === 'string' ? (named.exec(item.trim())?.[1] ?? '') : '')

function packageOf(item: unknown, direct: Set<string>): FoundPackage[] {
  const [title, needs] = typeof item === 'string' ? [item, []] : entryOf(item)
  const match = named.exec(title.trim())
  if (!match?.[2]) return []
  const [, name = '', version = ''] = match
  const dependsOn = needs.map(nameOf).filter(need => need !== '')
  const slash = name.indexOf('/')
  return [
    {
      id: name,
      name,
      version,
      relationship: direct.has(name) ? 'direct' : 'indirect',
      dependsOn,
      ...(slash > 0 && {
        purl: formatPurl({ type: 'cocoapods', name: name.slice(0, slash), version, subpath: name.slice(slash + 1) }),
      }),
    },
  ]
}

function entryOf(item: unknown): [string, unknown[]] {
  if (typeof item !== 'object' || item === null) return ['', []]
  const [key = ''] = Object.keys(item)
  return [key, itemsAt(item, key)]
}
