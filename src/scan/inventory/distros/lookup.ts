import type { Distro } from '../../../base/model/distro.ts'
import type { Package } from '../../../base/model/package.ts'
import { debianVersion } from './names.ts'
import { type DistroFamily, distroFamily } from './table.ts'
import { isUbuntuLts, ubuntuSupported } from './ubuntu.ts'

type PackageFacts = Pick<Package, 'name' | 'version' | 'type' | 'source'>

/**
 * The ecosystems (canonical OSV names) whose advisories speak of an OS package, the vendor's own word first: an earlier one's record about a flaw
 * silences later ones'. Empty when the family is not known or nobody publishes for it. `now` is in ms since the epoch.
 */
export function advisoryEcosystemsOf(distro: Distro | undefined, pkg?: PackageFacts, now = Date.now()): string[] {
  if (!distro) return []
  const family = distroFamily(distro.family)
  if (!family) return []
  const own = special.get(family.family)?.(family, distro, pkg, now)
  const names = own ?? [named(family.ecosystem, family.release(distro))]
  return pkg ? [...rebuilders(names, pkg), ...names] : names
}

function named(ecosystem: string, release: string): string {
  return release === '' ? ecosystem : `${ecosystem}:${release}`
}

/** Packages rebuilt by Root.io or Seal carry their mark in version or name and have advisories of their own, before the distribution's. */
function rebuilders(names: string[], pkg: PackageFacts): string[] {
  if (isRootRebuild(pkg)) return names.map(name => `Root:${name}`)
  return pkg.name.startsWith('seal-') || pkg.source?.name.startsWith('seal-') ? names.map(name => `Seal:${name}`) : []
}

/** Whether a version is Root.io's: `1.22.1-9+deb12u2.root.io.1`, apk `1.36.1-r00072`. */
export function isRootRebuild({ version, type }: Pick<Package, 'version' | 'type'>): boolean {
  return /\.root\.io\.\d+$/.test(version) || (type === 'apk' && /-r\d007\d+$/.test(version))
}

type Special = (family: DistroFamily, distro: Distro, pkg: PackageFacts | undefined, now: number) => string[]

const special = new Map<string, Special>([
  ['debian', debian],
  ['ubuntu', ubuntu],
  ['redhat', redhat],
  [
    'centos',
    (family, distro) => {
      const release = family.release(distro)
      return [named('Red Hat', release), 'Red Hat', ...lifeExtension(release)]
    },
  ],
  ['alma', rebuild],
  ['rocky', rebuild],
  ['suse-linux-enterprise-server', suse],
  ['openeuler', openEuler],
  ['wolfi', family => [family.ecosystem]],
  ['chainguard', family => [family.ecosystem]],
])

/**
 * A package that says which suite it comes from is judged by that suite: `~bpo12+1` is a rebuild of the next release's package,
 * `+deb13u1` on a Debian 12 was taken from 13.
 */
function debian(family: DistroFamily, distro: Distro, pkg: PackageFacts | undefined): string[] {
  const release = Number(debianVersion(family.release(distro)))
  // `forky/sid` is written by testing and by unstable alike: a feed may know either.
  const rolling = /\/sid$/.test(distro.version) || distro.version === '' ? [named('Debian', 'unstable')] : []
  if (rolling.length > 0 || !Number.isInteger(release) || !pkg)
    return [...(distro.version === '' ? [] : [named('Debian', debianVersion(family.release(distro)))]), ...rolling]
  const backport = /~bpo(\d+)\+/.exec(pkg.version)
  if (backport) return [named('Debian', String(Number(backport[1]) + 1))]
  const suite = Number(/[+~]deb(\d+)u\d+/.exec(pkg.version)?.[1] ?? 0)
  return [named('Debian', String(Math.max(suite, release)))]
}

/**
 * Extended maintenance (ESM, Pro). Each package of an LTS is in one of the two lists only: what the community keeps up (universe) in that of Pro from the start, the rest once
 * standard support has ended, when the Pro records speak first. Without ESM attached they still tell that a flaw is there and where its fix is to be had. Releases that
 * are no LTS have no ESM, and their frozen data says nothing then.
 */
function ubuntu(family: DistroFamily, distro: Distro, pkg: PackageFacts | undefined, now: number): string[] {
  const release = family.release(distro)
  const esm = distro.esm === true || /-ESM$/i.test(distro.version)
  const plain = named('Ubuntu', release)
  const pro = named('Ubuntu:Pro', release)
  const patched = pkg !== undefined && /[+~]esm\d+/.test(pkg.version)
  if (pkg !== undefined && /[.+~]fips[.\d]/i.test(pkg.version)) return [...fipsLines(release), pro, plain]
  if (pkg !== undefined && /-realtime(?:-|$)/.test(pkg.name)) return [named('Ubuntu:Pro:Realtime', release), pro, plain]
  if (!isUbuntuLts(release)) return ubuntuSupported(release, now) ? [plain] : [esm ? pro : plain]
  if (ubuntuSupported(release, now) && !patched) return [plain, pro]
  return [pro, plain]
}

