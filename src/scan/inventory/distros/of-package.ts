import type { Distro } from '../../../base/model/distro.ts'
import type { Package } from '../../../base/model/package.ts'
import { parsePurl } from '../../../base/purl.ts'
import { distroFamily } from './table.ts'

const debFamilies = new Set(['debian', 'ubuntu', 'raspbian', 'echo'])
const apkFamilies = new Set(['alpine', 'wolfi', 'chainguard', 'minimos', 'secureos', 'alpaquita'])

/**
 * The distribution that an OS package belongs to. That is the artifact's own, unless the package's purl names another one (`distro=redhat-8.0` in an SBOM
 * that lies in a Debian root), or is of a kind that the artifact's distribution does not use: then nobody's word about it is known.
 */
export function distroOfPackage(pkg: Package, own: Distro | undefined): Distro | undefined {
  const stated = /^(.+?)-([^-]*)$/.exec(parsePurl(pkg.purl)?.qualifiers.distro ?? '')
  const family = stated ? distroFamily(stated[1]!) : undefined
  if (stated && family && (!own || distroFamily(own.family) !== family)) {
    return { family: family.family, version: stated[2]!, release: { ID: stated[1]!, VERSION_ID: stated[2]! } }
  }
  return own && uses(own, pkg.type) ? own : undefined
}

/** Whether a distribution's packages are of this purl type; unknown families may be of any. */
function uses(distro: Distro, type: string): boolean {
  const family = distroFamily(distro.family)?.family
  if (family === undefined) return true
  if (type === 'deb') return debFamilies.has(family)
  if (type === 'apk') return apkFamilies.has(family)
  return type !== 'rpm' || !(debFamilies.has(family) || apkFamilies.has(family))
}
