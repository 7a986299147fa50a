import type { Component, Sbom } from './component.ts'
import { asArray, asObject, asText, type Json } from './json.ts'

/** Whether a document is Syft's own JSON. */
export function isSyft(document: Json): boolean {
  return Array.isArray(document.artifacts) && typeof asObject(document.descriptor).name === 'string'
}

/**
 * Reads Syft's own JSON (its schema, `json-schema`): `artifacts[]` with name, version, purl, `locations[].path`, `licenses[]` of strings or `{ value }` and
 * `metadata` of the package's kind; `distro`; `source`; `artifactRelationships[]` of which `dependency-of` says that the child needs the parent, and
 * `ownership-by-file-overlap` that the parent brought the child's files.
 */
export function readSyft(document: Json): Sbom {
  const needs = new Map<string, string[]>()
  const owners = new Map<string, string>()
  for (const item of asArray(document.artifactRelationships)) {
    const { parent, child, type } = asObject(item)
    if (type === 'ownership-by-file-overlap') owners.set(asText(child), asText(parent))
    if (type !== 'dependency-of') continue
    const list = needs.get(asText(child)) ?? []
    needs.set(asText(child), list)
    list.push(asText(parent))
  }
  const components = asArray(document.artifacts).map(item => componentOf(asObject(item), needs, owners))
  const distro = distroOf(asObject(document.distro))
  const source = asObject(document.source)
  const name = asText(source.name) || asText(asObject(source.target).userInput)
  return {
    format: 'cyclonedx',
    ...(name !== '' && { subject: subjectOf(name, asObject(source.metadata)) }),
    components: distro ? [distro, ...components] : components,
    problems: [],
  }
}

function componentOf(raw: Json, needs: Map<string, string[]>, owners: Map<string, string>): Component {
  const ref = asText(raw.id)
  const ownedBy = owners.get(ref)
  const metadata = asObject(raw.metadata)
  const path = asText(asObject(asArray(raw.locations)[0]).path)
  const purl = asText(raw.purl)
  return {
    ref,
    kind: 'package',
    name: asText(raw.name),
    version: asText(raw.version),
    licenses: asArray(raw.licenses)
      .map(item => asText(item) || asText(asObject(item).spdxExpression) || asText(asObject(item).value))
      .filter(text => text !== ''),
    properties: propertiesOf(asText(raw.type), metadata),
    dependsOn: needs.get(ref) ?? [],
    ...(purl !== '' && { purl }),
    ...(ownedBy && { ownedBy }),
    ...(path !== '' && { path: path.replace(/^\/+/, '') }),
  }
}

/** The metadata that Syft's CycloneDX carries as properties, under the same names. */
function propertiesOf(type: string, metadata: Json): Map<string, string> {
  const properties = new Map<string, string>()
  if (type !== '') properties.set('syft:package:type', type)
  for (const key of ['source', 'sourceVersion', 'sourceRpm', 'originPackage', 'modularityLabel', 'maintainer']) {
    const value = asText(metadata[key])
    if (value !== '') properties.set(`syft:metadata:${key}`, value)
  }
  return properties
}

function distroOf(distro: Json): Component | undefined {
  const id = asText(distro.id)
  if (id === '') return undefined
  return {
    ref: 'distro',
    kind: 'os',
    name: id,
    version: asText(distro.versionID),
    licenses: [],
    properties: new Map(),
    dependsOn: [],
  }
}

function subjectOf(name: string, metadata: Json): NonNullable<Sbom['subject']> {
  const strings = (value: unknown): string[] => asArray(value).map(asText)
  const imageId = asText(metadata.imageID)
  return {
    name,
    repoTags: strings(metadata.tags),
    repoDigests: strings(metadata.repoDigests),
    diffIds: asArray(metadata.layers).map(layer => asText(asObject(layer).digest)),
    ...(imageId !== '' && { imageId }),
  }
}
