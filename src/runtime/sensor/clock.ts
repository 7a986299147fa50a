import { readFileSync } from 'node:fs'

/** The clocks of this machine; replaced by tests. */
export interface Clocks {
  /** ms since the epoch. */
  wall(): number
  /** ns of the monotonic clock, which the kernel stamps records with. */
  monotonic(): bigint
}

const machine: Clocks = { wall: Date.now, monotonic: () => process.hrtime.bigint() }
const tolerance = 5_000_000n
const refreshEvery = 1_000_000_000n

/**
 * What to add to the monotonic clock for the wall's, in ns; it follows within a second when somebody sets that one, not its own rounding to ms. To be called with the record's own time, which says
 * how long ago the clocks were looked at without a look at them.
 */
export function createWallClock({ wall, monotonic }: Clocks = machine): (recorded: bigint) => bigint {
  const read = (): bigint => BigInt(wall()) * 1_000_000n - monotonic()
  let offset = read()
  let refreshAt = monotonic() + refreshEvery
  return recorded => {
    if (recorded < refreshAt) return offset
    refreshAt = monotonic() + refreshEvery
    const fresh = read()
    if (fresh - offset > tolerance || offset - fresh > tolerance) offset = fresh
    return offset
  }
}

/** ns that the boot clock, which /proc counts in, is ahead of the monotonic one: it goes on while the machine sleeps. */
export function bootAhead(): bigint {
  const uptime = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0])
  const ahead = BigInt(Math.round(uptime * 1e9)) - process.hrtime.bigint()
  return ahead > 50_000_000n ? ahead : 0n
}
