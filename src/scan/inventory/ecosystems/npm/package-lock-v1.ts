import { JennerError } from '../../../../base/errors.ts'
import { foundList, idOf } from '../../../../base/found.ts'
import { entriesAt, own, stringAt } from '../../../../base/json.ts'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { isVersion, namedByRegistry, originOf, splitSpec, versionOfTarball } from './package.ts'

/** Deeper nesting of `dependencies` than any real tree has. */
const maxDepth = 200

interface Scope {
  /** Packages in this folder's node_modules, by name. */
  here: Map<string, { name: string; version: string }>
  up?: Scope
}

/**
 * lockfileVersion 1: `dependencies: { name: { version, resolved, integrity, dev, optional, bundled, requires: { name: range }, dependencies: {…} } }`.
 * `version` may be a version, `npm:name@version` (alias), `file:…`, a git address or a tarball's address. What the root asks for is not stated:
 * what nobody requires is direct; of the rest it is not known.
 */
export function parseOldLock(lock: Record<string, unknown>): FoundPackage[] {
  const found = foundList()
  const required = new Set<string>()
  walk(entriesAt(lock, 'dependencies'), undefined, 0, (facts, name, version, scope) => {
    const dependsOn = entriesAt(facts, 'requires').flatMap(([dependency]) => lookUp(dependency, scope))
    for (const id of dependsOn) required.add(id)
    found.add({ name, version, ...factsOf(facts, dependsOn) })
  })
  const packages = found.all()
  if (required.size > 0) for (const pkg of packages) if (!required.has(idOf(pkg))) pkg.relationship = 'direct'
  return packages
}

type Visit = (facts: unknown, name: string, version: string, scope: Scope) => void

function walk(entries: [string, unknown][], up: Scope | undefined, depth: number, visit: Visit): void {
  if (depth > maxDepth) throw new JennerError('limit_exceeded', `dependencies nested deeper than ${maxDepth}`)
  const scope: Scope = { here: new Map(), up }
  for (const [key, facts] of entries) {
    const identity = identityOf(key, facts)
    if (identity) scope.here.set(key, identity)
  }
  for (const [key, facts] of entries) {
    const identity = scope.here.get(key)
    const nested = entriesAt(facts, 'dependencies')
    const inner: Scope = { here: new Map(), up: scope }
    for (const [name, below] of nested) {
      const found = identityOf(name, below)
      if (found) inner.here.set(name, found)
    }
    if (identity) visit(facts, identity.name, identity.version, inner)
    if (nested.length > 0) walk(nested, scope, depth + 1, visit)
  }
}

/** Undefined for what is no package of its own: a folder of the project (`file:../x`), or an entry without a version. */
function identityOf(key: string, facts: unknown): { name: string; version: string } | undefined {
  const version = stringAt(facts, 'version')
  if (version === undefined || key === '') return undefined
  if (version.startsWith('npm:')) {
    const alias = splitSpec(version.slice('npm:'.length))
    return alias ? { name: alias.name, version: alias.rest } : undefined
  }
  if (isVersion(version)) return { name: key, version }
  if (/^(?:file|link):/.test(version) && !/\.t(?:ar\.)?gz$/.test(version)) return undefined
  const named = namedByRegistry(version)
  if (named) return named
  return { name: key, version: /[:/#]/.test(version) ? versionOfTarball(key, version) : version }
}

function lookUp(name: string, scope: Scope): string[] {
  for (let at: Scope | undefined = scope; at; at = at.up) {
    const found = at.here.get(name)
    if (found) return [idOf(found)]
  }
  return []
}

function factsOf(facts: unknown, dependsOn: string[]): Partial<FoundPackage> {
  const version = stringAt(facts, 'version') ?? ''
  const resolved = stringAt(facts, 'resolved') ?? (/[:/]/.test(version) ? version : undefined)
  const extra = originOf({ integrity: stringAt(facts, 'integrity'), resolved })
  return {
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(own(facts, 'dev') === true && { development: true }),
    ...(extra && { extra }),
  }
}
