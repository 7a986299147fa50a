import type { Language, MessageKey } from '../../base/i18n/translate.ts'
import { translate } from '../../base/i18n/translate.ts'
import type { Report, ReportLicense, ReportMalware, ReportResult, ReportSecret } from '../../base/model/report.ts'
import type { Severity } from '../../base/model/severity.ts'

/** A finding that is no vulnerability, in one shape for formats that list all kinds. All texts are still to be escaped. */
export interface ContentFinding {
  kind: 'secret' | 'malware' | 'license'
  result: ReportResult
  /** Rule or licence. */
  id: string
  severity: Severity
  title: string
  /** File, package, or part of the image configuration. */
  place: string
  /** 1 where none is known. */
  line: number
  /** More about it, a sentence or a name with a value each. */
  details: string[]
  link?: string
}

/** Every secret, malware match and licence of a report. */
export function allContent(report: Report, language: Language = 'en'): ContentFinding[] {
  return report.Results.flatMap(result => contentOf(result, language))
}

export function contentOf(result: ReportResult, language: Language = 'en'): ContentFinding[] {
  return [
    ...(result.Secrets ?? []).map(secret => secretFinding(result, secret, language)),
    ...(result.Malware ?? []).map(malware => malwareFinding(result, malware, language)),
    ...(result.Licenses ?? []).map(license => licenseFinding(result, license, language)),
  ]
}

/** How many findings of every kind a result has. */
export function countAll(result: ReportResult): number {
  const { Vulnerabilities, Secrets, Malware, Licenses } = result
  return (Vulnerabilities?.length ?? 0) + (Secrets?.length ?? 0) + (Malware?.length ?? 0) + (Licenses?.length ?? 0)
}

/** Whether vulnerabilities were looked for at all; of a report that does not say, it is taken that they were. */
export function asksForVulnerabilities({ Scanners }: Pick<Report, 'Scanners'>): boolean {
  return Scanners === undefined || Scanners.includes('vuln')
}

/** The sentence that says what was not found: vulnerabilities, or whatever was looked for. */
export function cleanWords({ Scanners = ['vuln'], Incomplete }: Report): MessageKey {
  if (Scanners.some(name => name !== 'vuln'))
    return Incomplete.length > 0 ? 'content.clean_all_incomplete' : 'content.clean_all'
  return Incomplete.length > 0 ? 'report.clean_incomplete' : 'report.clean'
}

/** A short name of a layer. */
export function layerName({ Digest, DiffID }: { Digest?: string; DiffID?: string }): string {
  return (Digest ?? DiffID ?? '-').replace(/^(sha\d+:[0-9a-f]{12})[0-9a-f]*$/, '$1')
}

/** Where a finding's file comes from, and whether a later layer hides it. */
export function layerNotes(found: Pick<ReportSecret, 'Layer' | 'RemovedIn' | 'Commit'>, language: Language): string[] {
  const notes: string[] = []
  if (found.Commit) notes.push(translate(language, 'sources.commit', { commit: found.Commit.slice(0, 12) }))
  if (found.Layer) notes.push(translate(language, 'content.added_by', { layer: layerName(found.Layer) }))
  if (found.RemovedIn) notes.push(translate(language, 'content.removed_in', { layer: layerName(found.RemovedIn) }))
  return notes
}

function secretFinding(result: ReportResult, secret: ReportSecret, language: Language): ContentFinding {
  return {
    kind: 'secret',
    result,
    id: secret.RuleID,
    severity: secret.Severity,
    title: secret.Title,
    place: result.Target,
    line: Math.max(1, secret.StartLine),
    details: [
      secret.Match,
      ...layerNotes(secret, language),
      ...(secret.Fix ? [translate(language, `fix.${secret.Fix}`)] : []),
    ],
  }
}

function malwareFinding(result: ReportResult, malware: ReportMalware, language: Language): ContentFinding {
  const credit = [malware.RuleSet, malware.Author, malware.Licence].filter(text => text).join(', ')
  return {
    kind: 'malware',
    result,
    id: malware.Rule,
    severity: malware.Severity,
    title: malware.Title || malware.Rule,
    place: result.Target,
    line: 1,
    details: [
      `${translate(language, 'content.rule_set')}: ${credit}`,
      ...(malware.SHA256 ? [`SHA-256: ${malware.SHA256}`] : []),
      ...layerNotes(malware, language),
    ],
    ...(malware.Reference ? { link: malware.Reference } : {}),
  }
}

function licenseFinding(result: ReportResult, license: ReportLicense, language: Language): ContentFinding {
  return {
    kind: 'license',
    result,
    id: license.Name,
    severity: license.Severity,
    title: `${license.Name} (${license.Category})`,
    place: license.PkgName || license.FilePath || result.Target,
    line: 1,
    details: [
      ...(license.PkgName && license.FilePath ? [license.FilePath] : []),
      ...(license.Policy === 'deny' ? [translate(language, 'content.denied')] : []),
      ...(license.Confidence < 1 ? [`${Math.round(license.Confidence * 100)} %`] : []),
    ],
    ...(license.Link ? { link: license.Link } : {}),
  }
}
