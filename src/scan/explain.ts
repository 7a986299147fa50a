import type { Advisories, AdvisoryDetails } from '../base/model/advisory.ts'
import type { Inventory } from '../base/model/inventory.ts'
import type { Package } from '../base/model/package.ts'
import type { Report } from '../base/model/report.ts'
import { chooseAdvisories } from './advisories/advisories.ts'
import { type Irrelevance, irrelevance } from './advisories/match/conditions.ts'
import { verdictsOf } from './advisories/match/explain.ts'
import type { Finding } from './advisories/match/finding.ts'
import { type Flaw, isErratum } from './advisories/match/flaws.ts'
import type { Judgement } from './advisories/match/judgement.ts'
import { lookupsOf, type Subject, subjectOf } from './advisories/match/subject.ts'
import { decisionsAbout } from './advisories/vex/apply.ts'
import type { Decision, DecisionFile } from './advisories/vex/decision.ts'
import { ecosystemTraits } from './inventory/ecosystems/traits.ts'
import { judge } from './judge.ts'
import type { ScanOptions, ScanTarget } from './options.ts'
import { readInventory } from './scan.ts'
import { identityOf, readDecisionFiles } from './suppress.ts'

/** One record's word about one package. */
export interface ExplainedRecord {
  id: string
  source: string
  /** Ecosystem and name under which it was found. */
  found: string
  /** The version compared, and against what. */
  version: string
  range: string
  verdict: Judgement['verdict']
  status: string
  fixed?: string
  /** This one decided. */
  decided: boolean
}

/** A record of the right name that is not about this package as it is. */
export interface SetAside {
  id: string
  source: string
  found: string
  reason: Irrelevance
}

/** An ignore entry or VEX statement that names the flaw and the package. */
export interface ExplainedDecision {
  kind: Decision['kind']
  source: string
  status: Decision['status']
  statement?: string
  owner?: string
  expires?: string
  /** It took the finding out of the report. */
  holds: boolean
}

export interface ExplainedPackage {
  name: string
  version: string
  purl: string
  path: string
  /** `reported`, or why not: `not_vulnerable`, `unknown`, or the reason under Suppressed. */
  outcome: string
  /** Whose word suppressed it. */
  by?: string
  statement?: string
  ids: string[]
  records: ExplainedRecord[]
  setAside: SetAside[]
  decisions: ExplainedDecision[]
  /** What the report says of a reported finding. */
  severity?: string
  severitySource?: string
  fixed?: string
  layer?: string
  fromBase?: boolean
  inUse?: boolean
  reasons?: string[]
}

export interface Explanation {
  id: string
  aliases: string[]
  title?: string
  /** Whether the database knows the id at all. */
  known: boolean
  packages: ExplainedPackage[]
  incomplete: Report['Incomplete']
}

/**
 * Why a vulnerability is or is not reported for a target, record by record. Throws as `scan` does.
 */
export async function explain(id: string, target: ScanTarget, options: ScanOptions = {}): Promise<Explanation> {
  const advisories = chooseAdvisories({ db: options.db, cacheDir: options.cacheDir })
  try {
    const decisions = await readDecisionFiles(options.ignoreFiles, options.vexFiles, {
      target,
      ...(options.offline && { offline: true }),
    })
    const inventory = await readInventory(target, { ...options, scanners: ['vuln'] })
    const report = judge(inventory, advisories, { ...options, decisions })
    return explainIn(id, inventory, report, advisories, options.now ?? new Date(), decisions)
  } finally {
    advisories.close()
  }
}

/** The pure half: the matcher's own working for every package that any record ties to the id. */
export function explainIn(
  id: string,
  inventory: Inventory,
  report: Report,
  advisories: Advisories,
  now: Date,
  decisions: DecisionFile[] = [],
): Explanation {
  const wanted = id.toUpperCase()
  const found: AdvisoryDetails | undefined = advisories.details(id) ?? advisories.details(wanted)
  // An erratum fixes several flaws: their ids are no names of this one.
  const details = found && isErratum(found.id) && found.id !== wanted ? undefined : found
  const told = details ? [details.id, ...details.aliases].map(name => name.toUpperCase()) : []
  const names = new Set([wanted, ...told.filter(name => sameFlaw(wanted, name))])
  const byType = new Map(ecosystemTraits.map(one => [one.type, one]))
  const packages = inventory.packages.flatMap((pkg): ExplainedPackage[] => {
    const ecosystem = byType.get(pkg.type)
    if (!ecosystem) return []
    const subject = subjectOf(pkg, ecosystem, inventory.os, advisories, now.getTime())
    return packagesOf(subject, names, { inventory, report, advisories, decisions })
  })
  return {
    id: wanted,
    aliases: [...names].filter(name => name !== wanted),
    ...(found?.title && { title: found.title }),
    known: found !== undefined || packages.length > 0,
    packages,
    incomplete: report.Incomplete,
  }
}

