import type { Severity } from '../../schemas/common.ts'

const ranks: Record<Severity, number> = { CRITICAL: 0, HIGH: 1, MEDIUM: 2, LOW: 3, UNKNOWN: 4 }

/**
 * One list of several, the worst first: a container that may take the host over comes before an alert that is a mere warning. Each list keeps its own order (a flaw that
 * is exploited stays before a worse one that is not), and of equal severity the earlier list comes first.
 */
export function mergeBySeverity<T extends { severity: Severity }>(groups: readonly (readonly T[])[]): T[] {
  return groups
    .flatMap(rankGroup)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}

/** An item counts as bad as the worst of those that its list puts behind it. */
function rankGroup<T extends { severity: Severity }>(group: readonly T[]): { item: T; rank: number }[] {
  let rank = ranks.UNKNOWN
  return group
    .toReversed()
    .map(item => {
      rank = Math.min(rank, ranks[item.severity])
      return { item, rank }
    })
    .reverse()
}
