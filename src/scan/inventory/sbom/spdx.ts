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
  const built = /^built package from: (\S+) (\S+)$/.exec(asText(raw.sourceInfo))
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
    byFrom.set(asText(from), [...(byFrom.get(asText(from)) ?? []), asText(to)])
  }
  return relations
}

/**
 * Reads SPDX 3.0 JSON-LD (`@graph` of elements): `software_Package` with `software_packageUrl` or an `externalIdentifier` of type packageUrl,
 * `Relationship` of type dependsOn.
 */
export function readSpdx3(document: Json): Sbom {
  const graph = asArray(document['@graph']).map(asObject)
  const sbom: Sbom = { format: 'spdx', components: [], problems: [] }
  const depends = new Map<string, string[]>()
  for (const element of graph) {
    if (element.type === 'Relationship' && element.relationshipType === 'dependsOn')
      depends.set(asText(element.from), asArray(element.to).map(asText))
  }
  for (const element of graph) {
    if (element.type === 'SpdxDocument')
      sbom.subject = { name: asText(element.name), diffIds: [], repoTags: [], repoDigests: [] }
    if (element.type !== 'software_Package') continue
    const ref = asText(element.spdxId)
    const identifier = asArray(element.externalIdentifier)
      .map(asObject)
      .find(({ externalIdentifierType }) => externalIdentifierType === 'packageUrl')
    const purl = asText(element.software_packageUrl) || asText(identifier?.identifier)
    const kind = element.software_primaryPurpose === 'operatingSystem' ? 'os' : 'package'
    sbom.components.push({
      ref,
      kind,
      name: asText(element.name),
      version: asText(element.software_packageVersion),
      licenses: [],
      properties: new Map(),
      dependsOn: depends.get(ref) ?? [],
      ...(purl !== '' && { purl }),
    })
  }
  return sbom
}

/** Reads SPDX 2.x tag-value (`Tag: value` lines, `<text>…</text>` over several; ISO/IEC 5962 annex "tag-value") by turning each package into the JSON form. */
export function readSpdxTagValue(text: string): Sbom {
  const document: Json = { spdxVersion: '', packages: [], relationships: [] }
  let current: Json | undefined
  const lines = text.split(/\r?\n/)
  for (let index = 0; index < lines.length; index++) {
    const pair = /^(\w+):\s*(.*)$/.exec(lines[index]!)
    if (!pair) continue
    let value = pair[2]!
    if (value.includes('<text>'))
      while (!value.includes('</text>') && ++index < lines.length) value += `\n${lines[index]}`
    current = applyTag(document, current, pair[1]!, value.replace(/<\/?text>/g, ''))
  }
  return readSpdx2(document)
}

function applyTag(document: Json, current: Json | undefined, tag: string, value: string): Json | undefined {
  if (tag === 'SPDXVersion') document.spdxVersion = value
  if (tag === 'DocumentName') document.name = value
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
  if (tag === 'PackageVersion') current.versionInfo = value
  if (tag === 'PackageLicenseDeclared') current.licenseDeclared = value
  if (tag === 'PackageLicenseConcluded') current.licenseConcluded = value
  if (tag === 'PackageSourceInfo') current.sourceInfo = value
  if (tag === 'PrimaryPackagePurpose') current.primaryPackagePurpose = value
  if (tag === 'ExternalRef') {
    const [referenceCategory, referenceType, referenceLocator] = value.split(/\s+/)
    ;(current.externalRefs as Json[]).push({ referenceCategory, referenceType, referenceLocator })
  }
  return current
}
