import { foundList, idOf } from '../../../../base/found.ts'
import { entriesAt, entriesOf, own, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * obj/project.assets.json, which a restore leaves (project.lock.json in old projects): `libraries: { "NAME/VERSION": { type: package | project, sha512 } }`,
 * `targets` with what each needs, `projectFileDependencyGroups: { FRAMEWORK: ["NAME >= 1.0"] }`; what keeps to the project itself has
 * `suppressParent: "All"`. A packages.lock.json of the project says the same.
 */
export const projectAssets: Extractor<{ packages?: FoundPackage[] }> = {
  id: 'nuget-assets',
  revision: 1,
  stage: 'lock',
  maxBytes: 128 << 20,
  patterns: ['project.assets.json', 'project.lock.json', 'packages.lock.json'].map(basename => ({ basename })),
  parse: file => (file.path.endsWith('packages.lock.json') ? {} : { packages: packagesOf(file.text()) }),
  assemble: view =>
    view.files.flatMap(({ path, facts }) => {
      const project = path.slice(0, path.lastIndexOf('/') + 1).replace(/(^|\/)obj\/$/, '$1')
      if (view.get(`${project}packages.lock.json`)) return []
      return (facts.packages ?? []).map(item => ({
        ...item,
        id: `${path}#${idOf(item)}`,
        path,
        ...(item.dependsOn && { dependsOn: item.dependsOn.map(id => `${path}#${id}`) }),
      }))
    }),
}

function packagesOf(text: string): FoundPackage[] {
  const document = parseJsonObject(text)
  const direct = directNames(document)
  const needs = needsByKey(document)
  const found = foundList()
  for (const [key, facts] of entriesAt(document, 'libraries')) {
    const [name = '', version = ''] = key.split('/')
    if (name === '' || version === '' || stringAt(facts, 'type')?.toLowerCase() !== 'package') continue
    const integrity = stringAt(facts, 'sha512')
    const dependsOn = [...(needs.get(key.toLowerCase()) ?? [])]
    const asked = direct.get(name.toLowerCase())
    found.add({
      name,
      version,
      relationship: asked === undefined ? 'indirect' : 'direct',
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(asked === 'own' && { development: true }),
      ...(integrity && { extra: { integrity: `sha512-${integrity}` } }),
    })
  }
  return found.all()
}

/** By lower-case name, what the project asks for, and whether only for itself. */
function directNames(document: unknown): Map<string, 'own' | 'product'> {
  const names = new Map<string, 'own' | 'product'>()
  for (const [, list] of entriesAt(document, 'projectFileDependencyGroups'))
    for (const item of Array.isArray(list) ? list : [])
      if (typeof item === 'string') names.set(item.split(' ', 1)[0]!.toLowerCase(), 'product')
  for (const [, framework] of entriesAt(own(document, 'project'), 'frameworks'))
    for (const [name, facts] of entriesAt(framework, 'dependencies'))
      names.set(name.toLowerCase(), stringAt(facts, 'suppressParent')?.toLowerCase() === 'all' ? 'own' : 'product')
  return names
}

/** By lower-case `name/version`, the ids of what it needs: a target has one version of each name. */
function needsByKey(document: unknown): Map<string, Set<string>> {
  const needs = new Map<string, Set<string>>()
  for (const [, target] of entriesAt(document, 'targets')) {
    const chosen = new Map<string, string>()
    for (const [key] of entriesOf(target)) {
      const [name = '', version = ''] = key.split('/')
      chosen.set(name.toLowerCase(), idOf({ name, version }))
    }
    for (const [key, facts] of entriesOf(target)) {
      const ids = needs.get(key.toLowerCase()) ?? new Set()
      needs.set(key.toLowerCase(), ids)
      for (const [name] of entriesAt(facts, 'dependencies')) {
        const id = chosen.get(name.toLowerCase())
        if (id !== undefined) ids.add(id)
      }
    }
  }
  return needs
}
