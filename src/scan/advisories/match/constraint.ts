import type { AdvisoryRecord, VersionInterval } from '../../../base/model/advisory.ts'
import type { VersionScheme } from '../../../base/model/ecosystem.ts'

/** `unknown`: the versions cannot be compared, which is neither yes nor no. */
export type Answer = 'yes' | 'no' | 'unknown'

export interface Reading {
  vulnerable: Answer
  /** Fix of the interval that holds the version, or of the record. */
  fixed?: string
  /** What was compared, for the evidence: `>=2.0 <2.4.1`. */
  readonly range: string
}

/**
 * Whether a record calls a version vulnerable: in any interval, satisfying `vulnerable`, or named in `versions`; and not in `patched` or `unaffected`.
 * A record that only lists patched versions (RustSec, ruby-advisory-db) calls all others vulnerable; one without any versions speaks of all.
 */
export function readConstraint(version: string, record: AdvisoryRecord, scheme: VersionScheme): Reading {
  const answers = record.intervals.map(interval => inInterval(version, interval, scheme))
  const held = record.intervals[answers.indexOf('yes')]
  for (const range of record.vulnerable ?? []) answers.push(answered(scheme.satisfies(version, range)))
  if (record.versions?.length) answers.push(named(version, record.versions, scheme))
  const inside = answers.length === 0 ? 'yes' : anyOf(answers)
  const outside = anyOf(
    [...(record.patched ?? []), ...(record.unaffected ?? [])].map(range => answered(scheme.satisfies(version, range))),
  )
  const reading: Reading = {
    vulnerable: and(inside, outside),
    // Written only when asked for: most records say that a version is not affected.
    get range() {
      return held && bounded(held) ? intervalText(held) : rangeText(record)
    },
  }
  const fixed = held?.fixed ?? (held && record.intervals.some(one => one.fixed) ? undefined : fixOf(record))
  if (fixed !== undefined) reading.fixed = fixed
  return reading
}

function answered(value: boolean | undefined): Answer {
  return value === undefined ? 'unknown' : value ? 'yes' : 'no'
}

function anyOf(answers: Answer[]): Answer {
  if (answers.includes('yes')) return 'yes'
  return answers.includes('unknown') ? 'unknown' : 'no'
}

function and(inside: Answer, outside: Answer): Answer {
  if (inside === 'no' || outside === 'yes') return 'no'
  return inside === 'unknown' || outside === 'unknown' ? 'unknown' : 'yes'
}

/** OSV's evaluation of events (https://ossf.github.io/osv-schema/#evaluation): from `introduced` on, before `fixed`, up to and with `last_affected`. */
function inInterval(version: string, interval: VersionInterval, scheme: VersionScheme): Answer {
  const { introduced, fixed, lastAffected } = interval
  const bounds: Answer[] = []
  if (introduced !== undefined && introduced !== '0' && introduced !== '')
    bounds.push(ordered(toBound(version, introduced, scheme), order => order >= 0))
  if (fixed !== undefined) bounds.push(ordered(toBound(version, fixed, scheme), order => order < 0))
  if (lastAffected !== undefined) bounds.push(ordered(toBound(version, lastAffected, scheme), order => order <= 0))
  if (bounds.includes('no')) return 'no'
  return bounds.includes('unknown') ? 'unknown' : 'yes'
}

function toBound(version: string, bound: string, scheme: VersionScheme): -1 | 0 | 1 | undefined {
  return scheme.toBound ? scheme.toBound(version, bound) : scheme.compare(version, bound)
}

function ordered(order: -1 | 0 | 1 | undefined, holds: (order: number) => boolean): Answer {
  return answered(order === undefined ? undefined : holds(order))
}

function named(version: string, versions: string[], scheme: VersionScheme): Answer {
  if (versions.includes(version) || versions.some(one => toBound(version, one, scheme) === 0)) return 'yes'
  // A version that is not even equal to itself ("(devel)", a branch) may be any of those named.
  return scheme.compare(version, version) === undefined ? 'unknown' : 'no'
}

function fixOf(record: AdvisoryRecord): string | undefined {
  for (let at = record.intervals.length - 1; at >= 0; at--) {
    const fixed = record.intervals[at]?.fixed
    if (fixed) return fixed
  }
  return record.patched?.length ? record.patched.map(bare).join(', ') : undefined
}

/** `>= 1.2, <= 1.2` is one version. */
function bare(range: string): string {
  const only = /^>= ?(\S+), ?<= ?(\S+)$/.exec(range)
  return only && only[1] === only[2] ? (only[1] as string) : range
}

function bounded({ introduced, fixed, lastAffected }: VersionInterval): boolean {
  return fixed !== undefined || lastAffected !== undefined || (introduced !== undefined && introduced !== '0')
}

function intervalText({ introduced, fixed, lastAffected }: VersionInterval): string {
  const parts = []
  if (introduced && introduced !== '0') parts.push(`>=${introduced}`)
  if (fixed !== undefined) parts.push(`<${fixed}`)
  if (lastAffected !== undefined) parts.push(`<=${lastAffected}`)
  return parts.length === 0 ? 'all versions' : parts.join(' ')
}

function rangeText(record: AdvisoryRecord): string {
  const parts = [...record.intervals.map(intervalText), ...(record.vulnerable ?? [])]
  if (record.versions?.length)
    parts.push(record.versions.slice(0, 5).join(', ') + (record.versions.length > 5 ? ' …' : ''))
  const patched = record.patched?.length ? `not ${record.patched.join(', ')}` : ''
  return [parts.join(' || '), patched].filter(part => part !== '').join('; ') || 'all versions'
}
