import { translate } from '../base/i18n/translate.ts'
import type { Advisories } from '../base/model/advisory.ts'
import type { Scanner } from '../base/model/content.ts'
import type { Incomplete, Inventory } from '../base/model/inventory.ts'
import type { Package } from '../base/model/package.ts'
import type { Report, ReportWarning } from '../base/model/report.ts'
import type { Finding, VerdictMemo } from './advisories/match/finding.ts'
import { match } from './advisories/match/match.ts'
import type { DecisionFile } from './advisories/vex/decision.ts'
import { markBase } from './base-image/mark.ts'
import { recogniseBase } from './base-image/recognise.ts'
import type { Baseline } from './baseline.ts'
import { judgeContent } from './content-judge.ts'
import type { ScanOptions } from './options.ts'
import { type PriorityFacts, prioritize } from './priority.ts'
import { buildReport, type Ranked } from './report.ts'
import { filterFindings } from './suppress.ts'

export type JudgeOptions = ScanOptions & { decisions?: DecisionFile[]; baseline?: Baseline; memo?: VerdictMemo }

/** What is looked for when nobody says otherwise: as Trivy has it, since hands expect it. Malware rules cost the most and are asked for by name. */
export const defaultScanners: readonly Scanner[] = ['vuln', 'secret']

/** Judges a stored inventory: the second half of a scan. Without advisories, all but vulnerabilities. Pure. */
export function judge(inventory: Inventory, advisories: Advisories | undefined, options: JudgeOptions = {}): Report {
  const now = options.now ?? new Date()
  const { severities, ignoreUnfixed, ignoreStatuses, decisions = [], scanners = defaultScanners } = options
  const { wanted, owners } = selectPackages(inventory, options)
  const content = judgeContent(wanted, {
    decisions: decisions.flatMap(file => file.decisions),
    severities,
    baseline: options.baseline,
    policy: { allow: options.licenseAllow ?? [], deny: options.licenseDeny ?? [] },
    licenses: scanners.includes('license'),
    now,
  })
  const matched = advisories && match(wanted, advisories, { ...matchOptions(options, now), owners })
  const filtered = filterFindings((matched?.findings ?? []).map(knownMalicious), {
    decisions,
    severities,
    ignoreUnfixed,
    ignoreStatuses,
    now,
    artifact: inventory.artifact,
    packages: inventory.packages,
    used: content.used,
  })
  const [malicious, findings] = partition(filtered.findings, isMalicious)
  const listed = scanners.includes('vuln') || scanners.includes('license')
  const report = buildReport({
    inventory: listed ? wanted : { ...wanted, packages: [] },
    findings: rank(findings),
    content: { ...content.findings, malicious },
    scanners,
    suppressed: [...(matched?.suppressed ?? []), ...filtered.suppressed, ...content.suppressed],
    incomplete: [
      ...(advisories ? coverage(advisories) : []),
      // A package whose version cannot be compared is missing from an answer about packages alone.
      ...inventory.incomplete.filter(({ code }) => listed || code !== 'version_unknown'),
      ...(matched?.incomplete ?? []),
      ...filtered.incomplete,
    ],
    warnings: [
      ...[...filtered.warnings, ...content.warnings].filter(one => wasLookedFor(one, decisions, scanners)),
      ...attestationWarning(inventory),
      ...archiveWarnings(inventory),
    ],
    ...(advisories && { database: advisories.info }),
    ...(matched?.endOfLife !== undefined && { endOfLife: matched.endOfLife }),
    packages: options.listAllPackages ?? true,
    now,
    timing: {},
  })
  const base = recogniseBase(inventory, options.baseImages ?? [])
  return base ? markBase(report, base) : report
}

/** Nobody can say that an entry fits nothing where what it is about was not looked for. */
function wasLookedFor({ code, source }: ReportWarning, files: DecisionFile[], scanners: readonly Scanner[]): boolean {
  if (code !== 'unused') return true
  const decision = files.flatMap(file => file.decisions).find(one => one.source === source)
  if (decision === undefined) return true
  if (decision.about === 'misconfiguration') return false
  if (decision.about !== undefined) return scanners.includes(decision.about)
  if (decision.byPackage || decision.ids.some(id => vulnerabilityId.test(id))) return scanners.includes('vuln')
  return scanners.includes('vuln') && scanners.includes('secret')
}

/** Ids that rules of secrets and malware and licences do not have. */
const vulnerabilityId = /^(?:CVE|GHSA|GO|PYSEC|RUSTSEC|MAL|OSV|NSWG-ECO|TEMP|USN|DLA|[A-Z]*SA)-\w/i

/** Who signed an attestation is not looked at: that must be said, or it would look as if it had been. */
function attestationWarning({ artifact }: Inventory): ReportWarning[] {
  return artifact.attested ? [{ code: 'unverified', source: artifact.name, detail: 'attestation' }] : []
}

function archiveWarnings({ notices = [] }: Inventory): ReportWarning[] {
  return notices.map(({ path, code, detail }) => ({
    code: 'damaged',
    source: path,
    detail: `${translate('en', `incomplete.${code}`)}: ${detail}`,
  }))
}

function matchOptions({ severityOrder, memo }: JudgeOptions, now: Date) {
  return { now, ...(severityOrder && { severityOrder }), ...(memo && { memo }) }
}

/** OSV's `MAL-` records say of a package that it is malware, and give no severity. */
function isMalicious({ ids }: Finding): boolean {
  return ids.some(id => id.startsWith('MAL-'))
}

function knownMalicious(finding: Finding): Finding {
  return isMalicious(finding) ? { ...finding, severity: 'CRITICAL' } : finding
}

function partition<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(test), items.filter(item => !test(item))]
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

/** The packages that somebody asked for, and beside them those that own files of theirs. */
function selectPackages(inventory: Inventory, options: ScanOptions): { wanted: Inventory; owners: Package[] } {
  const { pkgTypes, pkgRelationships, includeDevelopment } = options
  if (!pkgTypes && !pkgRelationships && includeDevelopment) return { wanted: inventory, owners: [] }
  const [packages, others] = partition(inventory.packages, ({ type, development, relationship }) => {
    if (development && !includeDevelopment) return false
    if (pkgRelationships && !pkgRelationships.includes(relationship ?? 'unknown')) return false
    return !pkgTypes || pkgTypes.includes(osTypes.has(type) ? 'os' : 'library')
  })
  const owning = new Set(packages.flatMap(one => one.ownedBy ?? []))
  return { wanted: { ...inventory, packages }, owners: others.filter(one => owning.has(one.id)) }
}
