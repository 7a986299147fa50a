import { readFileSync, statSync } from 'node:fs'
import { JennerError } from '../base/errors.ts'
import type { Advisories } from '../base/model/advisory.ts'
import type { Incomplete, Inventory } from '../base/model/inventory.ts'
import type { Report } from '../base/model/report.ts'
import { chooseAdvisories } from './advisories/advisories.ts'
import type { Finding } from './advisories/match/finding.ts'
import { match } from './advisories/match/match.ts'
import type { DecisionFile } from './advisories/vex/decision.ts'
import { type InspectOptions, inspect } from './inspect/inspect.ts'
import { inventoryOfSbom } from './inventory/sbom/read.ts'
import type { ScanOptions, ScanTarget } from './options.ts'
import { type PriorityFacts, prioritize } from './priority.ts'
import { buildReport, type Ranked } from './report.ts'
import { filterFindings, readDecisionFiles } from './suppress.ts'

/**
 * Scans a target: reads what is in it (in a process of its own), judges it against the advisories, ranks what remains.
 * What could not be read or judged is under `Incomplete`; only a target that is not there, an unusable database and wrong arguments throw (JennerError).
 */
export async function scan(target: ScanTarget, options: ScanOptions = {}): Promise<Report> {
  const now = options.now ?? new Date()
  const started = performance.now()
  const decisions = await readDecisionFiles(options.ignoreFiles, options.vexFiles)
  const advisories = chooseAdvisories({ db: options.db, cacheDir: options.cacheDir })
  try {
    const inventory = await readInventory(target, options)
    const read = performance.now()
    options.onProgress?.({ phase: 'match', bytes: 0 })
    const report = judge(inventory, advisories, { ...options, decisions, now })
    const done = performance.now()
    report.Timing = {
      ...inventory.timing,
      readMs: round(read - started),
      judgeMs: round(done - read),
      totalMs: round(done - started),
    }
    return report
  } finally {
    advisories.close()
  }
}

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

const maxSbomBytes = 256 * 1024 * 1024

async function readInventory(target: ScanTarget, options: ScanOptions): Promise<Inventory> {
  if (target.kind === 'sbom') return inventoryOfSbom(readSbomText(target.name), target.name)
  const request: InspectOptions = {}
  if (!options.noCache && options.cacheDir) request.cacheDir = options.cacheDir
  if (options.platform) request.platform = options.platform
  if (options.skipDirs) request.skipDirs = options.skipDirs
  if (options.skipFiles) request.skipFiles = options.skipFiles
  if (options.verifyDiffIds) request.verifyDiffIds = true
  if (options.timeout !== undefined) request.timeout = options.timeout
  if (options.maxMemory !== undefined) request.maxMemory = options.maxMemory
  if (options.signal) request.signal = options.signal
  if (options.onProgress) request.onProgress = options.onProgress
  return inspect({ kind: target.kind, name: target.name }, request)
}

/** An SBOM's text; `-` is standard input. */
function readSbomText(name: string): string {
  const from = name === '-' ? 0 : name
  try {
    if (from !== 0 && statSync(from).size > maxSbomBytes)
      throw new JennerError('limit_exceeded', `${name} is larger than ${maxSbomBytes} bytes`)
    const bytes = readFileSync(from)
    if (bytes.length > maxSbomBytes)
      throw new JennerError('limit_exceeded', `${name} is larger than ${maxSbomBytes} bytes`)
    return bytes.toString('utf8')
  } catch (error) {
    if (error instanceof JennerError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new JennerError(code === 'ENOENT' ? 'target_not_found' : 'target_unreadable', name, error)
  }
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10
}
