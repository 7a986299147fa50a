import { cvssScore, severityOfScore } from '../../../../base/cvss.ts'
import type { CvssScore } from '../../../../base/model/advisory.ts'
import type { Severity } from '../../../../base/model/severity.ts'
import { type Fields, fields, list, str } from '../fields.ts'

/** CVSS vectors of the record and of its first affected package, each once. */
export function cvssOf(osv: Fields, source: string): CvssScore[] {
  const found = new Map<string, CvssScore>()
  for (const severity of [...list(osv.severity), ...list(fields(list(osv.affected)[0]).severity)].map(fields)) {
    const vector = str(severity.score)
    if (!str(severity.type).startsWith('CVSS')) continue
    const score = cvssScore(vector)
    if (score !== undefined) found.set(vector, { source, vector, score })
  }
  return [...found.values()]
}

/** The word for the newest CVSS version among the scores. */
export function scoredSeverity(cvss: CvssScore[]): Severity | undefined {
  const newest = cvss.toSorted((a, b) => (a.vector < b.vector ? 1 : -1))[0]
  return newest === undefined ? undefined : severityOfScore(newest.score, newest.vector)
}
