import type { Advisories } from '../../../base/model/advisory.ts'
import type { Distro } from '../../../base/model/distro.ts'
import { distroFamily } from '../../inventory/distros/table.ts'
import { ubuntuSupported } from '../../inventory/distros/ubuntu.ts'

/** Whether the distribution's standard support has ended at `now`, by the database's endoflife.date rows; empty when not known. */
export function endOfLifeOf(
  distro: Distro | undefined,
  advisories: Advisories,
  now: Date,
): { endOfLife?: boolean; endOfLifeDate?: string } {
  const family = distro && distroFamily(distro.family)
  if (!distro || !family?.product) return {}
  const cycle = (family.cycle ?? family.release)(distro)
  const entry = advisories.endOfLife(family.product, cycle)
  if (entry) {
    if (typeof entry.eol !== 'string') return { endOfLife: entry.eol }
    return { endOfLife: now.getTime() > Date.parse(`${entry.eol}T23:59:59Z`), endOfLifeDate: entry.eol }
  }
  return family.family === 'ubuntu' ? { endOfLife: !ubuntuSupported(cycle, now.getTime()) } : {}
}
