import type { Report, ReportVulnerability } from '../../base/model/report.ts'
import type { Severity } from '../../base/model/severity.ts'
import { escapeProse, escapeText } from '../../base/text.ts'
import { allContent, type ContentFinding } from './content.ts'
import { allVulnerabilities, bestCvss, type Located, safeUrl } from './findings.ts'
import type { Render } from './format.ts'
import { stringify } from './json.ts'

/** SARIF 2.1.0 (OASIS), in the form that GitHub code scanning reads: a rule per vulnerability, a result per vulnerable package. */
export const renderSarif: Render = function* (report, { version, language }) {
  const found = allVulnerabilities(report)
  const rules = new Map<string, { index: number; rule: object }>()
  for (const { vulnerability } of found) {
    const id = escapeText(vulnerability.VulnerabilityID)
    if (!rules.has(id)) rules.set(id, { index: rules.size, rule: ruleOf(id, vulnerability) })
  }
  const content = allContent(report, language)
  for (const one of content) {
    const id = ruleId(one)
    if (!rules.has(id)) rules.set(id, { index: rules.size, rule: contentRule(id, one) })
  }
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Jenner',
            fullName: 'Jenner container security scanner',
            version,
            rules: [...rules.values()].map(({ rule }) => rule),
          },
        },
        invocations: [invocationOf(report)],
        results: [
          ...found.map(located =>
            resultOf(report, located, rules.get(escapeText(located.vulnerability.VulnerabilityID))!.index),
          ),
          ...content.map(one => contentResult(one, rules.get(ruleId(one))!.index)),
        ],
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOTPATH: { uri: 'file:///' } },
        properties: { imageName: escapeText(report.ArtifactName), artifactType: report.ArtifactType },
      },
    ],
  }
  yield `${stringify(log, 2)}\n`
}

const levels: Record<Severity, string> = {
  CRITICAL: 'error',
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'note',
  UNKNOWN: 'note',
}
/** GitHub sorts by this number where CVSS gives none. */
const scores: Record<Severity, number> = { CRITICAL: 9.5, HIGH: 8, MEDIUM: 5.5, LOW: 2, UNKNOWN: 0 }

function ruleOf(id: string, vulnerability: ReportVulnerability): object {
  const title = escapeProse(vulnerability.Title ?? vulnerability.VulnerabilityID)
  const link = safeUrl(vulnerability.PrimaryURL)
  const score = bestCvss(vulnerability)?.score ?? scores[vulnerability.Severity]
  return {
    id,
    name: 'Vulnerability',
    shortDescription: { text: title },
    fullDescription: { text: escapeProse(vulnerability.Description ?? title) || title },
    ...(link ? { helpUri: link } : {}),
    help: { text: `${id}: ${title}${link ? `\n${link}` : ''}` },
    defaultConfiguration: { level: levels[vulnerability.Severity] },
    properties: {
      precision: 'very-high',
      'security-severity': score.toFixed(1),
      tags: ['vulnerability', 'security', vulnerability.Severity],
    },
  }
}

function resultOf(report: Report, { result, vulnerability }: Located, ruleIndex: number): object {
  const id = escapeText(vulnerability.VulnerabilityID)
  const path =
    vulnerability.PkgPath ?? (result.Class === 'os-pkgs' ? vulnerability.Evidence?.path : result.Target) ?? ''
  const line = lineOf(result.Packages, vulnerability)
  const lines = [
    `Package: ${escapeText(vulnerability.PkgName)}`,
    `Installed version: ${escapeText(vulnerability.InstalledVersion)}`,
    `Vulnerability: ${id}`,
    `Severity: ${vulnerability.Severity}`,
    `Fixed version: ${escapeText(vulnerability.FixedVersion ?? '-')}`,
  ]
  return {
    ruleId: id,
    ruleIndex,
    level: levels[vulnerability.Severity],
    message: { text: lines.join('\n') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: toUri(path === '' ? report.ArtifactName : path), uriBaseId: 'ROOTPATH' },
          region: { startLine: line, startColumn: 1, endLine: line, endColumn: 1 },
        },
        message: {
          text: `${escapeText(path === '' ? report.ArtifactName : path)}: ${escapeText(vulnerability.PkgName)}@${escapeText(vulnerability.InstalledVersion)}`,
        },
      },
    ],
    partialFingerprints: {
      'jenner/v1': [id, escapeText(vulnerability.PkgName), escapeText(path)].join('|'),
    },
  }
}

const kindNames = { secret: 'Secret', malware: 'Malware', license: 'License' }

function ruleId({ kind, id }: ContentFinding): string {
  return kind === 'license' ? `license:${escapeText(id)}` : escapeText(id)
}

function contentRule(id: string, { kind, title, severity, link }: ContentFinding): object {
  const text = escapeProse(title) || id
  const url = safeUrl(link)
  return {
    id,
    name: kindNames[kind],
    shortDescription: { text },
    fullDescription: { text },
    ...(url ? { helpUri: url } : {}),
    help: { text: `${id}: ${text}${url ? `\n${url}` : ''}` },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      precision: kind === 'malware' ? 'high' : 'very-high',
      'security-severity': scores[severity].toFixed(1),
      tags: [kind, 'security', severity],
    },
  }
}

function contentResult(found: ContentFinding, ruleIndex: number): object {
  const id = ruleId(found)
  const place = escapeText(found.place)
  const lines = [`${kindNames[found.kind]}: ${escapeProse(found.title)}`, `Severity: ${found.severity}`]
  return {
    ruleId: id,
    ruleIndex,
    level: levels[found.severity],
    message: { text: [...lines, ...found.details.map(escapeProse)].join('\n') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: toUri(found.place), uriBaseId: 'ROOTPATH' },
          region: { startLine: found.line, startColumn: 1, endLine: found.line, endColumn: 1 },
        },
        message: { text: place },
      },
    ],
    partialFingerprints: {
      'jenner/v1': [id, place, found.kind === 'secret' ? found.details[0] : '']
        .map(text => escapeText(text ?? ''))
        .join('|'),
    },
  }
}

function lineOf(packages: Located['result']['Packages'], vulnerability: ReportVulnerability): number {
  const pkg = packages?.find(({ Identifier }) => Identifier.PURL === vulnerability.PkgIdentifier.PURL)
  return Math.max(1, pkg?.Locations?.[0]?.StartLine ?? 1)
}

/** A relative URI reference (RFC 3986): each part percent-encoded, so that no name can become a scheme or leave the root. */
function toUri(path: string): string {
  const parts = path
    .toWellFormed()
    .split('/')
    .filter(part => part !== '' && part !== '.' && part !== '..')
  return parts.map(part => encodeURIComponent(part)).join('/') || 'unknown'
}

function invocationOf(report: Report): object {
  const notifications = report.Incomplete.map(({ path, reason }) => ({
    level: 'warning',
    message: { text: `${escapeText(path)}: ${escapeProse(reason)}` },
  }))
  return {
    executionSuccessful: notifications.length === 0,
    ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}),
  }
}
