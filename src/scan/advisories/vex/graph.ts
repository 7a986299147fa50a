import type { Package } from '../../../base/model/package.ts'

const most = 100_000

/**
 * Answers for a package whether every way to it, from what the artifact needs itself, leads through a package that the test is true of. A package that nothing is known
 * to need, or that a project names itself, is needed by the artifact.
 */
export function onlyThrough(packages: readonly Package[]): (pkg: Package, test: (one: Package) => boolean) => boolean {
  let above: Map<string, Package[]> | undefined
  return (pkg, test) => {
    above ??= needersOf(packages)
    if (pkg.relationship === 'direct') return false
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
}

function needersOf(packages: readonly Package[]): Map<string, Package[]> {
  const above = new Map<string, Package[]>()
  for (const needer of packages)
    for (const id of needer.dependsOn) {
      const known = above.get(id)
      if (known) known.push(needer)
      else above.set(id, [needer])
    }
  return above
}
