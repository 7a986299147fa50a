import { JennerError } from '../../base/errors.ts'
import { statuses } from '../../base/model/advisory.ts'
import { scanners } from '../../base/model/content.ts'
import { incompleteCodes } from '../../base/model/inventory.ts'
import type {
  Report,
  ReportPackage,
  ReportResult,
  ReportVulnerability,
  SuppressedFinding,
} from '../../base/model/report.ts'
import { severities } from '../../base/model/severity.ts'
import { readLicense, readMalware, readSecret } from './read-content.ts'
import { array, isString, number, record, string } from './read-value.ts'

/**
 * A saved JSON report, ours or Trivy's (SchemaVersion 2), made whole: every field that formats rely on has its type, whatever the file says.
 * Throws JennerError malformed where it is no report.
 */
export function readReport(text: string): Report {
  const root = record(parse(text.replace(/^\ufeff/, '')))
  if (root?.SchemaVersion !== 2) throw new JennerError('malformed', 'JSON report: SchemaVersion 2')
  const results = array(root.Results)
  const database = record(root.Database)
  return {
    ...root,
    SchemaVersion: 2,
    CreatedAt: string(root.CreatedAt) ?? new Date(0).toISOString(),
    ArtifactName: string(root.ArtifactName) ?? '',
    ArtifactType: (string(root.ArtifactType) ?? 'container_image') as Report['ArtifactType'],
    Metadata: readMetadata(record(root.Metadata) ?? {}),
    Results: results
      .map(record)
      .filter(result => result !== undefined)
      .map(readResult),
    Incomplete: array(root.Incomplete)
      .map(record)
      .filter(item => item !== undefined)
      .map(readIncomplete),
    Suppressed: [
      ...array(root.Suppressed).map(readSuppressed),
      ...results.flatMap(result => array(record(result)?.ExperimentalModifiedFindings).map(readModified)),
    ],
    Scanners: Array.isArray(root.Scanners)
      ? scanners.filter(name => (root.Scanners as unknown[]).includes(name))
      : undefined,
    Timing: (record(root.Timing) ?? {}) as Record<string, number>,
    Database: database && {
      builtAt: string(database.builtAt) ?? '',
      sources: array(database.sources),
      starter: database.starter === true,
    },
  } as Report
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new JennerError('malformed', `JSON report: ${(error as Error).message.slice(0, 200)}`, error)
  }
}

function readMetadata(metadata: Record<string, unknown>): Report['Metadata'] {
  const os = record(metadata.OS)
  const strings = (name: string): string[] | undefined =>
    Array.isArray(metadata[name]) ? metadata[name].filter(isString) : undefined
  return {
    ...metadata,
    RepoTags: strings('RepoTags'),
    RepoDigests: strings('RepoDigests'),
    DiffIDs: strings('DiffIDs'),
    ImageID: string(metadata.ImageID),
    OS: os && { Family: string(os.Family) ?? '', Name: string(os.Name) ?? '', EOSL: os.EOSL === true },
  } as Report['Metadata']
}

function readResult(result: Record<string, unknown>): ReportResult {
  const listed = <Item>(list: unknown, read: (value: unknown) => Item): Item[] | undefined =>
    Array.isArray(list) ? list.map(read) : undefined
  return {
    ...result,
    Target: string(result.Target) ?? '',
    Class: string(result.Class) ?? 'lang-pkgs',
    Type: string(result.Type),
    Packages: listed(result.Packages, readPackage),
    Vulnerabilities: listed(result.Vulnerabilities, readVulnerability),
    Secrets: listed(result.Secrets, readSecret),
    Malware: listed(result.Malware, readMalware),
    Licenses: listed(result.Licenses, readLicense),
  } as ReportResult
}