/** Certified builds (`1.1.1f-1ubuntu2.fips.22`, `5.4.0-1026.30+fips1`) have fixes of their own, and no version that compares with the others'. */
function fipsLines(release: string): string[] {
  return ['FIPS-updates', 'FIPS', 'FIPS-preview'].map(line => named(`Ubuntu:Pro:${line}`, release))
}

/** `Red Hat:9.4-eus` when the image says so, then the minor release, the major one, and the word for all. */
function redhat(family: DistroFamily, distro: Distro): string[] {
  const version = /\d+(?:\.\d+)?/.exec(distro.version)?.[0] ?? ''
  const major = version.split('.')[0] ?? ''
  const names = version === major ? [] : [named('Red Hat', version)]
  const subscribed = supportLines(distro)
  const bound = subscribed.filter(line => line !== 'els').map(line => `Red Hat:${version}-${line}`)
  const main = [...bound, ...names, named('Red Hat', major), named(family.ecosystem, '')]
  return subscribed.includes('els') ? [`Red Hat:${major}-els`, ...main] : [...main, ...lifeExtension(major)]
}

/**
 * Once a release is out of support its fixes come to subscribers of its life extension alone, and Red Hat's statements then name no other. To everybody else they say that the flaw
 * is there; so they come last.
 */
function lifeExtension(major: string): string[] {
  return major === '6' || major === '7' ? [`Red Hat:${major}-els`] : []
}

const lines = ['eus', 'e4s', 'aus', 'tus', 'els'].map(name => ({
  name,
  said: new RegExp(`[-_:]${name}(?:[-_:]|$)`),
  version: new RegExp(`[+-]${name}$`, 'i'),
}))
/** Asked for every package of an image. */
const known = new WeakMap<Distro, string[]>()

/**
 * The lines of support beside the main one that the image is subscribed to, by its content sets (`rhel-8-for-x86_64-baseos-aus-rpms__8_DOT_6`), CPEs (`rhel_e4s:9.0`) or version (`9.4+eus`):
 * Extended Update Support, updates for SAP, advanced and telecommunications' update support, life extension.
 */
function supportLines(distro: Distro): string[] {
  const found = known.get(distro) ?? readSupportLines(distro)
  known.set(distro, found)
  return found
}

function readSupportLines(distro: Distro): string[] {
  const texts = [...(distro.contentSets ?? []), ...(distro.cpes ?? []), distro.release.CPE_NAME ?? '']
  return lines
    .filter(({ said, version }) => version.test(distro.version) || texts.some(text => said.test(text)))
    .map(({ name }) => name)
}

/** Whether the image stays on its minor release, by a line of support for that alone. */
export function hasExtendedUpdates(distro: Distro): boolean {
  return supportLines(distro).some(line => line !== 'els')
}

/** AlmaLinux and Rocky rebuild Red Hat's sources: their own errata first, Red Hat's word on what has none. */
function rebuild(family: DistroFamily, distro: Distro): string[] {
  const release = family.release(distro)
  return [named(family.ecosystem, release), named('Red Hat', release)]
}

/** Where only the number is known (`22.03`, of an SBOM), the package's release says the rest: `.oe2203sp3`. Long-term support begins in March of even years. */
function openEuler(family: DistroFamily, distro: Distro, pkg: PackageFacts | undefined): string[] {
  const release = family.release(distro)
  const [, year, month, pack] = /\.oe(\d{2})(\d{2})(sp\d+)?$/.exec(pkg?.version ?? '') ?? []
  const lts = month === '03' && Number(year) % 2 === 0 ? '-LTS' : ''
  const own = year && `${year}.${month}${lts}${pack ? `-${pack.toUpperCase()}` : ''}`
  return [
    named('openEuler', own !== undefined && /^\d+\.\d+$/.test(release) && own.startsWith(release) ? own : release),
  ]
}

/**
 * What is said of `15` is said of the first release of 15: each service pack has its own packages and modules. The modules of 12 (Public Cloud, Web and Scripting …) are
 * for all of its service packs.
 */
function suse(family: DistroFamily, distro: Distro): string[] {
  const release = family.release(distro)
  return release.startsWith('12.') ? [named('SUSE', release), named('SUSE', '12')] : [named('SUSE', release)]
}
