import type { Advisories } from '../../../base/model/advisory.ts'
import { groupByFlaw } from './flaws.ts'
import { type Judgement, judge } from './judge.ts'
import { type Lookup, lookupsOf, type Subject } from './subject.ts'
import { decide, type Verdict } from './verdict.ts'

/** Every flaw that any record ties to the subject, with the verdict and the records behind it: the matcher's own working, for `jenner explain`. */
export function verdictsOf(subject: Subject, advisories: Advisories): Verdict[] {
  const judgements: Judgement[] = []
  for (const lookup of lookupsOf(subject, advisories).flatMap(one => apart(subject, one))) {
    const judgement = judge(subject, lookup)
    if (judgement) judgements.push(judgement)
  }
  return groupByFlaw(judgements).map(flaw => decide(subject, flaw))
}

/** RPM fixes of one record are often one per product line: each is judged alone, so that the package's own line can decide. */
function apart(subject: Subject, lookup: Lookup): Lookup[] {
  const { record } = lookup
  if (subject.ecosystem.type !== 'rpm' || record.intervals.length < 2) return [lookup]
  return record.intervals.map(interval => ({ ...lookup, record: { ...record, intervals: [interval] } }))
}
