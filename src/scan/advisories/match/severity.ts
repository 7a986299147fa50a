import { severityOfScore } from '../../../base/cvss.ts'
import type { AdvisoryDetails } from '../../../base/model/advisory.ts'
import { compareSeverities, type Severity } from '../../../base/model/severity.ts'
import type { Judgement } from './judgement.ts'

const common = ['nvd', 'ghsa']

/**
 * A flaw's severity and whose word it is. The vendor of the package knows how it was built: its own severity comes first
 * (CVE-2023-0464 is HIGH to NVD, LOW to Red Hat: on Red Hat it is LOW).
 */
export function severityOf(
  judgements: Judgement[],
  details: AdvisoryDetails | undefined,
  order?: string[],
): { severity: Severity; source?: string } {
  const feed = judgements[0]?.record.source
  const said = details?.severities ?? {}
  for (const source of order ?? ['vendor', ...(feed ? [feed] : []), ...common, ...others(said)]) {
    const own = source === 'vendor' ? judgements.find(one => known(one.record.severity)) : undefined
    if (own?.record.severity) return { severity: own.record.severity, source: own.record.source }
    const severity = Object.hasOwn(said, source) ? said[source] : undefined
    if (severity && known(severity)) return { severity, source }
  }
  const score = details?.cvss.toSorted((a, b) => rank(a.source) - rank(b.source))[0]
  return score
    ? { severity: severityOfScore(score.score, score.vector), source: score.source }
    : { severity: 'UNKNOWN' }
}

/** All who said something, the most severe first: another vendor's LOW is about its own build. */
function others(said: Record<string, Severity>): string[] {
  return Object.entries(said)
    .sort(([a, left], [b, right]) => compareSeverities(right, left) || (a < b ? -1 : 1))
    .map(([source]) => source)
}

function known(severity: Severity | undefined): boolean {
  return severity !== undefined && severity !== 'UNKNOWN'
}

function rank(source: string): number {
  const at = common.indexOf(source)
  return at < 0 ? common.length : at
}
