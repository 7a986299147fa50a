import { hash } from 'node:crypto'
import { translate } from '../base/i18n/translate.ts'
import type { DatabaseInfo } from '../base/model/advisory.ts'
import type { Scanner } from '../base/model/content.ts'
import type { Artifact, Incomplete, Inventory } from '../base/model/inventory.ts'
import type { LayerRef, Package } from '../base/model/package.ts'
import type {
  Report,
  ReportLayer,
  ReportMetadata,
  ReportPackage,
  ReportResult,
  ReportVulnerability,
  ReportWarning,
  SuppressedFinding,
} from '../base/model/report.ts'
import { severities } from '../base/model/severity.ts'
import { splitVersion } from '../base/os-version.ts'
import type { Finding } from './advisories/match/finding.ts'
import { type ContentFindings, contentResults } from './content-report.ts'
import { distroOfPackage } from './inventory/distros/of-package.ts'
import { ecosystemTraits } from './inventory/ecosystems/traits.ts'
import type { Priority } from './priority.ts'

/** A finding with its place in the order of what to fix first. */
export type Ranked = Finding & { priority: Priority }

export interface ReportInput {
  inventory: Inventory
  /** Findings that remain, most urgent first. */
  findings: Ranked[]
  suppressed: SuppressedFinding[]
  incomplete: Incomplete[]
  warnings: ReportWarning[]
  /** Absent when nobody asked for vulnerabilities. */
  database?: DatabaseInfo
  content?: ContentFindings
  scanners?: readonly Scanner[]
  endOfLife?: boolean
  /** Whether every package is listed, not only those with findings. */
  packages: boolean
  now: Date
  timing: Record<string, number>
}

/** Puts facts and verdicts into the report's form. Pure. */
export function buildReport(input: ReportInput): Report {
  const { inventory, findings, suppressed, incomplete, database, now, timing } = input
  return {
    SchemaVersion: 2,
    CreatedAt: now.toISOString(),
    ArtifactName: inventory.artifact.name,
    ArtifactType: inventory.artifact.type,
    Metadata: metadataOf(inventory, input.endOfLife),
    Results: [
      ...resultsOf(inventory, findings, input.packages),
      ...(input.content ? contentResults(input.content, inventory.artifact.type === 'container_image') : []),
    ],
    ...(input.scanners && { Scanners: input.scanners }),
    Incomplete: incomplete.map(({ path, code, detail }) => ({ path, code, reason: reasonOf(code, detail) })),
    Suppressed: suppressed,
    ...(input.warnings.length > 0 && { Warnings: input.warnings }),
    ...(database && { Database: database }),
    Timing: timing,
  }
}

function reasonOf(code: Incomplete['code'], detail: string): string {
  const sentence = translate('en', `incomplete.${code}`)
  return detail === '' ? sentence : `${sentence}: ${detail}`
}

function metadataOf({ artifact, os }: Inventory, endOfLife: boolean | undefined): ReportMetadata {
  const metadata: ReportMetadata = {}
  if (artifact.size > 0) metadata.Size = artifact.size
  if (os) metadata.OS = { Family: os.family, Name: os.version, ...(endOfLife !== undefined && { EOSL: endOfLife }) }
  if (artifact.imageId) metadata.ImageID = artifact.imageId
  const diffIds = artifact.layers.flatMap(({ diffId }) => diffId ?? [])
  if (diffIds.length > 0) metadata.DiffIDs = diffIds
  if (artifact.repoTags.length > 0) metadata.RepoTags = artifact.repoTags
  if (artifact.repoDigests.length > 0) metadata.RepoDigests = artifact.repoDigests
  if (artifact.images?.length)
    metadata.Images = artifact.images.map(({ image, path, line }) => ({ Image: image, Path: path, Line: line }))
  if (artifact.config) metadata.ImageConfig = artifact.config
  if (artifact.layers.length > 0) metadata.Layers = artifact.layers.map(layerOf)
  return metadata
}

function layerOf({
  size,
  digest,
  diffId,
  createdBy,
}: Artifact['layers'][number]): NonNullable<ReportMetadata['Layers']>[number] {
  return {
    Size: size,
    ...(digest && { Digest: digest }),
    ...(diffId && { DiffID: diffId }),
    ...(createdBy && { CreatedBy: createdBy }),
  }
}

const osTypes = new Set(ecosystemTraits.filter(one => one.class === 'os-pkgs').map(one => one.type))

/** Kinds of installed packages that Trivy's reports gather under one heading, each package with its own path. */
const gathered: Record<string, string> = {
  'python-pkg': 'Python',
  'conda-pkg': 'Conda',
  gemspec: 'Ruby',
  'node-pkg': 'Node.js',
  jar: 'Java',
  'composer-vendor': 'PHP',
}

