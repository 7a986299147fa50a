import { idOf } from '../../../../base/found.ts'
import type { ContentFile, Extractor, FactView, FileEntry, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { listZip, looksLikeZip, readZipEntry } from '../../../../base/zip.ts'
import { parseMetadata } from './metadata.ts'
import { normalizeName } from './names.ts'

interface Installed {
  name: string
  version: string
  licenses?: string[]
  requires?: string[]
}

/** Of one metadata file. */
const maxBytes = 8 << 20

/**
 * Installed distributions: `*.dist-info/METADATA` (wheels), `*.egg-info/PKG-INFO` or `*.egg-info` (distutils, distribution packages),
 * `*.egg/EGG-INFO/PKG-INFO` (unpacked eggs), and these files in a zipped `*.egg` or a wheel, which Python imports from as they are.
 */
export const pythonPkg: Extractor<Installed> = {
  id: 'python-pkg',
  revision: 2,
  stage: 'installed',
  maxBytes,
  patterns: [
    { basename: 'METADATA', where: inFolder('.dist-info') },
    { basename: 'PKG-INFO', where: entry => inFolder('.egg-info')(entry) || entry.path.endsWith('EGG-INFO/PKG-INFO') },
    { extension: '.egg-info' },
    { extension: '.egg' },
    // Those that Python and virtualenv carry are put to use in environments yet to be made.
    { extension: '.whl', where: ({ path }) => !/(?:^|\/)(?:ensurepip\/_bundled|seed\/wheels\/embed)\//.test(path) },
  ],
  parse(file) {
    const text = /\.(?:egg|whl)$/.test(file.path) ? readArchive(file) : file.text()
    if (text === undefined) return undefined
    const { name, version, licenses, requires } = parseMetadata(text)
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

/** A file of that name which is no zip is something else. */
function readArchive(file: ContentFile): string | undefined {
  if (!looksLikeZip(file)) return undefined
  const entry = listZip(file, name => name === 'EGG-INFO/PKG-INFO' || /^[^/]+\.dist-info\/METADATA$/.test(name))[0]
  return entry && readZipEntry(file, entry, maxBytes, { left: maxBytes }).toString()
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
  const at = parts.findLastIndex(part => /\.(?:dist-info|egg-info|egg|whl)$/.test(part))
  return parts.slice(0, Math.max(0, at)).join('/')
}

function inFolder(suffix: string): (entry: FileEntry) => boolean {
  return ({ path }) => path.slice(0, path.lastIndexOf('/')).endsWith(suffix)
}

/** `name-1.0.dist-info`, `name-1.0-py3.11.egg-info`: what the folder says when the file does not. */
function fromPath(path: string): { name: string; version: string } | undefined {
  const part = path.split('/').findLast(name => /\.(?:dist-info|egg-info|egg|whl)$/.test(name)) ?? ''
  const [name, version] = part.replace(/\.(?:dist-info|egg-info|egg|whl)$/, '').split('-')
  return name && version ? { name, version } : undefined
}
