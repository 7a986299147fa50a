import type { MessageKey } from '../../base/i18n/translate.ts'
import type { Report, ReportPackage, ReportResult, ReportVulnerability } from '../../base/model/report.ts'
import { compareSeverities, type Severity, severities } from '../../base/model/severity.ts'

export interface Located {
  result: ReportResult
  vulnerability: ReportVulnerability
}

/** Every vulnerability with the result it stands in. */
export function allVulnerabilities(report: Report): Located[] {
  return report.Results.flatMap(result =>
    (result.Vulnerabilities ?? []).map(vulnerability => ({ result, vulnerability })),
  )
}

/** One thing to fix, with every place it stands in: the first and how many more. No place for a package of the operating system. */
export interface Urgent {
  vulnerability: ReportVulnerability
  place?: string
  otherPlaces: number
}

/** What to fix first, most urgent first: of those findings that have reasons, the same flaw in the same version of a package once. */
export function urgentFirst(report: Report): Urgent[] {
  const ranked = allVulnerabilities(report)
    .filter(({ vulnerability }) => (vulnerability.Priority?.reasons.length ?? 0) > 0)
    .sort((a, b) => a.vulnerability.Priority.rank - b.vulnerability.Priority.rank)
  const folded = new Map<string, Urgent>()
  for (const { result, vulnerability } of ranked) {
    const { VulnerabilityID, PkgName, InstalledVersion, FixedVersion } = vulnerability
    const key = JSON.stringify([result.Type, VulnerabilityID, PkgName, InstalledVersion, FixedVersion])
    const known = folded.get(key)
    if (known) known.otherPlaces++
    else folded.set(key, { vulnerability, otherPlaces: 0, ...placeOf(result, vulnerability) })
  }
  return [...folded.values()]
}

/** Where a thing to fix stands, in the reader's language. */
export function sayPlaces(
  place: string,
  others: number,
  say: (key: MessageKey, values?: Record<string, string | number>) => string,
): string {
  return others === 0 ? say('report.in_place', { place }) : say('report.in_places', { place, count: others })
}

function placeOf({ Class, Target }: ReportResult, { PkgPath }: ReportVulnerability): { place?: string } {
  return Class === 'os-pkgs' ? {} : { place: PkgPath ?? Target }
}

/** What only our own reports say of a package, and our reader of SBOMs judges by again. `''` says something: none is linked. */
export function ownFacts({ OwnedBy, LinkedPackages, ClassRoots }: ReportPackage): [name: string, value: string][] {
  const facts: [string, string | undefined][] = [
    ['OwnedBy', OwnedBy],
    ['LinkedPackages', LinkedPackages],
    ['ClassRoots', ClassRoots],
  ]
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined)
}

/** How many of each severity, every severity present. */
export function countSeverities(list: readonly { Severity: Severity }[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { UNKNOWN: 0, LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0 }
  for (const { Severity } of list) counts[Severity]++
  return counts
}

/** The highest severity of a list; UNKNOWN for none. */
export function highest(list: readonly ReportVulnerability[]): Severity {
  return list.reduce<Severity>(
    (top, { Severity }) => (compareSeverities(Severity, top) > 0 ? Severity : top),
    severities[0],
  )
}

/** The best CVSS score of a finding over its sources (version 3 first, then 4, then 2), with its vector. */
export function bestCvss(
  vulnerability: ReportVulnerability,
): { source: string; score: number; vector?: string; version: '2' | '3' | '4' } | undefined {
  const preferred = ['nvd', 'ghsa', 'redhat']
  const entries = Object.entries(vulnerability.CVSS ?? {}).sort(
    ([a], [b]) => ((preferred.indexOf(a) + 4) % 4) - ((preferred.indexOf(b) + 4) % 4) || (a < b ? -1 : 1),
  )
  for (const version of ['3', '4', '2'] as const) {
    for (const [source, cvss] of entries) {
      const [score, vector] = {
        '2': [cvss.V2Score, cvss.V2Vector],
        '3': [cvss.V3Score, cvss.V3Vector],
        '4': [cvss.V40Score, cvss.V40Vector],
      }[version] as [number | undefined, string | undefined]
      if (score !== undefined) return { source, score, version, ...(vector ? { vector } : {}) }
    }
  }
  return undefined
}

/** A stable order for people: package, version, place, severity from the top, id. */
export function inReadingOrder(list: readonly ReportVulnerability[]): ReportVulnerability[] {
  return [...list].sort(
    (a, b) =>
      compare(a.PkgName, b.PkgName) ||
      compare(a.InstalledVersion, b.InstalledVersion) ||
      compare(a.PkgPath ?? '', b.PkgPath ?? '') ||
      compareSeverities(b.Severity, a.Severity) ||
      compare(a.VulnerabilityID, b.VulnerabilityID),
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Where to read more: the finding's own link if it is http(s), else nothing. Links of foreign origin may hold `javascript:`. */
export function safeUrl(url: string | undefined): string | undefined {
  if (url === undefined || url.length > 2048 || !URL.canParse(url)) return undefined
  const parsed = new URL(url)
  return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : undefined
}

/** A package's whole version: `epoch:version-release`, as Trivy's reports take OS versions apart. */
export function wholeVersion({
  Version,
  Release,
  Epoch,
}: Pick<ReportPackage, 'Version' | 'Release' | 'Epoch'>): string {
  return `${Epoch ? `${Epoch}:` : ''}${Version}${Release ? `-${Release}` : ''}`
}
