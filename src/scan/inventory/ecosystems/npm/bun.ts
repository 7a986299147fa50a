import { foundList, idOf, reachable } from '../../../../base/found.ts'
import { entriesAt, own, parseJsonObject, stringAt, stripJsonComments } from '../../../../base/json.ts'
import type { Extractor, FoundPackage, ReportProblem } from '../../../../base/model/ecosystem.ts'
import { type BinaryPackage, readBinaryLock } from './bun-binary.ts'
import { isVersion, originOf, splitSpec, versionOfTarball } from './package.ts'

/** bun.lock, the text lock file of Bun 1.2 and later (JSON with trailing commas), and bun.lockb, the binary one before. */
export const bun: Extractor = {
  id: 'bun',
  revision: 3,
  stage: 'lock',
  patterns: [{ basename: 'bun.lock' }, { basename: 'bun.lockb' }],
  parse(file, problem) {
    if (file.path.endsWith('b')) return packagesOfBinary(readBinaryLock(Buffer.from(file.bytes())))
    return packagesOf(parseJsonObject(stripJsonComments(file.text())), problem)
  },
}

/** The project's own folders have no version there. */
function packagesOfBinary(packages: BinaryPackage[]): FoundPackage[] {
  const needs = (pkg: BinaryPackage) =>
    pkg.needs.flatMap(({ index, development }) => (development && pkg.folder ? [] : (packages[index] ?? [])))
  const own = packages.filter(({ folder }) => folder)
  const direct = new Set(own.flatMap(pkg => pkg.needs.flatMap(({ index }) => packages[index] ?? [])))
  const produced = reachable(own, needs)
  const id = ({ name, version, resolved }: BinaryPackage) => idOf({ name, version: version || (resolved ?? '') })
  const found = foundList()
  for (const pkg of packages) {
    if (pkg.folder) continue
    const { name, resolved } = pkg
    const version = pkg.version || versionOfTarball(name, resolved ?? '')
    const dependsOn = [...new Set(needs(pkg).flatMap(other => (other.folder ? [] : id(other))))]
    const extra = originOf(pkg)
    found.add({
      id: id(pkg),
      name,
      version,
      relationship: direct.has(pkg) ? 'direct' : 'indirect',
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(!produced.has(pkg) && { development: true }),
      ...(extra && { extra }),
    })
  }
  return found.all()
}

interface Node {
  key: string
  id: string
  name: string
  version: string
  facts: unknown
  resolved?: string
  integrity?: string
  workspace: boolean
}

const needFields = ['dependencies', 'optionalDependencies', 'peerDependencies']

function packagesOf(lock: Record<string, unknown>, problem?: ReportProblem): FoundPackage[] {
  const nodes = new Map<string, Node>()
  const workspaces = entriesAt(lock, 'workspaces')
  let unreadable = 0
  for (const [key, value] of entriesAt(lock, 'packages')) {
    if (isTuple(value)) {
      const node = nodeOf(key, value[0], value, lock)
      if (node) nodes.set(key, node)
    } else unreadable++
  }
  if (unreadable > 0) problem?.('malformed', `bun: ${unreadable} entries that name no package`)
  const needs = (node: Node) => wanted(node.facts, needFields, node.key, nodes)
  const roots = (fields: string[]) =>
    workspaces.flatMap(([, facts]) => wanted(facts, fields, workspaceKey(facts), nodes))
  const production = roots(needFields)
  const development = roots(['devDependencies'])
  const direct = new Set([...production, ...development])
  const produced = reachable(production, needs)
  const found = foundList()
  for (const node of nodes.values()) {
    // A folder of the project without a version of its own is no package.
    if (isFolder(node) && node.version === '') continue
    const dependsOn = [
      ...new Set(needs(node).flatMap(other => (isFolder(other) && other.version === '' ? [] : other.id))),
    ]
    const extra = originOf(node)
    found.add({
      id: node.id,
      name: node.name,
      version: node.version,
      relationship: node.workspace ? 'workspace' : direct.has(node) ? 'direct' : 'indirect',
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(!node.workspace && !produced.has(node) && { development: true }),
      ...(extra && { extra }),
    })
  }
  return found.all()
}

const isFolder = ({ workspace, resolved }: Node) => workspace || resolved?.startsWith('file:') === true

function isTuple(value: unknown): value is [string, ...unknown[]] {
  return Array.isArray(value) && typeof value[0] === 'string' && splitSpec(value[0]) !== undefined
}

/**
 * `"key": [spec, …]` (bun's src/install/lockfile/bun.lock.zig):
 *
 *     npm       ["name@1.0.0", registry, info, integrity]
 *     git       ["name@git+url#commit", info, tag]     github ["name@github:user/repo#commit", info, tag]
 *     tarball   ["name@https://…tgz", info]            folder, link ["name@file:dir", info]
 *     workspace ["name@workspace:dir", info]           root ["name@root:", …]
 */
function nodeOf(key: string, text: string, value: unknown[], lock: Record<string, unknown>): Node | undefined {
  const spec = splitSpec(text)
  if (!spec || /^(?:root|link):/.test(spec.rest)) return undefined
  const { name } = spec
  const rest = spec.rest.replace(/^npm:/, '')
  const facts = value.slice(1).find(item => typeof item === 'object' && item !== null)
  const integrity = value.find(item => typeof item === 'string' && /^sha\d+-/.test(item)) as string | undefined
  const workspace = rest.startsWith('workspace:')
  if (workspace) {
    const own_ = own(own(lock, 'workspaces'), rest.slice('workspace:'.length))
    const version = stringAt(own_, 'version') ?? ''
    return { key, id: idOf({ name, version }), name, version, facts: own_ ?? facts, workspace }
  }
  const version = isVersion(rest) ? rest : versionOfTarball(name, rest)
  return {
    key,
    id: idOf({ name, version: version || rest }),
    name,
    version,
    facts,
    workspace,
    integrity,
    ...(version !== rest && { resolved: rest }),
  }
}

function wanted(facts: unknown, fields: string[], from: string, nodes: Map<string, Node>): Node[] {
  return fields.flatMap(field => entriesAt(facts, field).flatMap(([name]) => resolve(from, name, nodes) ?? []))
}

/** A key is the path of package names to a nested copy: the nearest copy on the way up counts. */
function resolve(from: string, name: string, nodes: Map<string, Node>): Node | undefined {
  for (let at = from, left = 64; at !== '' && left > 0; at = parent(at), left--) {
    const node = nodes.get(`${at}/${name}`)
    if (node) return node
  }
  return nodes.get(name)
}

/** `a/@scope/b` → `a`. */
function parent(key: string): string {
  const slash = key.lastIndexOf('/')
  if (slash < 0) return ''
  const before = key.lastIndexOf('/', slash - 1)
  const scoped = key[before + 1] === '@'
  return scoped ? key.slice(0, Math.max(0, before)) : key.slice(0, slash)
}

function workspaceKey(facts: unknown): string {
  return stringAt(facts, 'name') ?? ''
}
