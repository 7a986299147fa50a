import type { Advisories } from '../base/model/advisory.ts'
import type { Incomplete, Inventory } from '../base/model/inventory.ts'
import type { Report } from '../base/model/report.ts'
import type { Finding } from './advisories/match/finding.ts'
import { match } from './advisories/match/match.ts'
import type { DecisionFile } from './advisories/vex/decision.ts'
import type { ScanOptions } from './options.ts'
import { type PriorityFacts, prioritize } from './priority.ts'
import { buildReport, type Ranked } from './report.ts'
import { filterFindings } from './suppress.ts'

/** Judges a stored inventory: the second half of a scan. Pure. */
export function judge(
  inventory: Inventory,
  advisories: Advisories,
  options: ScanOptions & { decisions?: DecisionFile[] } = {},
): Report {
  const now = options.now ?? new Date()
  const wanted = selectPackages(inventory, options)
  const matched = match(wanted, advisories, {
    now,
    ...(options.severityOrder && { severityOrder: options.severityOrder }),
  })
  const { severities, ignoreUnfixed, decisions = [] } = options
  const filtered = filterFindings(matched.findings, {
    decisions,
    severities,
    ignoreUnfixed,
    now,
    artifact: inventory.artifact,
  })
  return buildReport({
    inventory: wanted,
    findings: rank(filtered.findings),
    suppressed: [...matched.suppressed, ...filtered.suppressed],
    incomplete: [...coverage(advisories), ...inventory.incomplete, ...matched.incomplete, ...filtered.incomplete],
    warnings: filtered.warnings,
    database: advisories.info,
    ...(matched.endOfLife !== undefined && { endOfLife: matched.endOfLife }),
    packages: options.listAllPackages ?? true,
    now,
    timing: {},
  })
}

/** Findings in the order in which to look at them. */
function rank(findings: Finding[]): Ranked[] {
  const priorities = prioritize(findings.map(factsOf))
  return findings
    .map((finding, index) => ({ ...finding, priority: priorities[index]! }))
    .sort((a, b) => a.priority.rank - b.priority.rank)
}

function factsOf({ id, severity, status, fixedVersion, kev, epss, details }: Finding): PriorityFacts {
  const facts: PriorityFacts = { id, severity, status }
  if (fixedVersion !== undefined) facts.fixedVersion = fixedVersion
  if (kev) facts.kev = kev
  if (epss) facts.epss = epss
  const highest = details?.cvss.reduce((best, one) => (one.score > best.score ? one : best), details.cvss[0]!)
  if (highest) facts.cvss = { score: highest.score, source: highest.source }
  return facts
}

/** With the starter data alone no report is complete. */
function coverage({ info }: Advisories): Incomplete[] {
  return info.starter ? [{ path: 'advisories', code: 'advisory_coverage_starter', detail: '' }] : []
}

const osTypes = new Set(['deb', 'apk', 'rpm', 'alpm', 'ebuild'])

function selectPackages(inventory: Inventory, { pkgTypes, includeDevelopment }: ScanOptions): Inventory {
  if (!pkgTypes && includeDevelopment) return inventory
  const packages = inventory.packages.filter(({ type, development }) => {
    if (development && !includeDevelopment) return false
    return !pkgTypes || pkgTypes.includes(osTypes.has(type) ? 'os' : 'library')
  })
  return { ...inventory, packages }
}
