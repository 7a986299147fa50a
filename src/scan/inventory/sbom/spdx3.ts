import type { Component, Sbom } from './component.ts'
import { asArray, asObject, asText, type Json } from './json.ts'

/**
 * Reads SPDX 3.0 JSON-LD (`@graph` of elements): `software_Package` with `software_packageUrl` or an `externalIdentifier` of type packageUrl, `Relationship` of
 * type dependsOn, and hasDeclaredLicense or hasConcludedLicense, which lead to `simplelicensing_LicenseExpression`. The element that the SBOM is about
 * (`rootElement`) is the subject when it is a container image and other packages stand beside it.
 */
export function readSpdx3(document: Json): Sbom {
  const graph = asArray(document['@graph']).map(asObject)
  const sbom: Sbom = { format: 'spdx', components: [], problems: [] }
  const relations = relationsOf(graph)
  const licenses = new Map(
    graph
      .filter(element => typeOf(element) === 'simplelicensing_LicenseExpression')
      .map(element => [idOf(element), asText(element.simplelicensing_licenseExpression)]),
  )
  for (const element of graph) {
    if (typeOf(element) === 'software_Package') sbom.components.push(componentOf(element, relations, licenses))
  }
  const document3 = graph.find(element => typeOf(element) === 'SpdxDocument')
  const roots = new Set(graph.filter(isRooted).flatMap(element => asArray(element.rootElement).map(asText)))
  const image = graph.find(element => roots.has(idOf(element)) && element.software_primaryPurpose === 'container')
  const name = asText((image ?? document3)?.name)
  if (image || document3) sbom.subject = { name, diffIds: [], repoTags: [], repoDigests: [] }
  if (image && sbom.components.length > 1) sbom.components = sbom.components.filter(({ ref }) => ref !== idOf(image))
  return sbom
}

function isRooted(element: Json): boolean {
  return typeOf(element) === 'software_Sbom' || typeOf(element) === 'SpdxDocument'
}

/** JSON-LD may write its own keys for these. */
function typeOf(element: Json): string {
  return asText(element.type) || asText(element['@type'])
}

function idOf(element: Json): string {
  return asText(element.spdxId) || asText(element['@id'])
}

type Relations = Map<string, Map<string, string[]>>

/** Relationship type → from → to. */
function relationsOf(graph: Json[]): Relations {
  const relations: Relations = new Map()
  for (const element of graph) {
    if (!typeOf(element).endsWith('Relationship')) continue
    const type = asText(element.relationshipType)
    const byFrom = relations.get(type) ?? new Map<string, string[]>()
    relations.set(type, byFrom)
    const targets = byFrom.get(asText(element.from)) ?? []
    byFrom.set(asText(element.from), targets)
    for (const to of Array.isArray(element.to) ? element.to : [element.to]) targets.push(asText(to))
  }
  return relations
}

function componentOf(element: Json, relations: Relations, licenses: Map<string, string>): Component {
  const ref = idOf(element)
  const identifier = asArray(element.externalIdentifier)
    .map(asObject)
    .find(({ externalIdentifierType }) => externalIdentifierType === 'packageUrl' || externalIdentifierType === 'purl')
  const purl = asText(element.software_packageUrl) || asText(identifier?.identifier)
  const stated = ['hasDeclaredLicense', 'hasConcludedLicense'].flatMap(type => relations.get(type)?.get(ref) ?? [])
  const found = stated
    .map(id => licenses.get(id) ?? '')
    .filter(text => text !== '' && !/^(?:NOASSERTION|NONE)$/.test(text))
  return {
    ref,
    kind: element.software_primaryPurpose === 'operatingSystem' ? 'os' : 'package',
    name: asText(element.name),
    version: asText(element.software_packageVersion),
    licenses: found.slice(0, 1),
    properties: new Map(),
    dependsOn: relations.get('dependsOn')?.get(ref) ?? [],
    ...(purl !== '' && { purl }),
  }
}
