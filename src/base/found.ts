import type { FoundPackage } from './model/ecosystem.ts'

/** Packages of one file, in the order found; those with the same id become one. */
export interface FoundList {
  /** A package without a name is none. */
  add(pkg: FoundPackage): void
  all(): FoundPackage[]
}

/**
 * Collects a file's packages. A lock file may state a package several times (nested copies, peer variants, platforms): the one kept needs all that
 * any of them needs, is for development only if all are, and is direct if one is.
 */
export function foundList(): FoundList {
  const byId = new Map<string, FoundPackage>()
  const needs = new Map<string, Set<string>>()
  return {
    add(pkg) {
      const id = pkg.id ?? idOf(pkg)
      const known = byId.get(id)
      if (known) {
        merge(known, pkg)
        if (pkg.dependsOn?.length) addNeeds(needs, id, known, pkg.dependsOn)
      } else if (pkg.name !== '') byId.set(id, { id, ...pkg })
    },
    all() {
      for (const [id, ids] of needs) byId.get(id)!.dependsOn = [...ids]
      return [...byId.values()]
    },
  }
}

/** The id that a package has within its file where nothing else is set: what `dependsOn` of its neighbours names. */
export function idOf({ name, version }: Pick<FoundPackage, 'name' | 'version'>): string {
  return `${name}@${version}`
}

/** All that can be reached from `roots` by `next`, the roots included. */
export function reachable<Node>(roots: Iterable<Node>, next: (node: Node) => Iterable<Node>): Set<Node> {
  const seen = new Set<Node>(roots)
  const queue = [...seen]
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const found of next(node)) {
      if (seen.has(found)) continue
      seen.add(found)
      queue.push(found)
    }
  }
  return seen
}

/** Kept in sets until the end: a file that repeats one package without end must not copy a growing list each time. */
function addNeeds(needs: Map<string, Set<string>>, id: string, known: FoundPackage, more: string[]): void {
  const ids = needs.get(id) ?? new Set(known.dependsOn)
  needs.set(id, ids)
  for (const other of more) ids.add(other)
}

const rank = { root: 3, workspace: 2, direct: 1, indirect: 0 }

function merge(known: FoundPackage, other: FoundPackage): void {
  if (known.development && !other.development) delete known.development
  if (other.relationship && rank[other.relationship] > rank[known.relationship ?? 'indirect'])
    known.relationship = other.relationship
  if (!known.licenses?.length && other.licenses?.length) known.licenses = other.licenses
}
