import type { Advisories, AdvisoryDetails } from '../base/model/advisory.ts'
import type { Inventory } from '../base/model/inventory.ts'
import type { Report } from '../base/model/report.ts'
import { chooseAdvisories } from './advisories/advisories.ts'
import { verdictsOf } from './advisories/match/explain.ts'
import { isErratum } from './advisories/match/flaws.ts'
import type { Judgement } from './advisories/match/judge.ts'
import { subjectOf } from './advisories/match/subject.ts'
import { ecosystems } from './inventory/ecosystems/index.ts'
import { judge } from './judge.ts'
import type { ScanOptions, ScanTarget } from './options.ts'
import { readInventory } from './scan.ts'
import { readDecisionFiles } from './suppress.ts'

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
    const decisions = await readDecisionFiles(options.ignoreFiles, options.vexFiles)
    const inventory = await readInventory(target, options)
    const report = judge(inventory, advisories, { ...options, decisions })
    return explainIn(id, inventory, report, advisories, options.now ?? new Date())
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
): Explanation {
  const wanted = id.toUpperCase()
  const found: AdvisoryDetails | undefined = advisories.details(id) ?? advisories.details(wanted)
  // An erratum fixes several flaws: their ids are no names of this one.
  const details = found && isErratum(found.id) && found.id !== wanted ? undefined : found
  const names = new Set([wanted, ...(details ? [details.id, ...details.aliases] : [])].map(name => name.toUpperCase()))
  const byType = new Map(ecosystems.map(one => [one.type, one]))
  const packages = inventory.packages.flatMap((pkg): ExplainedPackage[] => {
    const ecosystem = byType.get(pkg.type)
    if (!ecosystem) return []
    const subject = subjectOf(pkg, ecosystem, inventory.os, advisories, now.getTime())
    const verdicts = verdictsOf(subject, advisories).filter(({ flaw }) =>
      [...flaw.ids, ...flaw.vendorIds].some(one => names.has(one.toUpperCase())),
    )
    return verdicts.map(({ verdict, by, flaw }) => ({
      name: pkg.name,
      version: pkg.version,
      purl: pkg.purl,
      path: pkg.path,
      ...outcomeOf(report, pkg.purl, flaw.ids, verdict),
      ids: [...flaw.ids, ...flaw.vendorIds],
      records: flaw.judgements.map(one => recordOf(one, one === by)),
    }))
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

function outcomeOf(
  report: Report,
  purl: string,
  ids: string[],
  verdict: Judgement['verdict'],
): Pick<ExplainedPackage, 'outcome' | 'by' | 'statement'> {
  const about = (one: { VulnerabilityID: string }) => ids.includes(one.VulnerabilityID)
  const reported = report.Results.some(result =>
    result.Vulnerabilities?.some(one => one.PkgIdentifier.PURL === purl && about(one)),
  )
  if (reported) return { outcome: 'reported' }
  const suppressed = report.Suppressed.find(one => one.PkgIdentifier.PURL === purl && about(one))
  if (suppressed)
    return {
      outcome: suppressed.Reason,
      by: suppressed.Source,
      ...(suppressed.Statement && { statement: suppressed.Statement }),
    }
  return { outcome: verdict === 'vulnerable' ? 'left_out' : verdict }
}
