import type { Advisories } from '../../../base/model/advisory.ts'
import { groupByFlaw } from './flaws.ts'
import { judge } from './judge.ts'
import type { Judgement } from './judgement.ts'
import { type Lookup, lookupsOf, type Subject } from './subject.ts'
import { decide, type Verdict } from './verdict.ts'

/** Every flaw that any record ties to the subject, with the verdict and the records behind it: the matcher's own working, for `jenner explain`. */
export function verdictsOf(subject: Subject, advisories: Advisories): Verdict[] {
  return verdictsFrom(subject, judgementsOf(subject, advisories))
}

/** The same, but none at all where no record calls the subject vulnerable or cannot tell: most packages are of that kind, and nothing is to be said of them. */
export function troublesOf(subject: Subject, advisories: Advisories): Verdict[] {
  const judgements = judgementsOf(subject, advisories)
  return judgements.some(one => one.verdict !== 'not_vulnerable') ? verdictsFrom(subject, judgements) : []
}

function judgementsOf(subject: Subject, advisories: Advisories): Judgement[] {
  const judgements: Judgement[] = []
  for (const lookup of lookupsOf(subject, advisories).flatMap(one => apart(subject, one))) {
    const judgement = judge(subject, lookup)
    if (judgement) judgements.push(judgement)
  }
  return judgements
}

function verdictsFrom(subject: Subject, judgements: Judgement[]): Verdict[] {
  return groupByFlaw(judgements).map(flaw => decide(subject, flaw))
}

/** RPM fixes of one record are often one per product line: each is judged alone, so that the package's own line can decide. */
function apart(subject: Subject, lookup: Lookup): Lookup[] {
  const { record } = lookup
  if (subject.ecosystem.type !== 'rpm' || record.intervals.length < 2) return [lookup]
  return record.intervals.map(interval => ({ ...lookup, record: { ...record, intervals: [interval] } }))
}
