import { entriesAt, own, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'

/**
 * pubspec.lock (YAML): `packages: NAME: { dependency, description, source, version }`.
 * `dependency` is `direct main`, `direct dev`, `direct overridden` or `transitive`; what only development needs is not marked among the transitive ones.
 */
export const pubspecLock: Extractor = {
  id: 'pub',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'pubspec.lock' }],
  maxBytes: 4 * 1024 * 1024,
  parse: file => entriesAt(parseYamlObject(file.text()), 'packages').flatMap(packageOf),
}

function packageOf([name, facts]: [string, unknown]): FoundPackage[] {
  const version = stringAt(facts, 'version')
  if (version === undefined || name === '') return []
  const dependency = stringAt(facts, 'dependency') ?? ''
  const description = own(facts, 'description')
  const commit = stringAt(facts, 'source') === 'git' ? stringAt(description, 'resolved-ref') : undefined
  const resolved = stringAt(description, 'url')
  return [
    {
      name,
      version,
      relationship: dependency.startsWith('direct') ? 'direct' : 'indirect',
      ...(dependency === 'direct dev' && { development: true }),
      ...((commit || resolved) && { extra: { ...(resolved && { resolved }), ...(commit && { commit }) } }),
    },
  ]
}
