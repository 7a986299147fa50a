import { idOf } from '../../../../base/found.ts'
import type { Extractor, FactView, FileEntry, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseMetadata } from './metadata.ts'
import { normalizeName } from './names.ts'

interface Installed {
  name: string
  version: string
  licenses?: string[]
  requires?: string[]
}

/**
 * Installed distributions: `*.dist-info/METADATA` (wheels), `*.egg-info/PKG-INFO` or `*.egg-info` (distutils, distribution packages),
 * `*.egg/EGG-INFO/PKG-INFO` (unpacked eggs).
 */
export const pythonPkg: Extractor<Installed> = {
  id: 'python-pkg',
  revision: 1,
  stage: 'installed',
  maxBytes: 8 << 20,
  patterns: [
    { basename: 'METADATA', where: inFolder('.dist-info') },
    { basename: 'PKG-INFO', where: entry => inFolder('.egg-info')(entry) || entry.path.endsWith('EGG-INFO/PKG-INFO') },
    { extension: '.egg-info' },
  ],
  parse(file) {
    const { name, version, licenses, requires } = parseMetadata(file.text())
    const stated = fromPath(file.path)
    const found = { name: name || stated?.name || '', version: version || stated?.version || '' }
    if (found.name === '' || (found.version === '' && !name)) return undefined
    return { ...found, ...(licenses.length > 0 && { licenses }), ...(requires.length > 0 && { requires }) }
  },
  assemble(view) {
    const byFolder = new Map<string, Map<string, string>>()
    for (const { path, facts } of view.files) {
      const folder = siteFolder(path)
      const names = byFolder.get(folder) ?? new Map<string, string>()
      names.set(normalizeName(facts.name), idAt(path, facts))
      byFolder.set(folder, names)
    }
    return view.files.map(({ path, facts }) => packageOf(path, facts, byFolder.get(siteFolder(path))!))
  },
}

function packageOf(
  path: string,
  facts: FactView<Installed>['files'][number]['facts'],
  names: Map<string, string>,
): FoundPackage {
  const { name, version, licenses = [], requires = [] } = facts
  const dependsOn = requires.flatMap(required => names.get(required) ?? [])
  return { id: idAt(path, facts), name, version, path, licenses, ...(dependsOn.length > 0 && { dependsOn }) }
}

function idAt(path: string, facts: Installed): string {
  return `${path}#${idOf(facts)}`
}

/** `site-packages/` of a path below it. */
function siteFolder(path: string): string {
  const parts = path.split('/')
  const at = parts.findLastIndex(part => /\.(?:dist-info|egg-info|egg)$/.test(part))
  return parts.slice(0, Math.max(0, at)).join('/')
}

function inFolder(suffix: string): (entry: FileEntry) => boolean {
  return ({ path }) => path.slice(0, path.lastIndexOf('/')).endsWith(suffix)
}

/** `name-1.0.dist-info`, `name-1.0-py3.11.egg-info`: what the folder says when the file does not. */
function fromPath(path: string): { name: string; version: string } | undefined {
  const part = path.split('/').findLast(name => /\.(?:dist-info|egg-info|egg)$/.test(name)) ?? ''
  const [name, version] = part.replace(/\.(?:dist-info|egg-info|egg)$/, '').split('-')
  return name && version ? { name, version } : undefined
}
