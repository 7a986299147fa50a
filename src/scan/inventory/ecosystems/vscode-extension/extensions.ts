import { isObject, own, parseJson, stringAt } from '../../../../base/json.ts'
import type { ContentFile, Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { listZip, looksLikeZip, readZipEntry } from '../../../../base/zip.ts'

const folder =
  /(?:^|\/)(?:extensions|\.vscode[\w-]*)\/([a-z0-9-]{1,100}\.[a-z0-9-]{1,100})-(\d[\w.+-]{0,60})\/package\.json$/i

/**
 * Installed extensions: `extensions.json` of an extensions folder, `[{ identifier: { id: "publisher.name" }, version }]`, and each extension's own
 * `publisher.name-version/package.json` with `publisher`, `name`, `version`. One that both state is one. All of Visual Studio Code's kin (VSCodium, Cursor,
 * Windsurf, code-server …) have such a folder. A `.vsix` is an extension that waits to be installed: a zip with `extension/package.json`.
 */
export const vscodeExtensions: Extractor = {
  id: 'vscode-extension',
  revision: 2,
  stage: 'installed',
  patterns: [
    { basename: 'extensions.json', where: ({ path }) => /(?:^|\/)extensions\/extensions\.json$/.test(path) },
    { basename: 'package.json', where: ({ path }) => folder.test(path) },
    { extension: '.vsix' },
  ],
  maxBytes: 16 * 1024 * 1024,
  parse: file => {
    if (file.path.endsWith('.vsix')) return packed(file)
    const value = parseJson(file.text())
    return file.path.endsWith('/package.json') ? manifest(value) : list(value)
  },
  assemble: onceEach,
}

function list(value: unknown): FoundPackage[] {
  return Array.isArray(value)
    ? value.flatMap(item => named(stringAt(own(item, 'identifier'), 'id'), stringAt(item, 'version')))
    : []
}

const maxManifest = 4 * 1024 * 1024

function packed(file: ContentFile): FoundPackage[] | undefined {
  if (!looksLikeZip(file)) return undefined
  const [entry] = listZip(file, name => name === 'extension/package.json')
  return entry && manifest(parseJson(readZipEntry(file, entry, maxManifest, { left: maxManifest }).toString('utf8')))
}

function manifest(value: unknown): FoundPackage[] {
  const publisher = stringAt(value, 'publisher')
  const name = stringAt(value, 'name')
  if (!publisher || !name || !isObject(own(value, 'engines'))) return []
  const license = stringAt(value, 'license')
  return named(`${publisher}.${name}`, stringAt(value, 'version'), license)
}

function named(id: string | undefined, version: string | undefined, license?: string): FoundPackage[] {
  if (!id || !version) return []
  return [{ name: id.toLowerCase(), version, ...(license && { licenses: [license] }) }]
}

function onceEach({ files }: FactView<FoundPackage[]>): FoundPackage[] {
  const byId = new Map<string, FoundPackage>()
  for (const { path, facts } of files)
    for (const found of facts) {
      const id = `${path.slice(0, path.indexOf('extensions/') + 11)}\0${found.name}@${found.version}`
      if (!byId.has(id)) byId.set(id, { ...found, path })
    }
  return [...byId.values()]
}
