import type { IncompleteCode } from '../../../../base/model/inventory.ts'
import type { Dependency, Pom } from './pom-file.ts'

/** A POM with what its parents in the tree give it, properties filled in. A version that cannot be told is `''`. */
export interface EffectivePom {
  group: string
  artifact: string
  version: string
  licenses: string[]
  dependencies: ResolvedDependency[]
}

export interface ResolvedDependency extends Dependency {
  /** The version as written, where that is not what it came to. */
  requirement?: string
}

/** How a POM finds others of the same tree. */
export interface PomTree {
  get(path: string): Pom | undefined
  /** Paths of the POMs with this `group:artifact`, where that is stated without properties. */
  find(group: string, artifact: string): string[]
  /** Told of a POM what could not be followed. */
  problem?: (path: string, code: IncompleteCode, detail: string) => void
}

interface Chain {
  poms: Pom[]
  properties: Map<string, string>
}

const maxParents = 32
const maxImports = 200
const maxManaged = 50_000
const maxDependencies = 50_000

/** Resolves the POM at `path`: inheritance first, then management with imported lists, as Maven's "Introduction to the Dependency Mechanism" orders them. */
export function resolvePom(tree: PomTree, path: string): EffectivePom | undefined {
  const chain = chainOf(tree, path, tree.problem)
  const own = chain?.poms[0]
  if (chain === undefined || own === undefined) return undefined
  const fill = (text: string) => interpolate(text, chain.properties)
  const managed = managedBy(tree, chain, new Set([path]))
  const seen = new Set<string>()
  const dependencies: ResolvedDependency[] = []
  for (const dependency of chain.poms.flatMap(pom => pom.dependencies)) {
    if (dependencies.length >= maxDependencies) break
    const group = fill(dependency.group)
    const artifact = fill(dependency.artifact)
    const kind = fill(dependency.kind)
    const manager = managed.get(`${group}:${artifact}:${kind}`) ?? managed.get(`${group}:${artifact}:`)
    const written = dependency.version || (manager?.version ?? versionOfPlatform(chain, group))
    const resolved = {
      ...dependency,
      ...versionOf(fill(written), written),
      group,
      artifact,
      scope: fill(dependency.scope || (manager?.scope ?? '')),
    }
    // What a nearer POM says of the same file stands in place of what it inherits.
    const key = `${group}:${artifact}:${kind}`
    if (seen.has(key)) continue
    seen.add(key)
    dependencies.push(resolved)
  }
  return {
    group: fill(inherited(chain, 'group')),
    artifact: fill(own.artifact),
    version: known(fill(inherited(chain, 'version'))),
    licenses: chain.poms.find(pom => pom.licenses.length > 0)?.licenses ?? [],
    dependencies,
  }
}

function inherited(chain: Chain, field: 'group' | 'version'): string {
  const own = chain.poms[0]!
  return own[field] || (own.parent?.[field] ?? '')
}

/** The POM and its parents, nearest first, with the properties that hold for it. */
function chainOf(tree: PomTree, path: string, problem?: PomTree['problem']): Chain | undefined {
  const poms: Pom[] = []
  const seen = new Set<string>()
  for (let next: string | undefined = path; next !== undefined; ) {
    if (seen.has(next) || poms.length >= maxParents) {
      problem?.(
        path,
        'too_deep',
        seen.has(next) ? 'its parents go round in a circle' : `more than ${maxParents} parents`,
      )
      break
    }
    seen.add(next)
    const pom: Pom | undefined = tree.get(next)
    if (pom === undefined) break
    poms.push(pom)
    next = parentPath(tree, next, pom)
  }
  const own = poms[0]
  if (own === undefined) return undefined
  const properties = new Map<string, string>()
  for (const pom of poms.toReversed()) for (const [name, value] of pom.properties) properties.set(name, value)
  for (const [name, value] of modelValues(own))
    if (!properties.has(name) || name.includes('.')) properties.set(name, value)
  return { poms, properties }
}

/** What `${…}` may name of the POM itself. Names without a prefix are of old, and give way to properties. */
function modelValues({ group, artifact, version, parent }: Pom): [name: string, value: string][] {
  const own = { groupId: group || parent?.group, artifactId: artifact, version: version || parent?.version }
  const inherited = { groupId: parent?.group, artifactId: parent?.artifact, version: parent?.version }
  return [
    ...Object.entries(own).flatMap(([name, value = '']) =>
      ['project.', 'pom.', ''].map((prefix): [string, string] => [prefix + name, value]),
    ),
    ...Object.entries(inherited).flatMap(([name, value]) =>
      value === undefined
        ? []
        : ['project.parent.', 'pom.parent.', 'parent.'].map((prefix): [string, string] => [prefix + name, value]),
    ),
  ]
}

/** Maven takes a parent from where `relativePath` points, or from a repository: here, from anywhere in the tree. Its version must be the one asked for. */
function parentPath(tree: PomTree, path: string, { parent }: Pom): string | undefined {
  if (parent === undefined) return undefined
  const near = parent.relativePath === '' ? undefined : joined(path, parent.relativePath)
  const candidates = near === undefined ? [] : [near, near === '' ? 'pom.xml' : `${near}/pom.xml`]
  candidates.push(...tree.find(parent.group, parent.artifact).slice(0, maxCandidates))
  return candidates.find(candidate => {
    const pom = candidate === path ? undefined : tree.get(candidate)
    if (pom?.artifact !== parent.artifact || (pom.group || pom.parent?.group) !== parent.group) return false
    const version = pom.version || (pom.parent?.version ?? '')
    return version === parent.version || `${version}${parent.version}`.includes('${')
  })
}