interface Group {
  target: string
  type: string
  class: 'os-pkgs' | 'lang-pkgs'
}

function groupOf(pkg: Package, { artifact, os }: Inventory): Group {
  if (osTypes.has(pkg.type)) {
    const distro = distroOfPackage(pkg, os)
    const place = distro === os ? artifact.name : pkg.path || artifact.name
    const target = distro ? `${place} (${`${distro.family} ${distro.version}`.trim()})` : place
    return { target, type: distro?.family ?? pkg.type, class: 'os-pkgs' }
  }
  const heading = gathered[pkg.foundBy]
  return { target: heading ?? (pkg.path || artifact.name), type: pkg.foundBy, class: 'lang-pkgs' }
}

/** Under what the licences of a package stand, as Trivy heads them. */
export function headingOf(pkg: Package, inventory: Inventory): string {
  return osTypes.has(pkg.type) ? 'OS Packages' : groupOf(pkg, inventory).target
}

/** One result per operating system, per lock file or program, and per kind of installed package; the operating system first, then by target. */
function resultsOf(inventory: Inventory, findings: Ranked[], listPackages: boolean): ReportResult[] {
  const results = new Map<string, ReportResult>()
  let last: ReportResult | undefined
  const resultOf = (pkg: Package): ReportResult => {
    const group = groupOf(pkg, inventory)
    if (last && last.Target === group.target && last.Class === group.class && last.Type === group.type) return last
    const key = `${group.class}\0${group.type}\0${group.target}`
    let result = results.get(key)
    if (!result) {
      result = { Target: group.target, Class: group.class, Type: group.type }
      results.set(key, result)
    }
    last = result
    return result
  }
  const shared: Shared = { names: namesOf(inventory.packages), layers: new Map() }
  for (const pkg of inventory.packages) {
    const result = resultOf(pkg)
    if (!listPackages) continue
    result.Packages ??= []
    result.Packages.push(packageOf(pkg, shared))
  }
  for (const finding of findings) {
    const result = resultOf(finding.package)
    result.Vulnerabilities ??= []
    result.Vulnerabilities.push(vulnerabilityOf(finding, shared))
  }
  return [...results.values()].sort((a, b) =>
    a.Class === b.Class ? compareText(a.Target, b.Target) : a.Class === 'os-pkgs' ? -1 : 1,
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Trivy's package id: `name@version`, with the architecture for RPM. */
function shortId({ name, version, type, arch }: Package): string {
  return type === 'rpm' && arch ? `${name}@${version}.${arch}` : `${name}@${version}`
}

/** Tells apart two packages that share a purl: the same for the same package of the same artifact. */
function uidOf({ id }: Package): string {
  return hash('sha256', id, 'hex').slice(0, 16)
}

/** What the packages of one report have in common. */
interface Shared {
  /** Short ids of packages that another one names, by their ids. */
  names: Map<string, string>
  layers: Map<LayerRef, ReportLayer>
}

function namesOf(packages: readonly Package[]): Map<string, string> {
  const named = new Set<string>()
  for (const { ownedBy, dependsOn } of packages) {
    if (ownedBy !== undefined) named.add(ownedBy)
    for (const id of dependsOn) named.add(id)
  }
  const names = new Map<string, string>()
  if (named.size === 0) return names
  for (const pkg of packages) if (named.has(pkg.id)) names.set(pkg.id, shortId(pkg))
  return names
}

function packageOf(pkg: Package, { names, layers }: Shared): ReportPackage {
  const own = osTypes.has(pkg.type) ? splitVersion(pkg.type, pkg.version) : { version: pkg.version }
  const source = pkg.source ? splitVersion(pkg.type, pkg.source.version) : undefined
  const out: ReportPackage = {
    ID: shortId(pkg),
    Name: pkg.name,
    Identifier: { PURL: pkg.purl, UID: uidOf(pkg) },
    Version: own.version,
  }
  if (own.release) out.Release = own.release
  if (own.epoch) out.Epoch = own.epoch
  if (pkg.arch) out.Arch = pkg.arch
  if (pkg.source && source) {
    out.SrcName = pkg.source.name
    out.SrcVersion = source.version
    if (source.release) out.SrcRelease = source.release
    if (source.epoch) out.SrcEpoch = source.epoch
  }
  if (pkg.licenses.length > 0) out.Licenses = pkg.licenses
  if (pkg.maintainer) out.Maintainer = pkg.maintainer
  if (pkg.module) out.Modularitylabel = pkg.module
  if (pkg.relationship) out.Relationship = pkg.relationship
  if (pkg.development) out.Dev = true
  if (pkg.dependsOn.length > 0) {
    const needs = pkg.dependsOn.flatMap(id => names.get(id) ?? [])
    if (needs.length > 0) out.DependsOn = [...new Set(needs)]
  }
  if (pkg.layer) out.Layer = layerRef(pkg.layer, layers)
  if (!osTypes.has(pkg.type) && pkg.path) out.FilePath = pkg.path
  if (pkg.lines) out.Locations = [{ StartLine: pkg.lines.start, EndLine: pkg.lines.end }]
  const digest = pkg.extra?.integrity ?? (pkg.extra?.sha1 ? `sha1:${pkg.extra.sha1}` : undefined)
  if (digest && /^[a-z0-9]+:[0-9a-f]+$/.test(digest)) out.Digest = digest
  if (pkg.ownedBy) out.OwnedBy = names.get(pkg.ownedBy) ?? pkg.ownedBy
  if (pkg.extra?.linkedPackages !== undefined) out.LinkedPackages = pkg.extra.linkedPackages
  if (pkg.extra?.classRoots !== undefined) out.ClassRoots = pkg.extra.classRoots
  return out
}

function layerRef(layer: LayerRef, layers: Shared['layers']): ReportLayer {
  const known = layers.get(layer)
  if (known) return known
  const { digest, diffId } = layer
  const ref = { ...(digest && { Digest: digest }), ...(diffId && { DiffID: diffId }) }
  layers.set(layer, ref)
  return ref
}

function vulnerabilityOf({ package: pkg, details, ...finding }: Ranked, { layers }: Shared): ReportVulnerability {
  const { advisory, source, range, path, compared, probably } = finding.evidence
  const out: ReportVulnerability = {
    VulnerabilityID: finding.id,
    PkgID: shortId(pkg),
    PkgName: pkg.name,
    PkgIdentifier: { PURL: pkg.purl, UID: uidOf(pkg) },
    InstalledVersion: pkg.version,
    Status: finding.status,
    Severity: finding.severity,
    Priority: finding.priority,
    Evidence: { advisory, source, range, path, compared, ...(probably !== undefined && { probably }) },
  }
  if (finding.vendorIds.length > 0) out.VendorIDs = finding.vendorIds
  if (gathered[pkg.foundBy] && pkg.path) out.PkgPath = pkg.path
  if (finding.fixedVersion) out.FixedVersion = finding.fixedVersion
  if (pkg.layer) out.Layer = layerRef(pkg.layer, layers)
  if (finding.severitySource) out.SeveritySource = finding.severitySource
  out.PrimaryURL = primaryUrl(finding.id)
  out.DataSource = { ID: source, Name: source }
  if (finding.ids.length > 1) out.Aliases = finding.ids
  if (finding.kev) out.KEV = finding.kev
  if (finding.epss) out.EPSS = finding.epss
  return details ? { ...out, ...detailFields(details) } : out
}

/** The page that speaks for an id: Trivy links its own site; we link the source. */
function primaryUrl(id: string): string {
  if (id.startsWith('CVE-')) return `https://nvd.nist.gov/vuln/detail/${id}`
  if (id.startsWith('GHSA-')) return `https://github.com/advisories/${id}`
  return `https://osv.dev/vulnerability/${id}`
}

function detailFields(details: NonNullable<Finding['details']>): Partial<ReportVulnerability> {
  const out: Partial<ReportVulnerability> = {}
  if (details.title) out.Title = details.title
  if (details.description) out.Description = details.description
  if (details.cwes.length > 0) out.CweIDs = details.cwes
  if (details.references.length > 0) out.References = details.references
  if (details.published) out.PublishedDate = details.published
  if (details.modified) out.LastModifiedDate = details.modified
  const vendor = Object.entries(details.severities)
  if (vendor.length > 0)
    out.VendorSeverity = Object.fromEntries(vendor.map(([who, severity]) => [who, severities.indexOf(severity)]))
  if (details.cvss.length > 0) out.CVSS = cvssOf(details.cvss)
  return out
}

function cvssOf(scores: NonNullable<Finding['details']>['cvss']): NonNullable<ReportVulnerability['CVSS']> {
  const bySource: NonNullable<ReportVulnerability['CVSS']> = Object.create(null)
  for (const { source, vector, score } of scores) {
    bySource[source] ??= {}
    const entry = bySource[source]
    if (vector.startsWith('CVSS:4')) Object.assign(entry, { V40Vector: vector, V40Score: score })
    else if (vector.startsWith('CVSS:3')) Object.assign(entry, { V3Vector: vector, V3Score: score })
    else Object.assign(entry, { V2Vector: vector, V2Score: score })
  }
  return { ...bySource }
}
