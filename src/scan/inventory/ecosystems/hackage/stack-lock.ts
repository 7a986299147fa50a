import { itemsAt, own, stringAt } from '../../../../base/json.ts'
import type { Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'

/**
 * stack.yaml.lock (YAML): `packages: [{ completed: { hackage: NAME-VERSION@sha256:…,SIZE } | { name, version, git, commit, … } }]`,
 * and stack.yaml's `extra-deps: [NAME-VERSION[@…]]` where no lock stands beside it. The snapshot's own packages are in neither.
 */
export const stackLock: Extractor = {
  id: 'stack',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'stack.yaml.lock' }, { basename: 'stack.yaml' }],
  maxBytes: 4 * 1024 * 1024,
  parse: file => {
    const document = parseYamlObject(file.text())
    if (!file.path.endsWith('.lock')) return itemsAt(document, 'extra-deps').flatMap(packageOfName)
    return itemsAt(document, 'packages').flatMap(item => packageOfEntry(own(item, 'completed')))
  },
  assemble: ({ files, get }: FactView<FoundPackage[]>) =>
    files
      .filter(({ path }) => path.endsWith('.lock') || get(`${path}.lock`) === undefined)
      .flatMap(({ path, facts }) => facts.map(found => ({ ...found, path }))),
}

const named = /^([A-Za-z0-9-]{1,255})-([0-9][0-9.]{0,255})(?:@|$)/

function packageOfName(text: unknown): FoundPackage[] {
  const match = typeof text === 'string' ? named.exec(text) : null
  return match ? [{ name: match[1]!, version: match[2]! }] : []
}

function packageOfEntry(completed: unknown): FoundPackage[] {
  const released = packageOfName(stringAt(completed, 'hackage'))
  if (released.length > 0) return released
  const name = stringAt(completed, 'name')
  const version = stringAt(completed, 'version')
  const commit = stringAt(completed, 'commit')
  const resolved = stringAt(completed, 'git') ?? stringAt(completed, 'url')
  if (!name || !version) return []
  return [{ name, version, ...(resolved && { extra: { resolved, ...(commit && { commit }) } }) }]
}
