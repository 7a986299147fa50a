import type { Sbom } from './component.ts'
import { asArray, type Json } from './json.ts'
import { readSpdx2 } from './spdx.ts'

/** Reads SPDX 2.x tag-value (`Tag: value` lines, `<text>…</text>` over several; ISO/IEC 5962 annex "tag-value") by turning each package into the JSON form. */
export function readSpdxTagValue(text: string): Sbom {
  const document: Json = { spdxVersion: '', packages: [], relationships: [] }
  const problems: string[] = []
  let current: Json | undefined
  // `<text>` that nobody closes takes the rest of the document, once.
  const lines = text.split(/\r?\n/)
  for (let index = 0; index < lines.length; index++) {
    const pair = /^(\w+):\s*(.*)$/s.exec(lines[index]!)
    if (!pair) continue
    const parts = [pair[2]!]
    if (parts[0]!.includes('<text>'))
      while (!parts.at(-1)!.includes('</text>') && ++index < lines.length) parts.push(lines[index]!)
    if (index === lines.length) problems.push(`the <text> of ${pair[1]!.slice(0, 100)} is never closed`)
    const value = parts.join('\n')
    current = applyTag(document, current, pair[1]!, value.replace(/<\/?text>/g, ''))
  }
  const sbom = readSpdx2(document)
  return { ...sbom, problems: [...sbom.problems, ...problems] }
}

function applyTag(document: Json, current: Json | undefined, tag: string, value: string): Json | undefined {
  if (tag === 'SPDXVersion') document.spdxVersion = value
  if (tag === 'DocumentName') document.name = value
  // What follows is about a file, a snippet or a licence, not about the package above.
  if (tag === 'FileName' || tag === 'SnippetSPDXID' || tag === 'LicenseID') return undefined
  if (tag === 'Relationship') {
    const [from, type, to] = value.split(/\s+/)
    ;(document.relationships as Json[]).push({ spdxElementId: from, relationshipType: type, relatedSpdxElement: to })
  }
  if (tag === 'RelationshipComment') Object.assign((document.relationships as Json[]).at(-1) ?? {}, { comment: value })
  if (tag === 'PackageName') {
    const started: Json = { name: value, externalRefs: [] }
    ;(document.packages as Json[]).push(started)
    return started
  }
  if (!current) return current
  if (tag === 'SPDXID') current.SPDXID = value
  if (tag === 'PackageSupplier') current.supplier = value
  if (tag === 'PackageVersion') current.versionInfo = value
  if (tag === 'PackageLicenseDeclared') current.licenseDeclared = value
  if (tag === 'PackageLicenseConcluded') current.licenseConcluded = value
  if (tag === 'PackageSourceInfo') current.sourceInfo = value
  if (tag === 'PackageAttributionText')
    current.attributionTexts = [...asArray(current.attributionTexts), value].slice(0, 1000)
  if (tag === 'PrimaryPackagePurpose') current.primaryPackagePurpose = value
  if (tag === 'ExternalRef') {
    const [referenceCategory, referenceType, referenceLocator] = value.trim().split(/\s+/)
    if ((current.externalRefs as Json[]).length < 1000)
      (current.externalRefs as Json[]).push({ referenceCategory, referenceType, referenceLocator })
  }
  return current
}
