import { parseJson, stringAt } from '../../../../base/json.ts'
import type { Extractor, FileEntry } from '../../../../base/model/ecosystem.ts'
import { licensesOf } from './licenses.ts'

/**
 * Installed packages by their package.json: `node_modules/<name>/package.json`, and those outside any node_modules (an application's own, Yarn under /opt).
 * A manifest without a valid name and version is no package (`{ "type": "commonjs" }` in a build folder): nothing found, no error.
 */
export const nodePkg: Extractor = {
  id: 'node-pkg',
  revision: 1,
  stage: 'installed',
  maxBytes: 4 << 20,
  patterns: [{ basename: 'package.json', where: standsAtPackageRoot }],
  parse(file) {
    const manifest = parseJson(file.text())
    const name = stringAt(manifest, 'name')?.trim() ?? ''
    const version = stringAt(manifest, 'version')?.trim() ?? ''
    if (!isName(name) || version === '' || version.length > 256 || /\s/.test(version)) return undefined
    const licenses = licensesOf(manifest)
    return [licenses.length > 0 ? { name, version, licenses } : { name, version }]
  },
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
