import type { Report } from '../../base/model/report.ts'
import type { Severity } from '../../base/model/severity.ts'
import { escapeProse, escapeText, truncate } from '../../base/text.ts'
import { allContent, type ContentFinding } from './content.ts'
import { allVulnerabilities, type Located, safeUrl } from './findings.ts'
import type { Render } from './format.ts'
import { dateTime, uuidOf } from './ids.ts'
import { stringify } from './json.ts'

/** GitLab's container scanning report, schema 15.0.x (security-report-schemas, `container-scanning-report-format`). */
export const renderGitlab: Render = function* (report, { version }) {
  const time = (dateTime(report.CreatedAt) ?? '1970-01-01T00:00:00Z').slice(0, 19)
  const tool = { id: 'jenner', name: 'Jenner', vendor: { name: 'Jenner' }, version }
  const document = {
    version: '15.0.7',
    scan: {
      analyzer: tool,
      scanner: tool,
      type: 'container_scanning',
      start_time: time,
      end_time: time,
      status: report.Incomplete.length > 0 ? 'failure' : 'success',
      ...messagesField(report),
    },
    vulnerabilities: [
      ...allVulnerabilities(report).map(located => vulnerabilityOf(report, located)),
      ...allContent(report)
        .filter(({ kind }) => kind === 'malware')
        .map(found => malwareOf(report, found)),
    ],
    remediations: [],
  }
  yield `${stringify(document, 2)}\n`
}

const severityWords: Record<Severity, string> = {
  CRITICAL: 'Critical',
  HIGH: 'High',
  MEDIUM: 'Medium',
  LOW: 'Low',
  UNKNOWN: 'Unknown',
}

/** What the schema has no place for is said, not dropped in silence. */
function messagesField(report: Report): { messages?: object[] } {
  const left = allContent(report).filter(({ kind }) => kind !== 'malware').length
  const notes = left > 0 ? [{ level: 'info', value: `secrets and licenses: ${left}, in -f json, sarif and html` }] : []
  const messages = [...messagesOf(report), ...notes]
  return messages.length > 0 ? { messages } : {}
}

function malwareOf(report: Report, found: ContentFinding): object {
  const os = report.Metadata.OS
  const id = escapeText(found.id)
  const url = safeUrl(found.link)
  return {
    id: uuidOf(['malware', id, found.place, ...found.details].join('\n')),
    name: truncate(`${id}: ${escapeProse(found.title)}`, 255),
    description: [escapeProse(found.title), ...found.details.map(escapeProse)].join('\n'),
    severity: severityWords[found.severity],
    location: {
      dependency: { package: { name: escapeText(found.place) }, version: '' },
      operating_system: os ? `${escapeText(os.Family)} ${escapeText(os.Name)}` : 'Unknown',
      image: imageName(report.ArtifactName),
    },
    identifiers: [{ type: 'malware', name: id, value: id, ...(url ? { url } : {}) }],
    links: url ? [{ url }] : [],
  }
}

function messagesOf(report: Report): object[] {
  return report.Incomplete.map(({ path, reason }) => ({
    level: 'warn',
    value: `${escapeText(path)}: ${escapeProse(reason)}`,
  }))
}

function vulnerabilityOf(report: Report, { result, vulnerability }: Located): object {
  const id = escapeText(vulnerability.VulnerabilityID)
  const name = escapeText(vulnerability.PkgName)
  const os = report.Metadata.OS
  const links = [vulnerability.PrimaryURL, ...(vulnerability.References ?? [])]
    .map(safeUrl)
    .filter(url => url !== undefined)
  return {
    id: uuidOf([id, name, vulnerability.InstalledVersion, vulnerability.PkgPath ?? '', result.Target].join('\n')),
    name: truncate(escapeProse(vulnerability.Title ?? id) || id, 255),
    description: escapeProse(vulnerability.Description ?? vulnerability.Title ?? id) || id,
    severity: severityWords[vulnerability.Severity],
    ...(vulnerability.FixedVersion ? { solution: `Upgrade ${name} to ${escapeText(vulnerability.FixedVersion)}` } : {}),
    location: {
      dependency: { package: { name }, version: escapeText(vulnerability.InstalledVersion) },
      operating_system: os ? `${escapeText(os.Family)} ${escapeText(os.Name)}` : 'Unknown',
      image: imageName(report.ArtifactName),
    },
    identifiers: identifiersOf(vulnerability.VulnerabilityID, vulnerability.PrimaryURL),
    links: [...new Set(links)].map(url => ({ url })),
  }
}

function identifiersOf(id: string, link: string | undefined): object[] {
  const value = escapeText(id)
  const type = /^([A-Za-z]{2,12})-/.exec(id)?.[1]?.toLowerCase() ?? 'other'
  const url = safeUrl(link)
  return [{ type, name: value, value, ...(url ? { url } : {}) }]
}

/** The schema asks for `name:tag`, nothing but colons between. */
function imageName(name: string): string {
  const plain = escapeText(name)
    .replace(/\s+/g, '_')
    .replace(/@sha256:/, ':')
  const parts = plain.split(':').filter(part => part !== '')
  if (parts.length > 1 && parts.length <= 3) return parts.join(':')
  return `${parts.join('-') || 'unknown'}:latest`
}
