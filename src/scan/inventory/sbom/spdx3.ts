import type { Component, Sbom } from './component.ts'
import { asArray, asObject, asText, type Json } from './json.ts'

/**
 * Reads SPDX 3.0 JSON-LD (`@graph` of elements): `software_Package` with `software_packageUrl` or an `externalIdentifier` of type packageUrl, `Relationship` of
 * type dependsOn, and hasDeclaredLicense or hasConcludedLicense, which lead to `simplelicensing_LicenseExpression`. The element that the SBOM is about
 * (`rootElement`) is the subject when it is a container image and other packages stand beside it.
 */
export function readSpdx3(document: Json): Sbom {
  const graph = asArray(document['@graph']).map(element => plainKeys(asObject(element)))
  const sbom: Sbom = { format: 'spdx', components: [], problems: [] }
  const relations = relationsOf(graph)
  const licenses = new Map(
    graph
      .filter(element => typeOf(element) === 'LicenseExpression')
      .map(element => [idOf(element), asText(element.licenseExpression)]),
  )
  for (const element of graph) {
    if (typeOf(element) === 'Package') sbom.components.push(componentOf(element, relations, licenses))
  }
  const document3 = graph.find(element => typeOf(element) === 'SpdxDocument')
  const roots = new Set(graph.filter(isRooted).flatMap(element => asArray(element.rootElement).map(asText)))
  const image = graph.find(element => roots.has(idOf(element)) && element.primaryPurpose === 'container')
  const name = asText((image ?? document3)?.name)
  if (image || document3) sbom.subject = { name, diffIds: [], repoTags: [], repoDigests: [] }
  if (image && sbom.components.length > 1) sbom.components = sbom.components.filter(({ ref }) => ref !== idOf(image))
  return sbom
}

/**
 * Keys and types without the profile they belong to, however it is written: `software_packageVersion` (3.0's context), `software:packageVersion`,
 * `https://spdx.org/rdf/3.0.1/terms/Software/packageVersion`.
 */
function plainKeys(element: Json): Json {
  const plain: Json = Object.create(null) as Json
  for (const [key, value] of Object.entries(element)) plain[key.startsWith('@') ? key : plainName(key)] ??= value
  return plain
}

function plainName(name: string): string {
  return name.replace(/^https?:\/\/spdx\.org\/rdf\/.{0,60}\//, '').replace(/^[a-zA-Z]{1,40}[_:/](?=[a-zA-Z])/, '')
}

function isRooted(element: Json): boolean {
  return typeOf(element) === 'Sbom' || typeOf(element) === 'SpdxDocument'
}

/** JSON-LD may write its own keys for these. */
function typeOf(element: Json): string {
  const [type] = [element.type, element['@type']].flat().filter(stated => stated !== undefined)
  return plainName(asText(type))
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
  const identifiers = asArray(element.externalIdentifier).map(item => plainKeys(asObject(item)))
  const identified = (types: RegExp): string =>
    asText(identifiers.find(({ externalIdentifierType }) => types.test(asText(externalIdentifierType)))?.identifier)
  const purl = asText(element.packageUrl) || identified(/^(?:packageUrl|packageURL|purl)$/)
  const cpe = identified(/^cpe2[23]$/)
  const stated = ['hasDeclaredLicense', 'hasConcludedLicense'].flatMap(type => relations.get(type)?.get(ref) ?? [])
  const found = stated
    .map(id => licenses.get(id) ?? '')
    .filter(text => text !== '' && !/^(?:NOASSERTION|NONE)$/.test(text))
  return {
    ref,
    kind: element.primaryPurpose === 'operatingSystem' ? 'os' : 'package',
    name: asText(element.name),
    version: asText(element.packageVersion),
    licenses: found.slice(0, 1),
    properties: new Map(),
    dependsOn: relations.get('dependsOn')?.get(ref) ?? [],
    ...(purl !== '' && { purl }),
    ...(cpe !== '' && { cpe }),
  }
}
