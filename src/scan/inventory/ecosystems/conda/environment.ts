import { itemsAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'
import { readRequirement } from '../pypi/requirement.ts'

/**
 * environment.yml (YAML): `dependencies: ["[channel::]name[=version[=build]]", "name 1.0", "name[version='1.0']", { pip: ["name==version", …] }]`.
 * A bound (`>=1.2`) is not a version: what states no other is left out.
 */
export const condaEnvironment: Extractor = {
  id: 'conda-environment',
  revision: 3,
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
  const bracketed = /\[[^\]]{0,200}?\bversion\s{0,5}=\s{0,5}["']?={0,2}(\d[\w.+!-]{0,100})["',\]]/.exec(
    item.slice(0, 1000),
  )?.[1]
  const stated = bracketed ?? (equals || /^\d/.test(version) ? version.replace(/\.$/, '') : '')
  return stated === '' ? [] : [{ name, version: stated }]
}

/** What pip is asked for; options of its command line are passed over. */
function pipPackage(item: unknown): FoundPackage[] {
  const requirement = typeof item === 'string' && !item.startsWith('-') ? readRequirement(item) : undefined
  if (!requirement?.version) return []
  const { name, version, range } = requirement
  return [{ type: 'pypi', name, version, ...(range && { extra: { range } }) }]
}
