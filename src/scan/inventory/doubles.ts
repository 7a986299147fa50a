import type { Package } from '../../base/model/package.ts'

/**
 * Leaves out what is said twice: what an SBOM lists that is found as well; what was recognised by files of its own where a package manager states it better: the distribution's package that owns the file, or
 * the package of conda, Nix, Homebrew, Bitnami or a Java runtime in whose folder it stands. A third party's OS package does not count: no distribution speaks of it.
 */
export function withoutDoubles(packages: Package[]): Package[] {
  return withoutRecognised(withoutListed(packages))
}

/** What an SBOM inside an artifact lists and a package database, a lock file or another reader of the same file states too. */
function withoutListed(packages: Package[]): Package[] {
  if (!packages.some(isListed)) return packages
  const key = ({ type, name, version }: Package) => `${type}\0${name}\0${version}`
  const stated = new Set(packages.filter(pkg => !isListed(pkg)).map(key))
  return packages.filter(pkg => !isListed(pkg) || !stated.has(key(pkg)))
}

const isListed = ({ foundBy }: Package) => foundBy === 'sbom'

function withoutRecognised(packages: Package[]): Package[] {
  if (!packages.some(isRecognised)) return packages
  const byId = new Map(packages.map(pkg => [pkg.id, pkg]))
  const areas = packages.flatMap(pkg => {
    const folder = areaOf(pkg)
    return folder === undefined ? [] : [{ folder, pkg }]
  })
  return packages.filter(pkg => {
    if (!isRecognised(pkg)) return true
    const owner = pkg.ownedBy === undefined ? undefined : byId.get(pkg.ownedBy)
    if (owner && !owner.thirdParty) return false
    return !areas.some(
      ({ folder, pkg: stated }) => stated !== pkg && pkg.path.startsWith(folder) && isSame(stated, pkg),
    )
  })
}

const recognising = new Set(['binary', 'elf-package', 'linux-kernel', 'java-runtime', 'runtime-version'])
const isRecognised = ({ foundBy }: Package) => recognising.has(foundBy)

/** The folder that a package's manager keeps it in. */
function areaOf({ foundBy, path }: Package): string | undefined {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  if (foundBy === 'nix') return `${path}/`
  if (foundBy === 'conda-pkg') return folder.replace(/conda-meta\/$/, '')
  return foundBy === 'homebrew' || foundBy === 'bitnami' || foundBy === 'java-runtime' ? folder : undefined
}

/** `openssl` and `libssl`'s conda name `openssl`, `zlib` and `libzlib`, `curl` and `libcurl`: one name in the other, and one version. */
function isSame(stated: Package, recognised: Package): boolean {
  if (stated.foundBy === 'java-runtime') return recognised.name === 'openjdk'
  const [a, b] = [stated.name.toLowerCase(), recognised.name.toLowerCase()]
  const named = a.includes(b) || b.includes(a) || (a === 'apache' && b === 'httpd')
  return named && (stated.version === recognised.version || stated.version.startsWith(`${recognised.version}-`))
}
