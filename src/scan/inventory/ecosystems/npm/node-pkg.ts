import { own, parseJson, stringAt } from '../../../../base/json.ts'
import type { ContentFile, Extractor, FileEntry } from '../../../../base/model/ecosystem.ts'
import { listZip, readZipEntry } from '../../../../base/zip.ts'
import { licensesOf } from './licenses.ts'

/** Of one manifest. */
const maxBytes = 4 << 20

/**
 * Installed packages by their package.json: `node_modules/<name>/package.json`, and those outside any node_modules (an application's own, Yarn under /opt).
 * Yarn's Plug'n'Play runs packages out of the archives in `.yarn/cache`: the manifest is read from there.
 * A manifest without a valid name and version is no package (`{ "type": "commonjs" }` in a build folder): nothing found, no error.
 */
export const nodePkg: Extractor = {
  id: 'node-pkg',
  revision: 2,
  stage: 'installed',
  maxBytes,
  patterns: [
    { basename: 'package.json', where: standsAtPackageRoot },
    { extension: '.zip', where: ({ path }) => /(?:^|\/)\.yarn\/(?:berry\/)?cache\/[^/]+$/.test(path) },
  ],
  parse(file) {
    const text = file.path.endsWith('.zip') ? readFromArchive(file) : file.text()
    if (text === undefined) return undefined
    const manifest = parseJson(text)
    const name = stringAt(manifest, 'name')?.trim() ?? ''
    const version = stringAt(manifest, 'version')?.trim() ?? ''
    if (isOfAnotherKind(manifest) && !file.path.includes('node_modules/')) return undefined
    if (!isName(name) || version === '' || version.length > 256 || /\s/.test(version)) return undefined
    const licenses = licensesOf(manifest)
    return [licenses.length > 0 ? { name, version, licenses } : { name, version }]
  },
}

/** Extensions of VS Code and packages of Unity have a package.json too, under names that mean others in npm's registry. */
function isOfAnotherKind(manifest: unknown): boolean {
  const isExtension =
    stringAt(own(manifest, 'engines'), 'vscode') !== undefined && stringAt(manifest, 'publisher') !== undefined
  return isExtension || stringAt(manifest, 'unity') !== undefined
}

/** An archive of Yarn's cache holds `node_modules/<name>/…`. */
function readFromArchive(file: ContentFile): string | undefined {
  const manifests = listZip(file, name => name.endsWith('/package.json') && standsAtPackageRoot({ path: name }))
  const entry = manifests.find(({ name }) => name.startsWith('node_modules/') && !name.includes('/node_modules/'))
  return entry && readZipEntry(file, entry, maxBytes, { left: maxBytes }).toString()
}

/** Within node_modules only the package's own manifest counts, not those of its fixtures and build folders. */
export function standsAtPackageRoot({ path }: Pick<FileEntry, 'path'>): boolean {
  const at = path.lastIndexOf('node_modules/')
  if (at < 0) return true
  const rest = path.slice(at + 'node_modules/'.length).split('/')
  return rest.length === (rest[0]?.startsWith('@') ? 3 : 2)
}

/** npm's rule for old packages (validate-npm-package-name): up to 214 characters, URL-safe, an optional scope. */
export function isName(name: string): boolean {
  return name.length <= 214 && /^(?:@[^\s/@%?#:\\]+\/)?[^\s/@%?#:\\._][^\s/@%?#:\\]*$/.test(name)
}
