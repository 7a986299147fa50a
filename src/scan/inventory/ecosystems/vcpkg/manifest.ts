import { entriesOf, itemsAt, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * vcpkg.json: `dependencies: ["name" | { name, "version>=", host }]`, `overrides: [{ name, version, "port-version" }]`.
 * The project itself is a package where it states its version. An override is the version that is used; `version>=` is the lowest that may be; without either only the registry's baseline knows, and the package is left out.
 */
export const vcpkgManifest: Extractor = {
  id: 'vcpkg-manifest',
  revision: 2,
  stage: 'lock',
  patterns: [{ basename: 'vcpkg.json' }],
  maxBytes: 4 * 1024 * 1024,
  // `ports/NAME/` is the index of a registry: what could be installed.
  parse: file => packagesOf(parseJsonObject(file.text()), !/(?:^|\/)ports\/[^/]+\/vcpkg\.json$/.test(file.path)),
}

function packagesOf(manifest: Record<string, unknown>, isProject: boolean): FoundPackage[] {
  const name = stringAt(manifest, 'name')
  const version = versionOf(manifest)
  const dependencies = dependenciesOf(manifest)
  return isProject && name && version ? [{ name, version, relationship: 'root' }, ...dependencies] : dependencies
}

function dependenciesOf(manifest: Record<string, unknown>): FoundPackage[] {
  const pinned = new Map(itemsAt(manifest, 'overrides').map(item => [stringAt(item, 'name') ?? '', versionOf(item)]))
  return itemsAt(manifest, 'dependencies').flatMap(item => {
    const name = typeof item === 'string' ? item : stringAt(item, 'name')
    const version = pinned.get(name ?? '') || stringAt(item, 'version>=')
    if (!name || !version) return []
    const host = entriesOf(item).some(([key, value]) => key === 'host' && value === true)
    return [{ name, version, relationship: 'direct' as const, ...(host && { development: true }) }]
  })
}

const versionFields = ['version', 'version-semver', 'version-date', 'version-string']

function versionOf(item: unknown): string {
  const version = versionFields.map(field => stringAt(item, field)).find(value => value !== undefined) ?? ''
  const port = entriesOf(item).find(([key]) => key === 'port-version')?.[1]
  return version !== '' && typeof port === 'number' && port > 0 ? `${version}#${port}` : version
}
