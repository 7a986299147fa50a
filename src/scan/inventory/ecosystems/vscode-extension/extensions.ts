import { isObject, own, parseJson, stringAt } from '../../../../base/json.ts'
import type { Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'

const folder =
  /(?:^|\/)(?:extensions|\.vscode[\w-]*)\/([a-z0-9-]{1,100}\.[a-z0-9-]{1,100})-(\d[\w.+-]{0,60})\/package\.json$/i

/**
 * Installed extensions: `extensions.json` of an extensions folder, `[{ identifier: { id: "publisher.name" }, version }]`, and each extension's own
 * `publisher.name-version/package.json` with `publisher`, `name`, `version`. One that both state is one.
 */
export const vscodeExtensions: Extractor = {
  id: 'vscode-extension',
  revision: 1,
  stage: 'installed',
  patterns: [
    {
      basename: 'extensions.json',
      where: ({ path }) =>
        /(?:^|\/)\.?(?:vscode|code|codium|cursor)[\w-]*\/(?:.{1,200}\/)?extensions\/extensions\.json$/i.test(path),
    },
    { basename: 'package.json', where: ({ path }) => folder.test(path) },
  ],
  maxBytes: 16 * 1024 * 1024,
  parse: file =>
    file.path.endsWith('/package.json') ? manifest(parseJson(file.text())) : list(parseJson(file.text())),
  assemble: onceEach,
}

function list(value: unknown): FoundPackage[] {
  return Array.isArray(value)
    ? value.flatMap(item => named(stringAt(own(item, 'identifier'), 'id'), stringAt(item, 'version')))
    : []
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
