import type { Status } from '../base/model/advisory.ts'
import { compareSeverities, type Severity } from '../base/model/severity.ts'

/** What the order looks at. Absent means "not known", which is never counted as "no". */
export interface PriorityFacts {
  id: string
  severity: Severity
  status: Status
  fixedVersion?: string
  /** On CISA's list of exploited vulnerabilities. */
  kev?: { dateAdded: string; dueDate?: string; ransomware: boolean }
  epss?: { score: number; percentile: number; date: string }
  /** Highest CVSS base score that anyone gave. */
  cvss?: { score: number; source: string }
  /** Loaded by a running process; a scan alone does not know. */
  inUse?: boolean
}

export interface Priority {
  /** From 0 (first to look at) on; findings of one report that are alike in all facts share a rank. */
  rank: number
  /** Why, most telling first: `kev`, `kev ransomware`, `epss 0.944 (2026-01-01)`, `cvss 9.8 nvd`, `severity CRITICAL`, `fixed in 1.2`, and what was not known. */
  reasons: string[]
}

/**
 * Orders findings by what is known of the danger, then by what can be done, and gives each its rank and reasons, in the order they came:
 * 1 exploited by ransomware crews (KEV) · 2 exploited (KEV) · 3 in use by a running process, then not known, then not in use · 4 EPSS, by tenths of likelihood: over 0.5, over 0.1, over
 * 0.01, then not known, then lower · 5 severity, where UNKNOWN counts as MEDIUM · 6 CVSS score · 7 EPSS score · 8 a fix is there · 9 the id, newest first, so that the order is total.
 */
export function prioritize(findings: readonly PriorityFacts[]): Priority[] {
  const order = findings.map((_, i) => i).sort((a, b) => compareFacts(at(findings, a), at(findings, b)))
  const ranks: number[] = []
  let rank = -1
  order.forEach((index, i) => {
    const previous = i === 0 ? undefined : at(findings, order[i - 1] as number)
    if (previous === undefined || compareFacts(previous, at(findings, index)) !== 0) rank++
    ranks[index] = rank
  })
  return findings.map((facts, i) => ({ rank: ranks[i] as number, reasons: reasonsOf(facts) }))
}

/** Negative when `a` is to be looked at first; 0 only for facts that are alike, the id included. */
export function compareFacts(a: PriorityFacts, b: PriorityFacts): number {
  return (
    exploited(b) - exploited(a) ||
    use(b) - use(a) ||
    likelihood(b) - likelihood(a) ||
    compareSeverities(counted(b.severity), counted(a.severity)) ||
    (b.cvss?.score ?? -1) - (a.cvss?.score ?? -1) ||
    (b.epss?.score ?? -1) - (a.epss?.score ?? -1) ||
    Number(b.fixedVersion !== undefined) - Number(a.fixedVersion !== undefined) ||
    compareIds(b.id, a.id)
  )
}

function at(findings: readonly PriorityFacts[], index: number): PriorityFacts {
  return findings[index] as PriorityFacts
}

function exploited({ kev }: PriorityFacts): number {
  if (!kev) return 0
  return kev.ransomware ? 2 : 1
}

function use({ inUse }: PriorityFacts): number {
  if (inUse === undefined) return 1
  return inUse ? 2 : 0
}

/** Bands, since the third digit of a probability should not outweigh a severity. Not known stands between "likely" and "hardly". */
function likelihood({ epss }: PriorityFacts): number {
  if (!epss) return 1
  if (epss.score >= 0.5) return 4
  if (epss.score >= 0.1) return 3
  return epss.score >= 0.01 ? 2 : 0
}

function counted(severity: Severity): Severity {
  return severity === 'UNKNOWN' ? 'MEDIUM' : severity
}

/** By number within a year, so that CVE-2024-10000 comes after CVE-2024-9999. */
function compareIds(a: string, b: string): number {
  if (a === b) return 0
  return (compareCves(a, b) ?? collator().compare(a, b)) || (a < b ? -1 : 1)
}

const cve = /^CVE-(\d{4})-(\d{1,15})$/

/** As the collator would, at a tenth of its price; undefined where one is no CVE. */
function compareCves(a: string, b: string): number | undefined {
  const one = cve.exec(a)
  const other = one && cve.exec(b)
  return one && other ? Number(one[1]) - Number(other[1]) || Number(one[2]) - Number(other[2]) : undefined
}

let byNumber: Intl.Collator | undefined

/** Made when first needed: making it costs milliseconds, which most commands have no use for. */
function collator(): Intl.Collator {
  byNumber ??= new Intl.Collator('en', { numeric: true })
  return byNumber
}

function reasonsOf(facts: PriorityFacts): string[] {
  const { kev, epss, cvss, severity, fixedVersion, status, inUse } = facts
  const reasons: string[] = []
  if (kev) reasons.push(`kev ${kev.ransomware ? 'ransomware ' : ''}since ${kev.dateAdded}`)
  if (inUse !== undefined) reasons.push(inUse ? 'in use' : 'not in use')
  reasons.push(epss ? `epss ${epss.score.toFixed(3)} (${epss.date})` : 'epss not known')
  reasons.push(`severity ${severity}`)
  if (cvss) reasons.push(`cvss ${cvss.score.toFixed(1)} ${cvss.source}`)
  reasons.push(fixedVersion === undefined ? `no fix (${status})` : `fixed in ${fixedVersion}`)
  return reasons
}
