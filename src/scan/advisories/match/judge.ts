import type { AdvisoryRecord, Status } from '../../../base/model/advisory.ts'
import type { VersionScheme } from '../../../base/model/ecosystem.ts'
import { hasExtendedUpdates } from '../../inventory/distros/lookup.ts'
import { irrelevance } from './conditions.ts'
import { readConstraint } from './constraint.ts'
import { judgeCommit } from './git.ts'
import type { Judgement } from './judgement.ts'
import { gitEcosystem } from './repository.ts'
import type { Lookup, Subject } from './subject.ts'

/** The record's word, or undefined when it does not speak of this package. Never throws on odd versions: they are `unknown`. */
export function judge(subject: Subject, lookup: Lookup): Judgement | undefined {
  if (lookup.ecosystem === gitEcosystem) return judgeCommit(subject, lookup)
  if (irrelevance(subject, lookup) !== undefined) return undefined
  const { record, version } = lookup
  const scheme = schemeFor(subject, lookup)
  if (neverAffected(record)) {
    return saysNever(version, record, scheme)
      ? { ...lookup, verdict: 'not_vulnerable', stated: true, status: 'not_affected', range: 'not affected' }
      : undefined
  }
  if (version === '') return { ...lookup, verdict: 'unknown', stated: false, status: 'affected', range: '' }
  const reading = readConstraint(version, record, scheme)
  const verdict =
    reading.vulnerable === 'yes' ? 'vulnerable' : reading.vulnerable === 'no' ? 'not_vulnerable' : 'unknown'
  const judgement: Judgement = {
    ...lookup,
    verdict,
    stated: false,
    status: statusOf(record, reading.fixed),
    get range() {
      return reading.range
    },
  }
  if (reading.fixed !== undefined && record.status === 'fixed' && reachable(subject, reading.fixed))
    judgement.fixed = reading.fixed
  else if (judgement.status === 'fixed') judgement.status = 'affected'
  return judgement
}

function statusOf(record: AdvisoryRecord, fixed: string | undefined): Status {
  if (fixed !== undefined && record.status !== 'affected') return 'fixed'
  return record.status === 'fixed' ? 'affected' : record.status
}

/** `not_affected`, or a fix of version "0": Alpine's NAK and the like. */
function neverAffected(record: AdvisoryRecord): boolean {
  if (record.status === 'not_affected') return true
  return (
    record.intervals.length > 0 &&
    record.intervals.every(one => one.fixed === '0' || one.fixed === '0:0' || one.fixed === '0:0-0') &&
    !record.vulnerable &&
    !record.versions
  )
}

/** A "not affected" that is limited to versions speaks of those alone. */
function saysNever(version: string, record: AdvisoryRecord, scheme: VersionScheme): boolean {
  const limited = record.intervals.some(
    one =>
      (one.introduced && one.introduced !== '0') || one.lastAffected || (one.fixed && !/^0(:0)?(-0)?$/.test(one.fixed)),
  )
  if (!limited && !record.vulnerable && !record.versions) return true
  return readConstraint(version, record, scheme).vulnerable === 'yes'
}

/**
 * A source RPM's file name has no epoch. Its version is then compared with the advisory's without one: assuming 0 would call
 * everything with an epoch vulnerable. (A binary package without an epoch does have epoch 0.)
 */
function schemeFor(subject: Subject, lookup: Lookup): VersionScheme {
  const { versions, type } = subject.ecosystem
  if (type !== 'rpm' || lookup.as === 'binary' || /^\d+:/.test(lookup.version)) return versions
  const bare = (text: string) => text.replace(/^\d+:/, '')
  return { ...versions, compare: (a, b) => versions.compare(bare(a), bare(b)) }
}

/** With Extended Update Support on 9.4, a fix that was built for 9.5 cannot be installed. */
function reachable(subject: Subject, fixed: string): boolean {
  if (!subject.distro || !hasExtendedUpdates(subject.distro)) return true
  const minor = /^\d+\.(\d+)/.exec(subject.distro.version)?.[1]
  const built = /\.el\d+_(\d+)/.exec(fixed)?.[1]
  return minor === undefined || built === undefined || Number(built) <= Number(minor)
}
