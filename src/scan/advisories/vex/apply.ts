import type { SuppressedFinding } from '../../../base/model/report.ts'
import type { Finding } from '../match/finding.ts'
import type { ArtifactIdentity, Decision } from './decision.ts'

/**
 * What whoever decided should know. `unused`: a decision fits no finding; `expired`: its day has passed, the finding is shown again; `contradicted`: VEX statements about
 * one finding say different things.
 */
export interface DecisionWarning {
  code: 'unused' | 'expired' | 'contradicted'
  source: string
  detail: string
}

export interface Applied {
  findings: Finding[]
  suppressed: SuppressedFinding[]
  warnings: DecisionWarning[]
}

/**
 * Takes out the findings that someone decided about. An ignore entry holds until it expires. Of VEX statements about one finding the newest holds;
 * with the same time the more careful one (`affected` over `not_affected`). `used`: entries that fit something else already.
 */
export function applyDecisions(
  findings: Finding[],
  decisions: Decision[],
  options: { now?: Date; artifact?: ArtifactIdentity; used?: ReadonlySet<Decision> } = {},
): Applied {
  const now = (options.now ?? new Date()).getTime()
  const own = decisions.filter(({ about }) => about === undefined)
  const byId = indexed(own)
  const used = new Set<Decision>(options.used)
  const expired = new Set<Decision>()
  const kept: Finding[] = []
  const suppressed: SuppressedFinding[] = []
  const contradictions = new Map<string, DecisionWarning>()
  for (const finding of findings) {
    const fitting = candidates(byId, finding).filter(one => one.concerns(finding.package, options.artifact, finding))
    for (const one of fitting) used.add(one)
    const current = fitting.filter(one => !isExpired(one, now))
    for (const one of fitting) if (!current.includes(one)) expired.add(one)
    const by = ruling(current)
    for (const warning of contradictionsIn(current, finding)) contradictions.set(warning.detail, warning)
    if (by) suppressed.push(suppressedBy(finding, by))
    else kept.push(finding)
  }
  return { findings: kept, suppressed, warnings: [...warningsOf(own, used, expired), ...contradictions.values()] }
}

/** Every decision that names a finding's flaw and package, whether it holds or not. */
export function decisionsAbout(finding: Finding, decisions: Decision[], artifact?: ArtifactIdentity): Decision[] {
  const own = decisions.filter(({ about }) => about === undefined)
  return candidates(indexed(own), finding).filter(one => one.concerns(finding.package, artifact, finding))
}

/** Two statements of which one rules the finding out and the other does not. Which holds is said; a newer word that replaces an older one of the same document is none. */
function contradictionsIn(decisions: Decision[], finding: Finding): DecisionWarning[] {
  const vex = decisions.filter(one => one.kind === 'vex')
  const out = vex.find(one => care[one.status] <= care.fixed)
  const inside = vex.find(one => one.status === 'affected')
  if (!out || !inside || (documentOf(out) === documentOf(inside) && time(out) !== time(inside))) return []
  const holds = ruling(vex) ?? inside
  const detail = `${finding.id} ${finding.package.name}: ${out.status} (${out.source}), ${inside.status} (${inside.source}); ${holds.status} holds`
  return [{ code: 'contradicted', source: holds.source, detail }]
}

const documentOf = ({ source }: Decision): string => source.replace(/ statement \d+$/, '')

function indexed(decisions: Decision[]): Map<string, Decision[]> {
  const byId = new Map<string, Decision[]>()
  for (const decision of decisions)
    for (const id of decision.ids.length === 0 ? ['*'] : new Set(decision.ids.map(one => one.toUpperCase()))) {
      const known = byId.get(id)
      if (known) known.push(decision)
      else byId.set(id, [decision])
    }
  return byId
}

function candidates(byId: Map<string, Decision[]>, finding: Finding): Decision[] {
  const names = new Set([...finding.ids, ...finding.vendorIds, '*'].map(id => id.toUpperCase()))
  return [...new Set([...names].flatMap(id => byId.get(id) ?? []))]
}

/** A date alone holds to its end, in UTC. */
function isExpired({ expires }: Decision, now: number): boolean {
  if (expires === undefined) return false
  const day = /^\d{4}-\d{2}-\d{2}$/.test(expires) ? `${expires}T23:59:59.999Z` : expires
  return now > Date.parse(day)
}

const care = { affected: 3, under_investigation: 2, fixed: 1, not_affected: 0 }

function ruling(decisions: Decision[]): Decision | undefined {
  const ignored = decisions.find(one => one.kind === 'ignored')
  if (ignored) return ignored
  const newest = decisions.toSorted((a, b) => time(b) - time(a) || care[b.status] - care[a.status])[0]
  return newest?.status === 'not_affected' || newest?.status === 'fixed' ? newest : undefined
}

function time({ timestamp }: Decision): number {
  const value = timestamp === undefined ? 0 : Date.parse(timestamp)
  return Number.isNaN(value) ? 0 : value
}

function suppressedBy(finding: Finding, by: Decision): SuppressedFinding {
  const entry: SuppressedFinding = {
    VulnerabilityID: finding.id,
    PkgName: finding.package.name,
    InstalledVersion: finding.package.version,
    PkgIdentifier: { PURL: finding.package.purl },
    Reason: by.kind,
    Source: by.source,
  }
  const statement = statementOf(by)
  if (statement !== '') entry.Statement = statement
  return entry
}

/** What a decision says for itself, in a line: status of VEX, reason, owner, last day; `''` where it says nothing. */
export function statementOf({ kind, status, statement, owner, expires }: Decision): string {
  const parts = [
    kind === 'vex' ? status : undefined,
    statement,
    owner && `owner ${owner}`,
    expires && `until ${expires}`,
  ]
  return parts.filter(Boolean).join('; ')
}

/** VEX documents are about more than one artifact: only a user's own ignore entries are called unused. */
function warningsOf(decisions: Decision[], used: Set<Decision>, expired: Set<Decision>): DecisionWarning[] {
  const warnings: DecisionWarning[] = []
  for (const one of decisions) {
    if (one.kind !== 'ignored') continue
    const detail = one.ids.join(', ') || '*'
    if (expired.has(one)) warnings.push({ code: 'expired', source: one.source, detail: `${detail} (${one.expires})` })
    else if (!used.has(one)) warnings.push({ code: 'unused', source: one.source, detail })
  }
  return warnings
}
