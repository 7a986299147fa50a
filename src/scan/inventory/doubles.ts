import type { Package } from '../../base/model/package.ts'

/**
 * Leaves out what is said twice: what an SBOM lists that is found as well; and what was recognised by files of its own where a package manager states it
 * better: the distribution's package that owns the file, the package of conda, Nix, Homebrew, Bitnami or a Java runtime in whose folder it stands, and in
 * the system's folders an OS package of that name and version (databases without file lists). A third party's OS package does not count: no
 * distribution speaks of it.
 */
export function withoutDoubles(packages: Package[]): Package[] {
  const twins = new Map([...listedTwins(packages), ...recognisedTwins(packages)])
  if (twins.size === 0) return packages
  const left = packages.filter(({ id }) => !twins.has(id))
  for (const pkg of left)
    if (pkg.dependsOn.some(id => twins.has(id)))
      pkg.dependsOn = [...new Set(pkg.dependsOn.map(id => twins.get(id) ?? id))].filter(id => id !== pkg.id)
  return left
}

/** By the id of what is left out, the id of what stands for it. */
type Twins = Map<string, string>

/** What an SBOM inside an artifact lists and a package database, a lock file or another reader of the same file states too. */
function listedTwins(packages: readonly Package[]): Twins {
  const listed = packages.filter(({ foundBy }) => foundBy === 'sbom')
  if (listed.length === 0) return new Map()
  const key = ({ type, name, version }: Package) => `${type}\0${name}\0${version}`
  const stated = new Map(packages.filter(({ foundBy }) => foundBy !== 'sbom').map(pkg => [key(pkg), pkg.id]))
  return new Map(
    listed.flatMap((pkg): [string, string][] => {
      const twin = stated.get(key(pkg))
      return twin === undefined ? [] : [[pkg.id, twin]]
    }),
  )
}

const recognising = new Set(['binary', 'elf-package', 'linux-kernel', 'java-runtime', 'runtime-version'])
const osTypes = new Set(['deb', 'apk', 'rpm', 'alpm', 'ebuild'])

function recognisedTwins(packages: readonly Package[]): Twins {
  const twins: Twins = new Map()
  const recognised = packages.filter(({ foundBy }) => recognising.has(foundBy))
  if (recognised.length === 0) return twins
  const byId = new Map(packages.map(pkg => [pkg.id, pkg]))
  const system = packages.filter(
    ({ type, foundBy, thirdParty }) => osTypes.has(type) && !thirdParty && foundBy !== 'elf-package',
  )
  const areas = packages.flatMap(pkg => {
    const folder = areaOf(pkg)
    return folder === undefined ? [] : [{ folder, pkg }]
  })
  for (const pkg of recognised) {
    const owner = pkg.ownedBy === undefined ? undefined : byId.get(pkg.ownedBy)
    const twin = owner
      ? owner.thirdParty
        ? undefined
        : owner
      : (areas.find(({ folder, pkg: stated }) => stated !== pkg && pkg.path.startsWith(folder) && isSame(stated, pkg))
          ?.pkg ?? systemTwin(pkg, system))
    if (twin) twins.set(pkg.id, twin.id)
  }
  return twins
}

/** The folder that a package's manager keeps it in. */
function areaOf({ foundBy, path }: Package): string | undefined {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  if (foundBy === 'nix') return `${path}/`
  if (foundBy === 'conda-pkg') return folder.replace(/conda-meta\/$/, '')
  return foundBy === 'homebrew' || foundBy === 'bitnami' || foundBy === 'java-runtime' ? folder : undefined
}

/** Where packages of the distribution put their files, and nobody else should. */
const systemFolder = /^(?:usr\/)?(?:bin|sbin|lib|lib32|lib64|libexec)\/|^boot\//

function systemTwin(pkg: Package, system: readonly Package[]): Package | undefined {
  return systemFolder.test(pkg.path) ? system.find(stated => isSame(stated, pkg)) : undefined
}

const otherNames = new Map([
  ['httpd', 'apache'],
  ['openjdk', 'java'],
  ['glibc', 'libc6'],
  ['linux', 'kernel'],
])

/** `zlib` and `libzlib`, `python` and `python3.11`, `httpd` and `apache2`: one name in the other, of the package or its source, and one upstream version. */
function isSame(stated: Package, recognised: Package): boolean {
  if (stated.foundBy === 'java-runtime') return recognised.name === 'openjdk'
  const name = recognised.name.toLowerCase()
  const other = otherNames.get(name)
  const named = [stated.name, stated.source?.name ?? ''].some(text => {
    const known = text.toLowerCase()
    return known.length > 1 && (known.includes(name) || name.includes(known) || (other && known.includes(other)))
  })
  return named && isVersionOf(recognised.version, stated.version)
}

/** Whether a package's version is of this upstream one: `1:3.0.22-1~deb12u2` is of 3.0.22, and not of 3.0.2. */
function isVersionOf(upstream: string, version: string): boolean {
  const plain = version.replace(/^\d+:/, '')
  return upstream !== '' && plain.startsWith(upstream) && !/^\.?\d/.test(plain.slice(upstream.length))
}
