import { itemsAt, own, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * Package.resolved (JSON):
 *
 *     version 1     { object: { pins: [{ package, repositoryURL, state: { branch, revision, version } }] } }
 *     version 2, 3  { pins: [{ identity, kind, location, state: { branch, revision, version } }] }
 */
export const packageResolved: Extractor = {
  id: 'swift',
  revision: 2,
  stage: 'lock',
  patterns: [{ basename: 'Package.resolved' }, { basename: '.package.resolved' }],
  maxBytes: 16 * 1024 * 1024,
  parse: file => {
    const resolved = parseJsonObject(file.text())
    return [...itemsAt(own(resolved, 'object'), 'pins'), ...itemsAt(resolved, 'pins')].flatMap(packageOf)
  },
}

function packageOf(pin: unknown): FoundPackage[] {
  // A folder of whoever resolved it says nothing to others.
  const local = /^local/.test(stringAt(pin, 'kind') ?? '')
  const address = local ? undefined : (stringAt(pin, 'repositoryURL') ?? stringAt(pin, 'location'))
  const name = address ? nameOf(address) : (stringAt(pin, 'package') ?? stringAt(pin, 'identity'))
  if (!name) return []
  const state = own(pin, 'state')
  const commit = stringAt(state, 'revision')
  return [
    {
      name,
      version: stringAt(state, 'version') ?? stringAt(state, 'branch') ?? '',
      ...(address && { extra: { resolved: address, ...(commit && { commit }) } }),
    },
  ]
}

/** `https://github.com/a/b.git`, `git@github.com:a/b.git`, `ssh://git@github.com/a/b` → `github.com/a/b`. A registry's `scope.name` stays. */
function nameOf(address: string): string {
  return address
    .slice(0, 2000)
    .replace(/^[a-z+]+:\/\//i, '')
    .replace(/^[^@/]+@/, '')
    .replace(/^([^/:]+):(?!\d+\/)/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
}
