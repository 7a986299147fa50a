import { JennerError } from '../../../base/errors.ts'
import type { Component, Sbom } from './component.ts'
import { asArray, asObject, asText, type Json } from './json.ts'

/**
 * Reads SPDX 2.x JSON (ISO/IEC 5962, "JSON serialization"): `packages[]` with `externalRefs` of type purl, `relationships[]`.
 * A package whose purl names an image (`pkg:oci`, `pkg:docker`) is the subject where other packages are described; alone it is kept as a package.
 */
export function readSpdx2(document: Json): Sbom {
  if (!asText(document.spdxVersion).startsWith('SPDX-2'))
    throw new JennerError('malformed', 'spdxVersion is not SPDX-2.x')
  const edges = relationsOf(document.relationships)
  const sbom: Sbom = { format: 'spdx', components: [], problems: [] }
  const described = new Set(
    [...asArray(document.documentDescribes).map(asText), ...(edges.get('DESCRIBES') ?? new Map()).values()].flat(),
  )
  const depends = edges.get('DEPENDS_ON') ?? new Map<string, string[]>()
  const packages = asArray(document.packages).map(asObject)
  for (const raw of packages) {
    const component = componentOf(raw, depends)
    if (component) sbom.components.push(component)
  }
  const subject = packages.find(
    raw =>
      described.has(asText(raw.SPDXID)) && /^(CONTAINER|SOURCE|APPLICATION)$/.test(asText(raw.primaryPackagePurpose)),
  )
  if (subject && packages.length > 1) {
    sbom.subject = { name: asText(subject.name), diffIds: [], repoTags: [], repoDigests: [] }
    if (/^CONTAINER$/.test(asText(subject.primaryPackagePurpose)))
      sbom.components = sbom.components.filter(({ ref }) => ref !== subject.SPDXID)
  } else sbom.subject = { name: asText(document.name), diffIds: [], repoTags: [], repoDigests: [] }
  return sbom
}

function componentOf(raw: Json, depends: Map<string, string[]>): Component | undefined {
  const ref = asText(raw.SPDXID)
  const name = asText(raw.name)
  const purl = asArray(raw.externalRefs)
    .map(asObject)
    .find(({ referenceType }) => referenceType === 'purl')
  const component: Component = {
    ref,
    kind: /^(OPERATING[-_]SYSTEM)$/.test(asText(raw.primaryPackagePurpose)) ? 'os' : 'package',
    name,
    version: asText(raw.versionInfo),
    licenses: [raw.licenseDeclared, raw.licenseConcluded]
      .map(asText)
      .filter(text => text !== '' && text !== 'NOASSERTION' && text !== 'NONE')
      .slice(0, 1),
    properties: annotationsOf(raw),
    dependsOn: depends.get(ref) ?? [],
  }
  if (purl) component.purl = asText(purl.referenceLocator)
  const supplier = /^(?:Organization|Person): (.+)$/.exec(asText(raw.supplier))?.[1]
  if (supplier !== undefined) component.supplier = supplier
  // Syft and Trivy state the file a package was found in here.
  const found = /^acquired package info from .*?: (?:.*, )?(\/\S+)/.exec(asText(raw.sourceInfo))
  if (found) component.path = found[1]!.replace(/^\/+/, '')
  return name === '' && !purl ? undefined : component
}

/** Trivy writes its properties as annotations `Key: value`, and the source package as `sourceInfo: "built package from: openssl 3.0.11-1"`. */
function annotationsOf(raw: Json): Map<string, string> {
  const properties = new Map<string, string>()
  for (const item of [
    ...asArray(raw.annotations)
      .map(asObject)
      .map(({ comment }) => comment),
    ...asArray(raw.attributionTexts),
  ]) {
    const pair = /^(\w+): (.*)$/.exec(asText(item))
    if (pair) properties.set(`aquasecurity:trivy:${pair[1]}`, pair[2]!)
  }
  const built = /^built package from: (\S+) ([^\s;]+)(?:;|$)/.exec(asText(raw.sourceInfo))
  if (built) {
    properties.set('aquasecurity:trivy:SrcName', built[1]!)
    properties.set('aquasecurity:trivy:SrcVersion', built[2]!)
  }
  return properties
}

/** Relationship type → from → to. `DEPENDENCY_OF` is turned round into `DEPENDS_ON`. */
function relationsOf(items: unknown): Map<string, Map<string, string[]>> {
  const relations = new Map<string, Map<string, string[]>>()
  for (const item of asArray(items)) {
    const { relationshipType, spdxElementId, relatedSpdxElement } = asObject(item)
    const reverse = /^(DEPENDENCY_OF|RUNTIME_DEPENDENCY_OF)$/.test(asText(relationshipType))
    const type = reverse ? 'DEPENDS_ON' : asText(relationshipType)
    const [from, to] = reverse ? [relatedSpdxElement, spdxElementId] : [spdxElementId, relatedSpdxElement]
    const byFrom = relations.get(type) ?? new Map<string, string[]>()
    relations.set(type, byFrom)
    const targets = byFrom.get(asText(from))
    if (targets) targets.push(asText(to))
    else byFrom.set(asText(from), [asText(to)])
  }
  return relations
}

/** Reads SPDX 2.x tag-value (`Tag: value` lines, `<text>…</text>` over several; ISO/IEC 5962 annex "tag-value") by turning each package into the JSON form. */
export function readSpdxTagValue(text: string): Sbom {
  const document: Json = { spdxVersion: '', packages: [], relationships: [] }
  let current: Json | undefined
  // `<text>` that nobody closes takes the rest of the document, once.
  const lines = text.split(/\r?\n/)
  for (let index = 0; index < lines.length; index++) {
    const pair = /^(\w+):\s*(.*)$/.exec(lines[index]!)
    if (!pair) continue
    const parts = [pair[2]!]
    if (parts[0]!.includes('<text>'))
      while (!parts.at(-1)!.includes('</text>') && ++index < lines.length) parts.push(lines[index]!)
    const value = parts.join('\n')
    current = applyTag(document, current, pair[1]!, value.replace(/<\/?text>/g, ''))
  }
  return readSpdx2(document)
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
