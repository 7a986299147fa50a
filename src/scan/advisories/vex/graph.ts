import type { Package } from '../../../base/model/package.ts'

const most = 100_000

/** A package, or a project whose version nobody states. */
export type Named = Pick<Package, 'purl' | 'version'>

interface Graph {
  /** What needs a package, by its id. */
  above: Map<string, Package[]>
  /** By the file that names packages: whose file it is. */
  projects: Map<string, Named[]>
}

/**
 * Answers for a package whether every way to it, from what the artifact needs itself, leads through a package that the test is true of. A package that nothing is known
 * to need, or that a project names itself, is needed by the artifact. All that stands in a project's lock file is needed by that project alone.
 */
export function onlyThrough(packages: readonly Package[]): (pkg: Package, test: (one: Named) => boolean) => boolean {
  let graph: Graph | undefined
  return (pkg, test) => {
    graph ??= graphOf(packages)
    const projects = graph.projects.get(pkg.path) ?? []
    if (projects.length > 0 && projects.every(test)) return true
    return pkg.relationship !== 'direct' && leadsThrough(pkg, test, graph.above)
  }
}

function leadsThrough(pkg: Package, test: (one: Named) => boolean, above: Graph['above']): boolean {
  const seen = new Set<string>([pkg.id])
  const queue = [pkg]
  let through = false
  for (let at = 0; at < queue.length && at < most; at++) {
    const needers = above.get(queue[at]!.id) ?? []
    if (needers.length === 0) return false
    for (const needer of needers) {
      if (test(needer)) through = true
      else if (needer.relationship !== undefined && needer.relationship !== 'indirect') return false
      else if (!seen.has(needer.id)) {
        seen.add(needer.id)
        queue.push(needer)
      }
    }
  }
  return through && queue.length < most
}

function graphOf(packages: readonly Package[]): Graph {
  const graph: Graph = { above: new Map(), projects: new Map() }
  for (const pkg of packages) {
    for (const id of pkg.dependsOn) push(graph.above, id, pkg)
    const project = projectOf(pkg)
    if (project && pkg.path !== '') push(graph.projects, pkg.path, project)
  }
  return graph
}

/** go.mod names its module without a version; other files have their project as a package. */
function projectOf({ relationship, type, extra, purl, version }: Package): Named | undefined {
  if (type === 'golang' && extra?.module) return { purl: `pkg:golang/${extra.module}`, version: '' }
  return relationship === 'root' ? { purl, version } : undefined
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const known = map.get(key)
  if (known) known.push(item)
  else map.set(key, [item])
}
