import type { Package } from '../../base/model/package.ts'
import type { Resolve } from './links.ts'

/**
 * Marks language packages whose file an OS package brought (`ownedBy`), so that the distribution's word on it counts. Paths are compared after the
 * root's folder links (`/lib -> /usr/lib`) are followed on both sides, since a file list may name either.
 */
export function markOwners(
  packages: readonly Package[],
  isOsPackage: (pkg: Package) => boolean,
  resolve: Resolve,
): void {
  const waiting = new Map<string, Package[]>()
  for (const pkg of packages) {
    if (isOsPackage(pkg)) continue
    for (const path of placesOf(pkg)) {
      const key = resolve(path) ?? path
      const list = waiting.get(key)
      if (list) list.push(pkg)
      else waiting.set(key, [pkg])
    }
  }
  if (waiting.size === 0) return
  const follow = topFolderResolver(resolve)
  for (const owner of packages) {
    if (!owner.files || !isOsPackage(owner)) continue
    for (const file of owner.files) {
      const found = waiting.get(file) ?? waiting.get(follow(file))
      if (found) for (const pkg of found) pkg.ownedBy ??= owner.id
    }
  }
}

/** The file itself; for something inside an archive (`a.jar/b.jar`), the archives around it too. */
function placesOf({ path }: Package): string[] {
  const places = [path]
  const inner = /\.(?:jar|war|ear|whl|egg|zip|par|jmod)(?=[/!:])/gi
  for (const match of path.matchAll(inner)) places.push(path.slice(0, match.index + match[0].length))
  return places
}

/** Resolves by the first folder alone, remembered: file lists hold tens of thousands of paths below a handful of folders. */
function topFolderResolver(resolve: Resolve): (path: string) => string {
  const memory = new Map<string, string>()
  return path => {
    const slash = path.indexOf('/')
    if (slash < 0) return path
    const top = path.slice(0, slash)
    const target = memory.get(top) ?? resolve(top) ?? top
    memory.set(top, target)
    return target === top ? path : `${target}${path.slice(slash)}`
  }
}
