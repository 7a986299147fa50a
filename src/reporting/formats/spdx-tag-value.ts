import type { Render } from './format.ts'
import { renderSpdx } from './spdx.ts'

interface Item {
  [key: string]: unknown
}

/**
 * SPDX 2.3 as tag-value text (chapter "SPDX document in tag:value format"): the JSON document, tag by tag. Texts of several lines would stand in
 * `<text>`; ours have none, for control characters are escaped.
 */
export const renderSpdxTagValue: Render = function* (report, options) {
  const document = JSON.parse([...renderSpdx(report, options)].join('')) as Item
  const creation = document.creationInfo as { created: string; creators: string[] }
  yield tags([
    ['SPDXVersion', document.spdxVersion],
    ['DataLicense', document.dataLicense],
    ['SPDXID', document.SPDXID],
    ['DocumentName', document.name],
    ['DocumentNamespace', document.documentNamespace],
    ...creation.creators.map((creator): Tag => ['Creator', creator]),
    ['Created', creation.created],
  ])
  for (const pkg of document.packages as Item[]) yield `\n${tags(packageTags(pkg))}`
  for (const info of (document.hasExtractedLicensingInfos ?? []) as Item[])
    yield `\n${tags([
      ['LicenseID', info.licenseId],
      ['ExtractedText', `<text>${plain(info.extractedText)}</text>`],
      ['LicenseName', info.name],
    ])}`
  yield '\n'
  for (const { spdxElementId, relationshipType, relatedSpdxElement } of document.relationships as Item[])
    yield `Relationship: ${spdxElementId} ${relationshipType} ${relatedSpdxElement}\n`
}

type Tag = [name: string, value: unknown]

function packageTags(pkg: Item): Tag[] {
  const checksums = (pkg.checksums ?? []) as { algorithm: string; checksumValue: string }[]
  const references = (pkg.externalRefs ?? []) as Record<string, string>[]
  return [
    ['PackageName', pkg.name],
    ['SPDXID', pkg.SPDXID],
    ['PackageVersion', pkg.versionInfo],
    ['PackageSupplier', pkg.supplier],
    ['PackageDownloadLocation', pkg.downloadLocation],
    ['FilesAnalyzed', pkg.filesAnalyzed],
    ...checksums.map((one): Tag => ['PackageChecksum', `${one.algorithm}: ${one.checksumValue}`]),
    ['PackageSourceInfo', pkg.sourceInfo && `<text>${plain(pkg.sourceInfo)}</text>`],
    ['PackageLicenseConcluded', pkg.licenseConcluded],
    ['PackageLicenseDeclared', pkg.licenseDeclared],
    ['PackageCopyrightText', pkg.copyrightText],
    ['PrimaryPackagePurpose', pkg.primaryPackagePurpose],
    ...references.map((one): Tag => {
      return ['ExternalRef', `${one.referenceCategory} ${one.referenceType} ${one.referenceLocator}`]
    }),
    ...((pkg.attributionTexts ?? []) as string[]).map((text): Tag => {
      return ['PackageAttributionText', `<text>${plain(text)}</text>`]
    }),
  ]
}

function onOneLine(text: string): string {
  if (!text.includes('\n')) return text
  const lines = text.split('\n').map((line, at) => (at === 0 ? line.trimEnd() : line.trim()))
  return lines.filter((line, at) => at === 0 || line !== '').join(' ')
}

/** A line per tag; what is absent or empty has none. Line ends in a value would begin a tag of their own. */
function tags(list: Tag[]): string {
  const stated = list.filter(([, value]) => value !== undefined && value !== '')
  return stated.map(([name, value]) => `${name}: ${onOneLine(String(value))}\n`).join('')
}

/** A text within `<text>` must not end it. */
function plain(value: unknown): string {
  return String(value).replaceAll('<text>', '<text >').replaceAll('</text>', '</text >')
}
