import { itemsAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'

/**
 * environment.yml (YAML): `dependencies: ["[channel::]name[=version[=build]]", { pip: ["name==version", …] }]`.
 * A bound (`>=1.2`) is not a version: such a package is named without one.
 */
export const condaEnvironment: Extractor = {
  id: 'conda-environment',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'environment.yml' }, { basename: 'environment.yaml' }],
  maxBytes: 4 * 1024 * 1024,
  parse: file => itemsAt(parseYamlObject(file.text()), 'dependencies').flatMap(packagesOf),
}

function packagesOf(item: unknown): FoundPackage[] {
  if (typeof item !== 'string') return itemsAt(item, 'pip').flatMap(pipPackage)
  const match =
    /^(?:[^\s:]{1,255}::)?([A-Za-z0-9_.-]{1,255})\s*(?:\[|(={1,2})?\s*([^\s=<>!~,|*]{1,255})?)(=[^\s=]+)?/.exec(
      item.trim(),
    )
  if (!match) return []
  const [, name = '', equals, version = ''] = match
  return [{ name, version: equals ? version.replace(/\.$/, '') : '' }]
}

function pipPackage(item: unknown): FoundPackage[] {
  const match = /^([A-Za-z0-9_.-]{1,255})(?:\[[^\]]{0,255}\])?\s{0,10}={2,3}\s{0,10}([^\s;,]{1,255})/.exec(
    typeof item === 'string' ? item.trim() : '',
  )
  return match ? [{ type: 'pypi', name: match[1]!, version: match[2]! }] : []
}