function readPackage(value: unknown): ReportPackage {
  const pkg = record(value) ?? {}
  const strings = [
    'Arch',
    'SrcName',
    'SrcVersion',
    'SrcRelease',
    'Release',
    'Maintainer',
    'Modularitylabel',
    'Relationship',
    'FilePath',
    'Digest',
    'OwnedBy',
    'LinkedPackages',
    'ClassRoots',
  ]
  return {
    ...pkg,
    ...Object.fromEntries(strings.map(name => [name, string(pkg[name])])),
    ID: string(pkg.ID) ?? `${string(pkg.Name) ?? ''}@${string(pkg.Version) ?? ''}`,
    Name: string(pkg.Name) ?? '',
    Version: string(pkg.Version) ?? '',
    Identifier: { ...record(pkg.Identifier), PURL: string(record(pkg.Identifier)?.PURL) ?? '' },
    Epoch: number(pkg.Epoch),
    SrcEpoch: number(pkg.SrcEpoch),
    Licenses: array(pkg.Licenses).filter(isString),
    DependsOn: array(pkg.DependsOn).filter(isString),
    Locations: array(pkg.Locations)
      .map(record)
      .filter(line => Number.isSafeInteger(line?.StartLine)),
    Layer: readLayer(pkg.Layer),
  } as ReportPackage
}

function readVulnerability(value: unknown): ReportVulnerability {
  const found = record(value) ?? {}
  const priority = record(found.Priority)
  const evidence = record(found.Evidence) ?? {}
  const epss = record(found.EPSS)
  const strings = [
    'PkgPath',
    'FixedVersion',
    'SeveritySource',
    'PrimaryURL',
    'Title',
    'Description',
    'PublishedDate',
    'LastModifiedDate',
  ]
  return {
    ...found,
    ...Object.fromEntries(strings.map(name => [name, string(found[name])])),
    VulnerabilityID: string(found.VulnerabilityID) ?? '',
    PkgName: string(found.PkgName) ?? '',
    InstalledVersion: string(found.InstalledVersion) ?? '',
    PkgIdentifier: { ...record(found.PkgIdentifier), PURL: string(record(found.PkgIdentifier)?.PURL) ?? '' },
    Severity: severities.find(name => name === string(found.Severity)?.toUpperCase()) ?? 'UNKNOWN',
    Status: statuses.find(name => name === found.Status) ?? (found.FixedVersion ? 'fixed' : 'affected'),
    CweIDs: array(found.CweIDs).filter(isString),
    References: array(found.References).filter(isString),
    CVSS: readCvss(found.CVSS),
    Layer: readLayer(found.Layer),
    KEV: record(found.KEV),
    EPSS: epss && {
      score: number(epss.score) ?? 0,
      percentile: number(epss.percentile) ?? 0,
      date: string(epss.date) ?? '',
    },
    Priority: {
      rank: number(priority?.rank) ?? Number.MAX_SAFE_INTEGER,
      reasons: array(priority?.reasons).filter(isString),
    },
    Evidence: {
      ...Object.fromEntries(
        ['advisory', 'source', 'range', 'path', 'compared'].map(name => [name, string(evidence[name]) ?? '']),
      ),
      probably: string(evidence.probably),
    },
  } as unknown as ReportVulnerability
}

function readCvss(value: unknown): object {
  const entries = Object.entries(record(value) ?? {}).map(([source, scores]) => {
    const fields = Object.entries(record(scores) ?? {}).filter(([name, field]) =>
      name.endsWith('Score') ? number(field) !== undefined : isString(field),
    )
    return [source, Object.fromEntries(fields)]
  })
  return Object.fromEntries(entries)
}

function readLayer(value: unknown): object | undefined {
  const layer = record(value)
  return layer && { Digest: string(layer.Digest), DiffID: string(layer.DiffID) }
}

function readIncomplete(item: Record<string, unknown>): Report['Incomplete'][number] {
  const code = incompleteCodes.find(name => name === item.code) ?? 'unreadable'
  return { path: string(item.path) ?? '', reason: string(item.reason) ?? '', code }
}

function readSuppressed(value: unknown): SuppressedFinding {
  const item = record(value) ?? {}
  const text = (name: string): string => string(item[name]) ?? ''
  return {
    VulnerabilityID: text('VulnerabilityID'),
    PkgName: text('PkgName'),
    InstalledVersion: text('InstalledVersion'),
    PkgIdentifier: { PURL: string(record(item.PkgIdentifier)?.PURL) ?? '' },
    Reason: text('Reason'),
    Source: text('Source'),
    ...(isString(item.Statement) ? { Statement: item.Statement } : {}),
  }
}

/** Trivy's own form of a suppressed finding. */
function readModified(value: unknown): SuppressedFinding {
  const item = record(value) ?? {}
  return readSuppressed({
    ...record(item.Finding),
    Reason: item.Status,
    Source: item.Source,
    Statement: item.Statement,
  })
}
