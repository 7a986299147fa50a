import { JennerError } from '../../../base/errors.ts'
import type { Component, Sbom } from './component.ts'
import { asArray, asObject, asText, type Json } from './json.ts'

const maxDepth = 32
const maxComponents = 1_000_000

/**
 * Reads a CycloneDX JSON document (ECMA-424; versions 1.0 to 1.7): `components` (nested to any depth up to 32), `metadata.component`, `dependencies`.
 * A component is kept when its `type` can hold software of interest or a purl or CPE names it; `operating-system` states the distribution.
 * `metadata.component` is what the document is about, and a package only where nothing else is listed.
 */
export function readCycloneDx(document: Json): Sbom {
  if (document.bomFormat !== 'CycloneDX') throw new JennerError('malformed', 'bomFormat is not CycloneDX')
  const sbom: Sbom = { format: 'cyclonedx', components: [], problems: [] }
  const edges = new Map<string, string[]>()
  for (const item of asArray(document.dependencies)) {
    const { ref, dependsOn } = asObject(item)
    if (typeof ref === 'string')
      edges.set(
        ref,
        asArray(dependsOn).filter(target => typeof target === 'string'),
      )
  }
  const root = asObject(asObject(document.metadata).component)
  if (typeof root.name === 'string') sbom.subject = subjectOf(root)
  const walk = (items: unknown, depth: number): void => {
    if (depth > maxDepth) {
      sbom.problems.push(`components nested deeper than ${maxDepth}`)
      return
    }
    for (const item of asArray(items)) {
      const raw = asObject(item)
      const component = componentOf(raw, edges)
      if (component) sbom.components.push(component)
      if (sbom.components.length > maxComponents)
        throw new JennerError('limit_exceeded', `more than ${maxComponents} components`)
      if (raw.components) walk(raw.components, depth + 1)
    }
  }
  walk(document.components, 0)
  if (root.components) walk(root.components, 0)
  const vex = vexReferencesOf(document.externalReferences)
  if (vex.length > 0) sbom.vexReferences = vex
  // A document about one thing without parts of its own: the list is that thing.
  const alone = sbom.components.length === 0 ? componentOf(root, edges) : undefined
  if (alone?.purl !== undefined || alone?.cpe !== undefined) sbom.components.push(alone)
  return sbom
}

const maxReferences = 20
const aboutVex = /^(?:exploitability-statement|vulnerability-assertion)$/

function vexReferencesOf(references: unknown): string[] {
  const urls = asArray(references)
    .map(asObject)
    .filter(({ type, url }) => aboutVex.test(asText(type)) && asText(url) !== '')
  return [...new Set(urls.map(({ url }) => asText(url)))].slice(0, maxReferences)
}

/** Not software, unless a purl or a CPE says that it is. */
const skipped = new Set(['file', 'device', 'data', 'machine-learning-model', 'cryptographic-asset', 'device-driver'])

function componentOf(raw: Json, edges: Map<string, string[]>): Component | undefined {
  const type = asText(raw.type)
  const name = asText(raw.name)
  const identified = asText(raw.purl) !== '' || asText(raw.cpe) !== ''
  if (!identified && (name === '' || skipped.has(type))) return undefined
  const ref = asText(raw['bom-ref']) || asText(raw.purl) || name
  const occurrence = asObject(asArray(asObject(raw.evidence).occurrences)[0])
  const component: Component = {
    ref,
    kind: type === 'operating-system' ? 'os' : 'package',
    name,
    version: asText(raw.version).trim(),
    licenses: licensesOf(raw.licenses),
    properties: propertiesOf(raw.properties),
    dependsOn: edges.get(ref) ?? [],
  }
  const supplier = asText(asObject(raw.supplier).name)
  if (supplier !== '') component.supplier = supplier
  if (asText(raw.group) !== '') component.group = asText(raw.group)
  if (asText(raw.purl) !== '') component.purl = asText(raw.purl).trim()
  if (asText(raw.cpe) !== '') component.cpe = asText(raw.cpe)
  if (asText(occurrence.location) !== '') component.path = asText(occurrence.location).replace(/^\/+/, '')
  return component
}

function subjectOf(root: Json): Sbom['subject'] {
  const subject = {
    name: asText(root.name),
    diffIds: [] as string[],
    repoTags: [] as string[],
    repoDigests: [] as string[],
    imageId: '',
  }
  for (const item of asArray(root.properties)) {
    const { name, value } = asObject(item)
    if (name === 'aquasecurity:trivy:ImageID') subject.imageId = asText(value)
    if (name === 'aquasecurity:trivy:DiffID') subject.diffIds.push(asText(value))
    if (name === 'aquasecurity:trivy:RepoTag') subject.repoTags.push(asText(value))
    if (name === 'aquasecurity:trivy:RepoDigest') subject.repoDigests.push(asText(value))
  }
  const { imageId, ...rest } = subject
  const purl = asText(root.purl)
  return { ...rest, ...(imageId !== '' && { imageId }), ...(purl !== '' && { purl }) }
}

function propertiesOf(items: unknown): Map<string, string> {
  const properties = new Map<string, string>()
  for (const item of asArray(items)) {
    const { name, value } = asObject(item)
    if (typeof name === 'string' && typeof value === 'string' && !properties.has(name)) properties.set(name, value)
  }
  return properties
}

/** `licenses`: `[{ license: { id | name } } | { expression }]`. */
function licensesOf(items: unknown): string[] {
  return asArray(items).flatMap(item => {
    const { expression, license } = asObject(item)
    const stated = asText(expression) || asText(asObject(license).id) || asText(asObject(license).name)
    return stated === '' ? [] : [stated]
  })
}