const maxCandidates = 100

/** A path relative to the folder of another; undefined when it leaves the root. */
function joined(path: string, relative: string): string | undefined {
  const parts = path.split('/').slice(0, -1)
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

interface Managed {
  version: string
  scope: string
}

/**
 * `group:artifact:kind` → what dependencyManagement says; nearer POMs win, a POM's own entries before those it imports. `visited`: lists already read,
 * each of which is read once, so that lists importing each other neither go round nor multiply.
 */
function managedBy(tree: PomTree, chain: Chain, visited: Set<string>): Map<string, Managed> {
  const managed = new Map<string, Managed>()
  const imports: string[] = []
  for (const item of chain.poms.flatMap(pom => pom.managed)) {
    const group = interpolate(item.group, chain.properties)
    const artifact = interpolate(item.artifact, chain.properties)
    const version = interpolate(item.version, chain.properties)
    const key = `${group}:${artifact}:${interpolate(item.kind, chain.properties)}`
    if (item.scope === 'import') imports.push(...importedPath(tree, group, artifact, version))
    else if (!managed.has(key)) managed.set(key, { version, scope: item.scope })
  }
  for (const path of imports) {
    if (visited.has(path)) continue
    if (visited.size > maxImports) {
      tree.problem?.(path, 'too_many', `more than ${maxImports} imported lists of versions`)
      break
    }
    visited.add(path)
    const imported = chainOf(tree, path)
    if (imported === undefined) continue
    for (const [key, value] of managedBy(tree, imported, visited)) {
      if (managed.size < maxManaged && !managed.has(key)) managed.set(key, value)
    }
  }
  return managed
}

/** The list in the tree of that version; one of another version, where it is of the same build and has its version from properties. */
function importedPath(tree: PomTree, group: string, artifact: string, version: string): string[] {
  const paths = tree.find(group, artifact).slice(0, maxCandidates)
  const stated = (path: string) => tree.get(path)?.version || (tree.get(path)?.parent?.version ?? '')
  const found =
    paths.find(path => stated(path) === version) ?? paths.find(path => `${stated(path)}${version}`.includes('${'))
  return found === undefined ? [] : [found]
}

/**
 * Lists of versions that come from a repository, which is out of reach, but which give the modules of their own group their own version:
 * so their makers release them.
 */
const platforms = new Map([
  ['org.springframework.boot:spring-boot-starter-parent', 'org.springframework.boot'],
  ['org.springframework.boot:spring-boot-dependencies', 'org.springframework.boot'],
  ['io.quarkus.platform:quarkus-bom', 'io.quarkus'],
  ['io.netty:netty-bom', 'io.netty'],
])

function versionOfPlatform({ poms, properties }: Chain, group: string): string {
  const parents = poms.flatMap(pom => pom.parent ?? [])
  const imports = poms.flatMap(pom => pom.managed.filter(item => item.scope === 'import'))
  const platform = [...parents, ...imports].find(
    item => platforms.get(`${interpolate(item.group, properties)}:${interpolate(item.artifact, properties)}`) === group,
  )
  return platform?.version ?? ''
}

/**
 * A range gives its lower end (`[1.2,2.0)` → 1.2; of several the first that has one), else its upper one where that is allowed (`(,2.0]` → 2.0, `(,2.0)` →
 * none). What still has a property in it is not known, nor what a repository calls its newest.
 */
function versionOf(version: string, written: string): { version: string; requirement?: string } {
  const plain = known(/^[[(]/.test(version) ? endOfRange(version) : version)
  return plain === written
    ? { version: plain }
    : { version: plain, ...(written === '' ? {} : { requirement: written }) }
}

function endOfRange(range: string): string {
  const sets = [...range.matchAll(/[[(]([^,\])]{0,200})(?:,([^\])]{0,200}))?([\])])/g)]
  const lower = sets.map(([, from = '']) => from.trim()).find(from => from !== '')
  return lower ?? sets.map(([, , to = '', end]) => (end === ']' ? to.trim() : '')).findLast(to => to !== '') ?? ''
}

const known = (version: string) => (version.includes('${') || /^(?:LATEST|RELEASE)$/.test(version) ? '' : version)

const maxSteps = 64
const maxLength = 4096

/** Fills `${name}` in, also within what was filled in. What is not known, or refers to itself, stays as it is. */
export function interpolate(text: string, properties: Map<string, string>): string {
  if (!text.includes('${') || text.length > maxLength) return text
  let result = text
  for (let step = 0; step < maxSteps; step++) {
    const before = result
    result = result.replace(/\$\{([^${}]+)\}/g, (whole, name: string) => shortValue(properties, name) ?? whole)
    if (result === before) return result
    if (result.length > maxLength) break
  }
  return text
}

/** A value longer than any version is an attack: it counts as unknown. */
function shortValue(properties: Map<string, string>, name: string): string | undefined {
  const value = properties.get(name.trim())
  return value !== undefined && value.length <= maxLength ? value : undefined
}