/** What fixes several flaws at once ties them together in the database; two CVEs are two flaws all the same. */
function sameFlaw(wanted: string, name: string): boolean {
  if (name === wanted) return true
  return !isErratum(name) && !(wanted.startsWith('CVE-') && name.startsWith('CVE-'))
}

interface World {
  inventory: Inventory
  report: Report
  advisories: Advisories
  decisions: DecisionFile[]
}

function packagesOf(subject: Subject, names: Set<string>, world: World): ExplainedPackage[] {
  const { package: pkg } = subject
  const named = (ids: string[]) => ids.some(one => names.has(one.toUpperCase()))
  const setAside = lookupsOf(subject, world.advisories).flatMap(lookup => {
    const reason = irrelevance(subject, lookup)
    const { record, ecosystem, name } = lookup
    if (reason === undefined || !named([record.id, ...record.aliases])) return []
    return [{ id: record.id, source: record.source, found: `${ecosystem} ${name}`, reason }]
  })
  const verdicts = verdictsOf(subject, world.advisories).filter(({ flaw }) => named([...flaw.ids, ...flaw.vendorIds]))
  const place = { name: pkg.name, version: pkg.version, purl: pkg.purl, path: pkg.path }
  if (verdicts.length === 0)
    return setAside.length === 0
      ? []
      : [{ ...place, outcome: 'not_concerned', ids: [...names], records: [], setAside, decisions: [] }]
  return verdicts.map(({ verdict, by, flaw }) => ({
    ...place,
    ...outcomeOf(world.report, pkg.purl, flaw.ids, verdict),
    ids: [...flaw.ids, ...flaw.vendorIds],
    records: flaw.judgements.map(one => recordOf(one, one === by)),
    setAside,
    decisions: verdict === 'vulnerable' ? decisionsOf(pkg, flaw, by, world) : [],
  }))
}

function recordOf(
  { record, ecosystem, name, version, range, verdict, status, fixed }: Judgement,
  decided: boolean,
): ExplainedRecord {
  return {
    id: record.id,
    source: record.source,
    found: `${ecosystem} ${name}`,
    version,
    range,
    verdict,
    status,
    ...(fixed !== undefined && { fixed }),
    decided,
  }
}

function decisionsOf(
  pkg: Package,
  flaw: Flaw,
  by: Judgement,
  { inventory, report, decisions }: World,
): ExplainedDecision[] {
  const finding: Finding = {
    id: flaw.ids[0] as string,
    ids: flaw.ids,
    vendorIds: flaw.vendorIds,
    package: pkg,
    status: by.status,
    severity: by.record.severity ?? 'UNKNOWN',
    evidence: {
      advisory: by.record.id,
      source: by.record.source,
      found: by.ecosystem,
      range: '',
      compared: '',
      path: pkg.path,
    },
    ...(by.fixed !== undefined && { fixedVersion: by.fixed }),
  }
  const artifact = identityOf(inventory.artifact, inventory.packages)
  const ruling = report.Suppressed.find(
    one => one.PkgIdentifier.PURL === pkg.purl && flaw.ids.includes(one.VulnerabilityID),
  )
  return decisionsAbout(
    finding,
    decisions.flatMap(file => file.decisions),
    artifact,
  ).map(({ kind, source, status, statement, owner, expires }) => ({
    kind,
    source,
    status,
    ...(statement && { statement }),
    ...(owner && { owner }),
    ...(expires && { expires }),
    holds: ruling?.Source === source,
  }))
}

function outcomeOf(
  report: Report,
  purl: string,
  ids: string[],
  verdict: Judgement['verdict'],
): Omit<ExplainedPackage, 'name' | 'version' | 'purl' | 'path' | 'ids' | 'records' | 'setAside' | 'decisions'> {
  const about = (one: { VulnerabilityID: string }) => ids.includes(one.VulnerabilityID)
  const reported = report.Results.flatMap(result => result.Vulnerabilities ?? []).find(
    one => one.PkgIdentifier.PURL === purl && about(one),
  )
  if (reported) {
    const { Severity, SeveritySource, FixedVersion, Layer, FromBase, InUse, Priority } = reported
    const layer = Layer?.DiffID ?? Layer?.Digest
    return {
      outcome: 'reported',
      severity: Severity,
      ...(SeveritySource && { severitySource: SeveritySource }),
      ...(FixedVersion && { fixed: FixedVersion }),
      ...(layer && { layer }),
      ...(FromBase !== undefined && { fromBase: FromBase }),
      ...(InUse !== undefined && { inUse: InUse }),
      reasons: Priority.reasons,
    }
  }
  const suppressed = report.Suppressed.find(one => one.PkgIdentifier.PURL === purl && about(one))
  if (suppressed)
    return {
      outcome: suppressed.Reason,
      by: suppressed.Source,
      ...(suppressed.Statement && { statement: suppressed.Statement }),
    }
  return { outcome: verdict === 'vulnerable' ? 'left_out' : verdict }
}
