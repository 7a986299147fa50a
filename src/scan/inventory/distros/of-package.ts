import type { Distro } from '../../../base/model/distro.ts'
import type { Package } from '../../../base/model/package.ts'
import { parsePurl } from '../../../base/purl.ts'
import { distroFamily } from './table.ts'

const debFamilies = new Set(['debian', 'ubuntu', 'raspbian', 'echo'])
const apkFamilies = new Set(['alpine', 'wolfi', 'chainguard', 'minimos', 'secureos', 'alpaquita'])

/**
 * The distribution that an OS package belongs to. That is the artifact's own, unless the package's purl names another one or another release (`distro=redhat-8.0`
 * in an SBOM that lies in a Debian root, `ubuntu-20.04` in a snap on a later one), or is of a kind that the artifact's distribution does not use: then nobody's word about it is known.
 */
export function distroOfPackage(pkg: Package, own: Distro | undefined): Distro | undefined {
  const stated = /^(.+?)-([^-]*)$/.exec(parsePurl(pkg.purl)?.qualifiers.distro ?? '')
  const family = stated ? distroFamily(stated[1]!) : undefined
  if (stated && family && (!own || distroFamily(own.family) !== family || !isRelease(own, stated[2]!))) {
    return { family: family.family, version: stated[2]!, release: { ID: stated[1]!, VERSION_ID: stated[2]! } }
  }
  return own && uses(own, pkg.type) ? own : undefined
}

/** Whether that is the distribution's version, as exactly as it is given: `12` and `12.5` are one, and so is what has no number (`sid`, `2 (Karoo)` has one). */
function isRelease({ version, release }: Distro, stated: string): boolean {
  const asked = numberOf(stated)
  const known = [version, release.VERSION_ID ?? ''].map(numberOf).filter(number => number !== '')
  if (asked === '' || known.length === 0) return true
  return known.some(number => `${number}.`.startsWith(`${asked}.`) || `${asked}.`.startsWith(`${number}.`))
}

const numberOf = (text: string): string => /^\d+(?:\.\d+)*/.exec(text)?.[0] ?? ''

/** Whether a distribution's packages are of this purl type; unknown families may be of any. */
function uses(distro: Distro, type: string): boolean {
  const family = distroFamily(distro.family)?.family
  if (family === undefined) return true
  if (type === 'deb') return debFamilies.has(family)
  if (type === 'apk') return apkFamilies.has(family)
  return type !== 'rpm' || !(debFamilies.has(family) || apkFamilies.has(family))
}
