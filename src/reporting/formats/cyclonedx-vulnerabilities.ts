import type { Report, ReportPackage, ReportResult, ReportVulnerability } from '../../base/model/report.ts'
import type { Severity } from '../../base/model/severity.ts'
import { escapeText } from '../../base/text.ts'
import { allVulnerabilities, safeUrl } from './findings.ts'
import { dateTime } from './ids.ts'

/** A package with the reference that is its own in the whole document. */
export interface Referenced {
  ref: string
  pkg: ReportPackage
  result: ReportResult
}

/** CycloneDX `vulnerabilities`: one a flaw, with everything it affects. What a VEX word or a vendor rules out is told with its analysis. */
export function vulnerabilitiesOf(report: Report, packages: Referenced[]): object[] {
  const refs = new Map<string, string[]>()
  for (const { pkg, ref } of packages) refs.set(pkg.Identifier.PURL, [...(refs.get(pkg.Identifier.PURL) ?? []), ref])
  const groups = new Map<string, ReportVulnerability[]>()
  for (const { vulnerability } of allVulnerabilities(report)) {
    const key = `${vulnerability.VulnerabilityID}\n${vulnerability.Status}`
    groups.set(key, [...(groups.get(key) ?? []), vulnerability])
  }
  return [
    ...[...groups.values()].map(group => describe(group, refs)),
    ...malicious(report, refs),
    ...ruledOut(report, refs),
  ]
}

/** Packages that advisories call malicious. Secrets, and files that rules call malware, have no place in a bill of materials. */
function malicious(report: Report, refs: Map<string, string[]>): object[] {
  return report.Results.flatMap(({ Target, Malware = [] }) =>
    Malware.filter(({ Kind }) => Kind === 'package').map(({ Rule, RuleSet, Title, Reference }) => {
      const url = safeUrl(Reference)
      return {
        id: escapeText(Rule),
        source: { name: escapeText(RuleSet), ...(url ? { url } : {}) },
        ratings: [{ source: { name: escapeText(RuleSet) }, severity: 'critical' }],
        cwes: [506],
        description: Title.toWellFormed(),
        affects: (refs.get(Target) ?? []).map(ref => ({ ref })),
      }
    }),
  )
}

function describe(group: ReportVulnerability[], refs: Map<string, string[]>): object {
  const first = group[0]!
  const url = safeUrl(first.PrimaryURL)
  const cwes = (first.CweIDs ?? [])
    .map(id => /^CWE-(\d{1,6})$/.exec(id)?.[1])
    .filter(id => id !== undefined && id !== '0')
  const advisories = (first.References ?? []).map(safeUrl).filter(link => link !== undefined)
  const published = dateTime(first.PublishedDate)
  const updated = dateTime(first.LastModifiedDate)
  const fixes = group
    .filter(({ FixedVersion }) => FixedVersion)
    .map(({ PkgName, FixedVersion }) => `Upgrade ${escapeText(PkgName)} to ${escapeText(FixedVersion!)}`)
  const analysis = analyses[first.Status]
  return {
    id: escapeText(first.VulnerabilityID),
    source: { name: escapeText(first.SeveritySource ?? first.Evidence?.source ?? 'unknown'), ...(url ? { url } : {}) },
    ratings: ratingsOf(first),
    ...(cwes.length > 0 ? { cwes: [...new Set(cwes.map(Number))] } : {}),
    ...(first.Description ? { description: first.Description.toWellFormed() } : {}),
    ...(fixes.length > 0 ? { recommendation: [...new Set(fixes)].join('; ') } : {}),
    ...(advisories.length > 0 ? { advisories: [...new Set(advisories)].map(link => ({ url: link })) } : {}),
    ...(published ? { published } : {}),
    ...(updated ? { updated } : {}),
    ...(analysis ? { analysis } : {}),
    affects: affected(group, refs),
  }
}

/** What the vendor said it will do, in CycloneDX's words. */
const analyses: Partial<Record<ReportVulnerability['Status'], object>> = {
  will_not_fix: { response: ['will_not_fix'] },
  fix_deferred: { response: ['can_not_fix'], detail: 'the fix is deferred' },
  end_of_life: { response: ['can_not_fix'], detail: 'end of life' },
  under_investigation: { state: 'in_triage' },
}

function affected(group: ReportVulnerability[], refs: Map<string, string[]>): object[] {
  const versions = new Map<string, Set<string>>()
  for (const { PkgIdentifier, InstalledVersion, PkgName } of group) {
    for (const ref of refs.get(PkgIdentifier.PURL) ?? [PkgIdentifier.PURL || PkgName]) {
      versions.set(ref, (versions.get(ref) ?? new Set()).add(InstalledVersion))
    }
  }
  return [...versions].map(([ref, list]) => ({
    ref,
    versions: [...list].map(version => ({ version, status: 'affected' })),
  }))
}

const severityWords: Record<Severity, string> = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MEDIUM: 'medium',
  LOW: 'low',
  UNKNOWN: 'unknown',
}

function ratingsOf(vulnerability: ReportVulnerability): object[] {
  const source = { name: escapeText(vulnerability.SeveritySource ?? 'unknown') }
  const ratings: object[] = [{ source, severity: severityWords[vulnerability.Severity] }]
  for (const [name, cvss] of Object.entries(vulnerability.CVSS ?? {})) {
    const scores: [number | undefined, string | undefined, string][] = [
      [cvss.V2Score, cvss.V2Vector, 'CVSSv2'],
      [cvss.V3Score, cvss.V3Vector, cvss.V3Vector?.startsWith('CVSS:3.0') ? 'CVSSv3' : 'CVSSv31'],
      [cvss.V40Score, cvss.V40Vector, 'CVSSv4'],
    ]
    for (const [score, vector, method] of scores) {
      if (score === undefined) continue
      ratings.push({ source: { name: escapeText(name) }, score, method, ...(vector ? { vector } : {}) })
    }
  }
  return ratings
}

function ruledOut(report: Report, refs: Map<string, string[]>): object[] {
  return report.Suppressed.filter(({ Reason }) => Reason === 'vex' || Reason === 'not_affected').map(item => ({
    id: escapeText(item.VulnerabilityID),
    analysis: { state: 'not_affected', detail: escapeText([item.Source, item.Statement].filter(Boolean).join(': ')) },
    affects: (refs.get(item.PkgIdentifier.PURL) ?? [item.PkgIdentifier.PURL]).map(ref => ({ ref })),
  }))
}
