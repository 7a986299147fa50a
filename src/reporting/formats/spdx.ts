import { createHash } from 'node:crypto'
import { toLicenseExpression } from '../../base/licenses/expression.ts'
import type { Report, ReportPackage, ReportResult } from '../../base/model/report.ts'
import { escapeProse, escapeText } from '../../base/text.ts'
import { ownFacts, wholeVersion } from './findings.ts'
import type { Render } from './format.ts'
import { parseDigest, reportUuid } from './ids.ts'
import { stringify } from './json.ts'

/** SPDX 2.3 JSON: the artifact, its operating system and its packages, with what contains and what depends on what. */
export const renderSpdx: Render = function* (report, { version }) {
  const references = new Map<string, string>()
  const packages = report.Results.flatMap(({ Packages }) => Packages ?? [])
  const results = new Map(report.Results.flatMap(result => (result.Packages ?? []).map(pkg => [pkg, result])))
  const ids = spdxIds(packages)
  const os = report.Metadata.OS
  const document = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: escapeText(report.ArtifactName) || 'unknown',
    documentNamespace: `https://spdx.org/spdxdocs/jenner-${reportUuid(report)}`,
    creationInfo: { created: secondsOnly(report.CreatedAt), creators: [`Tool: jenner-${version}`] },
    packages: [
      rootPackage(report),
      ...(os ? [osPackage(os.Family, os.Name)] : []),
      ...packages.map(pkg => packageOf(pkg, results.get(pkg)!, ids.get(pkg)!, references)),
    ],
    relationships: relationshipsOf(report, packages, ids),
    ...extracted(references),
  }
  yield `${stringify(document, 2)}\n`
}

const rootId = 'SPDXRef-Artifact'
const osId = 'SPDXRef-OperatingSystem'
const nothing = 'NOASSERTION'
const common = { downloadLocation: nothing, filesAnalyzed: false, licenseConcluded: nothing, copyrightText: nothing }

/** `SPDXRef-[letters, numbers, . and -]`, each its own: two packages may state the same id. */
function spdxIds(packages: ReportPackage[]): Map<ReportPackage, string> {
  const used = new Set<string>()
  const ids = new Map<ReportPackage, string>()
  for (const pkg of packages) {
    const mark = createHash('sha256')
      .update(`${pkg.ID}\n${pkg.FilePath ?? ''}`.toWellFormed())
      .digest('hex')
      .slice(0, 16)
    let id = `SPDXRef-Package-${mark}`
    for (let number = 2; used.has(id); number++) id = `SPDXRef-Package-${mark}-${number}`
    used.add(id)
    ids.set(pkg, id)
  }
  return ids
}

function rootPackage(report: Report): object {
  const digests = (report.Metadata.RepoDigests ?? [])
    .map(text => parseDigest(text.split('@')[1]))
    .filter(digest => digest !== undefined)
  return {
    SPDXID: rootId,
    name: escapeText(report.ArtifactName) || 'unknown',
    ...common,
    licenseDeclared: nothing,
    ...(digests.length > 0 ? { checksums: [{ algorithm: digests[0]!.spdx, checksumValue: digests[0]!.value }] } : {}),
    primaryPackagePurpose: report.ArtifactType === 'container_image' ? 'CONTAINER' : 'SOURCE',
  }
}

function osPackage(family: string, name: string): object {
  return {
    SPDXID: osId,
    name: escapeText(family) || 'unknown',
    versionInfo: escapeText(name),
    ...common,
    licenseDeclared: nothing,
    primaryPackagePurpose: 'OPERATING_SYSTEM',
  }
}

