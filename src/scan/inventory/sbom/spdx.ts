import { JennerError } from '../../../base/errors.ts'
import type { Component, Sbom } from './component.ts'
import { asArray, asObject, asText, type Json } from './json.ts'

/**
 * Reads SPDX 2.x JSON (ISO/IEC 5962, "JSON serialization"; YAML, XML and RDF are brought into the same form): `packages[]` with `externalRefs` of type purl, `relationships[]`.
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
  const owners = edges.get('OWNED_BY') ?? new Map<string, string[]>()
  const packages = asArray(document.packages).map(asObject)
  for (const raw of packages) {
    const component = componentOf(raw, depends)
    const ownedBy = component && owners.get(component.ref)?.[0]
    if (component) sbom.components.push(ownedBy ? { ...component, ownedBy } : component)
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

const maxSourceInfo = 2000

function componentOf(raw: Json, depends: Map<string, string[]>): Component | undefined {
  const ref = asText(raw.SPDXID)
  const name = asText(raw.name)
  const references = asArray(raw.externalRefs).map(asObject)
  const purl = locatorOf(references, /(?:^|\/)purl$/)
  const cpe = locatorOf(references, /(?:^|\/)cpe2[23]Type$/)
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
  if (purl !== '') component.purl = purl
  if (cpe !== '') component.cpe = cpe
  const supplier = /^(?:Organization|Person): (.+)$/.exec(asText(raw.supplier))?.[1]
  if (supplier !== undefined) component.supplier = supplier
  // Syft and Trivy state the file a package was found in here.
  const found = /^acquired package info from .*?: (?:.*, )?(\/\S+)/.exec(asText(raw.sourceInfo).slice(0, maxSourceInfo))
  if (found) component.path = found[1]!.replace(/^\/+/, '')
  return name === '' && purl === '' && cpe === '' ? undefined : component
}

/** The first locator of a type, which is a plain name or, in RDF, an address that ends in it. */
function locatorOf(references: Json[], type: RegExp): string {
  const found = references.find(
    ({ referenceType, referenceLocator }) => type.test(asText(referenceType)) && asText(referenceLocator) !== '',
  )
  return asText(found?.referenceLocator).trim()
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
  const built = /^built package from: (\S+) ([^\s;]+)(?:;|$)/.exec(asText(raw.sourceInfo).slice(0, maxSourceInfo))
  if (built) {
    properties.set('aquasecurity:trivy:SrcName', built[1]!)
    properties.set('aquasecurity:trivy:SrcVersion', built[2]!)
  }
  return properties
}

/**
 * Relationship type → from → to, of the types that are asked for: the many of others (files contained, evidence) are let pass. `DEPENDENCY_OF` is turned round into `DEPENDS_ON`, and what Syft says of a
 * package that brought another one's files (`OTHER`, with a comment that begins with the name that it has in Syft's own form) into `OWNED_BY`.
 */
function relationsOf(items: unknown): Map<string, Map<string, string[]>> {
  const relations = new Map<string, Map<string, string[]>>()
  for (const item of asArray(items)) {
    const { relationshipType, spdxElementId, relatedSpdxElement, comment } = asObject(item)
    const depends = /^(DEPENDENCY_OF|RUNTIME_DEPENDENCY_OF)$/.test(asText(relationshipType))
    const owns = relationshipType === 'OTHER' && asText(comment).startsWith('ownership-by-file-overlap')
    const reverse = depends || owns
    const type = depends ? 'DEPENDS_ON' : owns ? 'OWNED_BY' : asText(relationshipType)
    if (!keptRelations.has(type)) continue
    const [from, to] = reverse ? [relatedSpdxElement, spdxElementId] : [spdxElementId, relatedSpdxElement]
    const byFrom = relations.get(type) ?? new Map<string, string[]>()
    relations.set(type, byFrom)
    const targets = byFrom.get(asText(from))
    if (targets) targets.push(asText(to))
    else byFrom.set(asText(from), [asText(to)])
  }
  return relations
}

const keptRelations = new Set(['DESCRIBES', 'DEPENDS_ON', 'OWNED_BY'])
