import { type Priority, priorities } from '../../base/model/priority.ts'
import type { Severity, SeverityCounts } from '../schemas/common.ts'

/** Severities as the store keeps them: 0 is the worst, so that sorting upwards is by danger. */
export const severityOrder: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN']

export function severityNumber(severity: string): number {
  const at = severityOrder.indexOf(severity as Severity)
  return at < 0 ? 4 : at
}

export function severityName(number: number): Severity {
  return severityOrder[number] ?? 'UNKNOWN'
}

export function priorityName(number: number): Priority {
  return priorities[number] ?? 'Debug'
}

export const useNames = ['no', 'unknown', 'yes'] as const
export type UseName = (typeof useNames)[number]

export interface Counts {
  critical: number
  high: number
  medium: number
  low: number
  unknown: number
}

export const countNames = ['critical', 'high', 'medium', 'low', 'unknown'] as const

export function countsOf(row: Counts): SeverityCounts {
  return { CRITICAL: row.critical, HIGH: row.high, MEDIUM: row.medium, LOW: row.low, UNKNOWN: row.unknown }
}

/** One number that sorts as the counts do, the worst first. */
export function weightOf({ critical, high, medium, low, unknown }: Counts): number {
  const within = (count: number, most: number) => Math.min(count, most)
  return (
    ((within(critical, 9999) * 10_000 + within(high, 9999)) * 1000 + within(medium, 999)) * 10_000 +
    within(low + unknown, 9999)
  )
}