function packageOf(pkg: ReportPackage, result: ReportResult, id: string, references: Map<string, string>): object {
  const license = toLicenseExpression(pkg.Licenses ?? [])
  for (const [name, text] of license?.references ?? []) references.set(name, text)
  const digest = parseDigest(pkg.Digest)
  const from = pkg.SrcName
    ? [`built package from: ${escapeText(pkg.SrcName)} ${escapeText(sourceVersion(pkg))}`.trim()]
    : []
  const source = pkg.FilePath ? [`found in: ${escapeText(pkg.FilePath)}`] : []
  return {
    SPDXID: id,
    name: escapeText(pkg.Name) || 'unknown',
    ...(pkg.Version ? { versionInfo: escapeText(wholeVersion(pkg)) } : {}),
    supplier: pkg.Maintainer ? `Organization: ${escapeProse(pkg.Maintainer)}` : nothing,
    ...common,
    licenseDeclared: license?.expression ?? nothing,
    ...(digest ? { checksums: [{ algorithm: digest.spdx, checksumValue: digest.value }] } : {}),
    ...(from.length + source.length > 0 ? { sourceInfo: [...from, ...source].join('; ') } : {}),
    ...(pkg.Identifier.PURL ? { externalRefs: [purlReference(pkg.Identifier.PURL)] } : {}),
    attributionTexts: attributionsOf(pkg, result),
    primaryPackagePurpose: 'LIBRARY',
  }
}

/** `Name: value`, as Trivy writes what SPDX has no field for. */
function attributionsOf(pkg: ReportPackage, { Type }: ReportResult): string[] {
  const facts: [string, string | undefined][] = [
    ['PkgID', pkg.ID],
    ['PkgType', Type],
    ['FilePath', pkg.FilePath],
    ['Modularitylabel', pkg.Modularitylabel],
    ['LayerDigest', pkg.Layer?.Digest],
    ['LayerDiffID', pkg.Layer?.DiffID],
  ]
  const stated = facts.filter(([, value]) => value !== undefined && value !== '')
  return [...stated, ...ownFacts(pkg)].map(([name, value]) => `${name}: ${escapeText(value ?? '')}`)
}

function sourceVersion({ SrcVersion, SrcRelease, SrcEpoch }: ReportPackage): string {
  if (SrcVersion === undefined) return ''
  return wholeVersion({
    Version: SrcVersion,
    ...(SrcRelease ? { Release: SrcRelease } : {}),
    ...(SrcEpoch ? { Epoch: SrcEpoch } : {}),
  })
}

function purlReference(purl: string): object {
  const locator = escapeText(purl).replace(/\s/g, '%20')
  return { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: locator }
}

function relationshipsOf(report: Report, packages: ReportPackage[], ids: Map<ReportPackage, string>): object[] {
  const relation = (from: string, kind: string, to: string): object => ({
    spdxElementId: from,
    relationshipType: kind,
    relatedSpdxElement: to,
  })
  const anywhere = new Map(packages.map(pkg => [pkg.ID, ids.get(pkg)!]))
  const relations = [relation('SPDXRef-DOCUMENT', 'DESCRIBES', rootId)]
  if (report.Metadata.OS) relations.push(relation(rootId, 'CONTAINS', osId))
  for (const result of report.Results) {
    const owner = result.Class === 'os-pkgs' && report.Metadata.OS ? osId : rootId
    for (const pkg of result.Packages ?? []) relations.push(relation(owner, 'CONTAINS', ids.get(pkg)!))
  }
  for (const { Packages = [] } of report.Results) {
    const here = new Map(Packages.map(pkg => [pkg.ID, ids.get(pkg)!]))
    for (const pkg of Packages) {
      const needed = new Set((pkg.DependsOn ?? []).map(id => here.get(id) ?? anywhere.get(id)))
      for (const id of needed)
        if (id !== undefined && id !== ids.get(pkg)) relations.push(relation(ids.get(pkg)!, 'DEPENDS_ON', id))
    }
  }
  return relations
}

function extracted(references: Map<string, string>): object {
  if (references.size === 0) return {}
  const infos = [...references].map(([licenseId, text]) => ({
    licenseId,
    name: escapeText(text),
    extractedText: escapeText(text),
  }))
  return { hasExtractedLicensingInfos: infos }
}

/** SPDX takes UTC times to the second: `2026-11-24T12:00:00Z`. */
function secondsOnly(time: string): string {
  const parsed = Date.parse(time)
  return `${new Date(Number.isNaN(parsed) ? 0 : parsed).toISOString().slice(0, 19)}Z`
}
