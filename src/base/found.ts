import type { FoundPackage } from './model/ecosystem.ts'

/** Packages of one file, in the order found; those with the same id become one. */
export interface FoundList {
  add(pkg: FoundPackage): FoundPackage
  all(): FoundPackage[]
}

/**
 * Collects a file's packages. A lock file may state a package several times (nested copies, peer variants, platforms): the one kept needs all that
 * any of them needs, is for development only if all are, and is direct if one is.
 */
export function foundList(): FoundList {
  const byId = new Map<string, FoundPackage>()
  return {
    add(pkg) {
      const id = pkg.id ?? idOf(pkg)
      const known = byId.get(id)
      if (known) return merge(known, pkg)
      const kept = { id, ...pkg }
      byId.set(id, kept)
      return kept
    },
    all: () => [...byId.values()],
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

const rank = { root: 3, workspace: 2, direct: 1, indirect: 0 }

function merge(known: FoundPackage, other: FoundPackage): FoundPackage {
  if (other.dependsOn?.length) known.dependsOn = [...new Set([...(known.dependsOn ?? []), ...other.dependsOn])]
  if (known.development && !other.development) delete known.development
  if (other.relationship && rank[other.relationship] > rank[known.relationship ?? 'indirect'])
    known.relationship = other.relationship
  if (!known.licenses?.length && other.licenses?.length) known.licenses = other.licenses
  return known
}
