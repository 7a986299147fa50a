import { foundList, idOf, reachable } from '../../../../base/found.ts'
import type { Extractor, FoundPackage, ReportProblem } from '../../../../base/model/ecosystem.ts'
import { originOf, versionOfTarball } from './package.ts'
import { readPnpmKey, withoutPeers } from './pnpm-key.ts'
import { type PnpmLock, type PnpmNeed, type PnpmPackage, readPnpmLock } from './pnpm-lock.ts'

/** pnpm-lock.yaml of lockfileVersion 5.0 to 9.0; shrinkwrap.yaml (shrinkwrapVersion 3 and 4), its name before pnpm 3. */
export const pnpm: Extractor = {
  id: 'pnpm',
  revision: 2,
  stage: 'lock',
  patterns: [{ basename: 'pnpm-lock.yaml' }, { basename: 'shrinkwrap.yaml' }],
  parse: (file, problem) => packagesOf(readPnpmLock(file.text()), problem),
}

interface Node {
  pkg: PnpmPackage
  id: string
  name: string
  version: string
}

function packagesOf(lock: PnpmLock, problem?: ReportProblem): FoundPackage[] {
  const nodes = new Map<string, Node>()
  for (const pkg of lock.packages.values()) {
    const node = nodeOf(pkg, lock.version)
    if (node) nodes.set(pkg.key, node)
  }
  const graph = graphOf(lock, nodes)
  if (graph.lost.length > 0)
    problem?.(
      'malformed',
      `pnpm: ${graph.lost.length} packages are asked for and not there: ${graph.lost.slice(0, 3).join(', ')}`,
    )
  const found = foundList()
  for (const node of nodes.values()) {
    const { id, name, version, pkg } = node
    const dependsOn = graph.needs(pkg.key)
    found.add({
      id,
      name,
      version,
      lines: pkg.lines,
      relationship: graph.direct.has(id) ? 'direct' : 'indirect',
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(isDevelopment(node, graph) && { development: true }),
      ...extraOf(pkg),
    })
  }
  return found.all()
}

function nodeOf(pkg: PnpmPackage, lockfileVersion: number): Node | undefined {
  const stated = readPnpmKey(pkg.key, lockfileVersion)
  const name = pkg.fields.get('name') ?? stated.name
  const version =
    pkg.fields.get('version') ?? (stated.version || versionOfTarball(name, pkg.fields.get('tarball') ?? ''))
  // A folder of the project (`file:dir`) without a name or version of its own is no package.
  return name === '' || (version === '' && pkg.fields.has('directory'))
    ? undefined
    : { pkg, id: idOf({ name, version }), name, version }
}

/** Up to 6.x every package says it; in 9.x it follows from who needs it. */
function isDevelopment({ pkg, id }: Node, graph: Graph): boolean {
  const stated = pkg.fields.get('dev')
  return stated === undefined ? graph.developed.has(id) && !graph.produced.has(id) : stated === 'true'
}

function extraOf(pkg: PnpmPackage): { extra?: Record<string, string> } {
  const resolved = pkg.fields.get('tarball') ?? pkg.fields.get('repo')
  const commit = pkg.fields.get('commit')
  const extra = originOf({ integrity: pkg.fields.get('integrity'), resolved })
  return extra || commit ? { extra: { ...extra, ...(commit && { commit }) } } : {}
}

interface Graph {
  /** Ids that a package (by its key in `packages`) needs. */
  needs: (key: string) => string[]
  direct: Set<string>
  produced: Set<string>
  developed: Set<string>
  /** What the project asks for and no entry answers: the file is cut off. */
  lost: string[]
}

function graphOf(lock: PnpmLock, nodes: Map<string, Node>): Graph {
  const find = ([name, resolved]: PnpmNeed) => findNode(lock.version, nodes, name, resolved)
  const byKey = new Map<string, Set<string>>()
  const byId = new Map<string, Set<string>>()
  const note = (key: string, list: PnpmNeed[]) => {
    const node = nodes.get(key) ?? nodes.get(withoutPeers(key))
    if (!node) return
    for (const [map, mapKey] of [[byKey, node.pkg.key] as const, [byId, node.id] as const]) {
      const ids = map.get(mapKey) ?? new Set()
      map.set(mapKey, ids)
      for (const need of list) {
        const target = find(need)
        if (target) ids.add(target.id)
      }
    }
  }
  for (const pkg of lock.packages.values()) note(pkg.key, pkg.needs)
  for (const [key, list] of lock.snapshots) note(key, list)
  const ids = (list: PnpmNeed[]) => list.flatMap(need => find(need)?.id ?? [])
  const next = (id: string) => byId.get(id) ?? []
  return {
    needs: key => [...(byKey.get(key) ?? [])],
    direct: new Set([...ids(lock.production), ...ids(lock.development)]),
    produced: reachable(ids(lock.production), next),
    developed: reachable(ids(lock.development), next),
    lost: [...lock.production, ...lock.development].flatMap(need =>
      isLocal(need[1]) || find(need) ? [] : need.join(' ').slice(0, 200),
    ),
  }
}

/** Folders of the project: linked, or (before 9.0) with an entry that may have no name. */
const isLocal = (resolved: string) => /^(?:link|file|workspace|portal):|@file:/.test(resolved)

/** `resolved` is a version of `name`, with peers, or (aliases, tarballs, git) a key itself. */
function findNode(version: number, nodes: Map<string, Node>, name: string, resolved: string): Node | undefined {
  if (resolved.startsWith('link:')) return undefined
  const bare = withoutPeers(resolved)
  const joined = version >= 9 ? `${name}@` : version >= 6 ? `/${name}@` : `/${name}/`
  return (
    nodes.get(joined + resolved) ??
    nodes.get(joined + bare) ??
    nodes.get(resolved) ??
    nodes.get(bare) ??
    nodes.get(`/${joined}${bare}`)
  )
}
