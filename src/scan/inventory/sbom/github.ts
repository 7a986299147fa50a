import type { Component, Sbom } from './component.ts'
import { asArray, asObject, asText, type Json } from './json.ts'

/** Whether a document is what GitHub's dependency submission takes. */
export function isSnapshot(document: Json): boolean {
  return typeof document.manifests === 'object' && document.manifests !== null && 'detector' in document
}

/**
 * Reads a snapshot of GitHub's dependency submission API ("Create a snapshot of dependencies for a repository"):
 *
 *     { version: 0, job, sha, ref, detector, scanned,
 *       manifests: { KEY: { name, file: { source_location }, resolved: { KEY: { package_url, relationship, scope, dependencies: [KEY or package_url] } } } } }
 */
export function readSnapshot(document: Json): Sbom {
  const sbom: Sbom = { format: 'cyclonedx', components: [], problems: [] }
  for (const [key, value] of Object.entries(asObject(document.manifests))) {
    const manifest = asObject(value)
    const path = asText(asObject(manifest.file).source_location) || asText(manifest.name) || key
    const resolved = Object.entries(asObject(manifest.resolved)).map(([id, item]) => ({ id, item: asObject(item) }))
    const refs = new Map<string, string>()
    for (const { id, item } of resolved) {
      refs.set(asText(item.package_url), refOf(key, id))
      refs.set(id, refOf(key, id))
    }
    for (const { id, item } of resolved) {
      const found = componentOf(item, refOf(key, id), refs)
      if (found) sbom.components.push({ ...found, path: path.replace(/^(?:\.?\/)+/, '') })
      else sbom.problems.push(`${key}: ${id} has no package_url`)
    }
  }
  return sbom
}

const refOf = (manifest: string, id: string): string => `${manifest}#${id}`

function componentOf(item: Json, ref: string, refs: Map<string, string>): Component | undefined {
  const purl = asText(item.package_url)
  if (purl === '') return undefined
  const needs = asArray(item.dependencies).flatMap(need => refs.get(asText(need)) ?? [])
  return { ref, kind: 'package', name: purl, version: '', purl, licenses: [], properties: new Map(), dependsOn: needs }
}
