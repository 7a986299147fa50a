import type { Distro } from '../../base/model/distro.ts'
import type { Package } from '../../base/model/package.ts'
import { formatPurl } from '../../base/purl.ts'

type Described = Pick<Package, 'name' | 'version' | 'type' | 'arch' | 'source' | 'module' | 'extra'>

const osTypes = new Set(['deb', 'apk', 'rpm', 'alpm'])

/** The purl of a package as the purl types define it, with the qualifiers of our contract for OS packages: arch, distro, epoch, upstream, rpmmod. */
export function packagePurl(pkg: Described, os?: Distro): string {
  const { type, version } = pkg
  if (osTypes.has(type)) return osPackagePurl(pkg, os)
  return formatPurl({ type, ...splitName(type, pkg.name), version })
}

function osPackagePurl(pkg: Described, os: Distro | undefined): string {
  const { type } = pkg
  const [epoch, version] = type === 'apk' ? ['', pkg.version] : cutEpoch(pkg.version)
  return formatPurl({
    type,
    namespace: namespaceOf(type, os),
    name: type === 'rpm' ? pkg.name : pkg.name.toLowerCase(),
    version,
    qualifiers: {
      arch: pkg.arch,
      distro: distroQualifier(os),
      epoch,
      rpmmod: type === 'rpm' ? pkg.module : undefined,
      upstream: upstreamOf(pkg),
    },
  })
}

function upstreamOf({ type, name, version, source, extra }: Described): string | undefined {
  if (type === 'rpm') return extra?.srcRpm
  if (!source || (source.name === name && source.version === version)) return undefined
  return source.version === '' ? source.name : `${source.name}@${source.version}`
}

function distroQualifier(os: Distro | undefined): string | undefined {
  if (!os) return undefined
  const id = os.release.ID ?? os.family
  const version = os.release.VERSION_ID ?? os.version
  return version === '' ? id : `${id}-${version}`
}

/** The vendor part of OS purls: Red Hat's packages say `redhat` and SUSE's `suse`, whatever ID their os-release gives. */
function namespaceOf(type: string, os: Distro | undefined): string {
  const id = (os?.release.ID ?? os?.family ?? '').toLowerCase().replaceAll(' ', '-')
  if (type !== 'rpm') return id
  if (id === 'rhel') return 'redhat'
  if (id.startsWith('opensuse')) return 'opensuse'
  return id === 'sles' || id.startsWith('suse') ? 'suse' : id
}

function cutEpoch(version: string): [string, string] {
  const at = version.indexOf(':')
  return at > 0 && /^\d+$/.test(version.slice(0, at)) ? [version.slice(0, at), version.slice(at + 1)] : ['', version]
}

/** How each purl type divides the name its ecosystem writes. Go keeps its case: modules that differ in case alone are different modules. */
function splitName(type: string, name: string): { namespace?: string; name: string } {
  switch (type) {
    case 'maven':
      return cut(name, name.indexOf(':'))
    case 'pypi':
      return { name: name.toLowerCase().replaceAll('_', '-') }
    case 'composer':
    case 'github':
    case 'bitbucket':
      return cut(name.toLowerCase(), name.lastIndexOf('/'))
    case 'npm':
    case 'golang':
    case 'swift':
      return cut(name, name.lastIndexOf('/'))
    default:
      return { name }
  }
}

function cut(name: string, at: number): { namespace?: string; name: string } {
  return at < 0 ? { name } : { namespace: name.slice(0, at), name: name.slice(at + 1) }
}
