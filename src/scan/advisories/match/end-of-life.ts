import type { Advisories } from '../../../base/model/advisory.ts'
import type { Distro } from '../../../base/model/distro.ts'
import { distroFamily } from '../../inventory/distros/table.ts'
import { ubuntuSupported } from '../../inventory/distros/ubuntu.ts'

/**
 * Whether the distribution's support has ended at `now`, by the database's endoflife.date rows; empty when not known. Debian's includes its long-term support,
 * whose fixes come to everyone; extended support that is sold or asks for an account (Ubuntu Pro, ELS) is none.
 */
export function endOfLifeOf(
  distro: Distro | undefined,
  advisories: Advisories,
  now: Date,
): { endOfLife?: boolean; endOfLifeDate?: string } {
  const family = distro && distroFamily(distro.family)
  if (!distro || !family?.product) return {}
  const cycle = (family.cycle ?? family.release)(distro)
  const entry = advisories.endOfLife(isStream(distro) ? 'centos-stream' : family.product, cycle)
  if (entry) {
    if (typeof entry.eol !== 'string') return { endOfLife: entry.eol }
    const end = family.family === 'debian' ? (entry.extended ?? entry.eol) : entry.eol
    return { endOfLife: now.getTime() > Date.parse(`${end}T23:59:59Z`), endOfLifeDate: end }
  }
  return family.family === 'ubuntu' ? { endOfLife: !ubuntuSupported(cycle, now.getTime()) } : {}
}

/** CentOS Stream goes by CentOS's own id and number, and ends when its Red Hat release goes into maintenance. */
function isStream({ family, version, release }: Distro): boolean {
  return family === 'centos' && /stream/i.test(`${release.NAME ?? ''} ${version}`)
}
