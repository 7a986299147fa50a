import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * Installed packages of a switch: `.opam-switch/packages/NAME.VERSION/opam`, whose folder says name and version and whose fields `name: "…"`,
 * `version: "…"`, `license: "…"` (or a list) may repeat them; `NAME.opam` files that state a version of their own; and lock files `NAME.opam.locked`, whose `depends: ["NAME" {= "VERSION"} …]` are exact.
 */
export const opamPackage: Extractor = {
  id: 'opam',
  revision: 2,
  stage: 'installed',
  patterns: [
    // `packages/NAME/NAME.VERSION/opam` is the index of a repository: what could be installed.
    { basename: 'opam', where: ({ path }) => !/(?:^|\/)packages\/([^/]+)\/\1\.[^/]+\/opam$/.test(path) },
    { extension: '.opam' },
    { extension: '.locked', where: ({ path }) => path.endsWith('.opam.locked') },
  ],
  maxBytes: 4 * 1024 * 1024,
  parse: file => readPackages(file.path, file.text()),
}

function readPackages(path: string, text: string): FoundPackage[] | undefined {
  if (path.endsWith('.locked')) return lockedPackages(text)
  const [name = '', version] = path.endsWith('.opam') ? statedIn(path, text) : ofFolder(path, text)
  return name === '' || !version ? undefined : [{ name, version, licenses: licensesOf(text) }]
}

const field = (text: string, key: string): string | undefined =>
  new RegExp(`^${key}:\\s{0,20}"([^"\\n]{1,255})"`, 'm').exec(text)?.[1]

function statedIn(path: string, text: string): (string | undefined)[] {
  return [field(text, 'name') ?? path.slice(path.lastIndexOf('/') + 1, -'.opam'.length), field(text, 'version')]
}

/** In a switch the folder is the authority; elsewhere what the file states, completed by a folder `NAME.VERSION`. */
function ofFolder(path: string, text: string): (string | undefined)[] {
  const split = splitFolder(path)
  if (/(?:^|\/)\.opam-switch\//.test(path)) return split
  return [field(text, 'name') ?? split[0], field(text, 'version') ?? split[1]]
}

function splitFolder(path: string): string[] {
  const folder = path.split('/').at(-2) ?? ''
  const dot = folder.indexOf('.')
  return dot <= 0 ? [] : [folder.slice(0, dot), folder.slice(dot + 1)]
}

function licensesOf(text: string): string[] {
  const license = /^license:\s{0,20}(?:"([^"\n]{1,255})"|\[([^\]]{1,1000})\])/m.exec(text)
  const list = license?.[2]?.match(/"[^"\n]{1,255}"/g)?.map(quoted => quoted.slice(1, -1))
  return list ?? (license?.[1] ? [license[1]] : [])
}

const exact = /"([A-Za-z0-9_+-]{1,255})"\s{0,20}\{\s{0,20}=\s{0,20}"([^"\n]{1,255})"([^}]{0,255})\}/g

function lockedPackages(text: string): FoundPackage[] {
  return [...text.matchAll(exact)].map(([, name, version, filter]) => ({
    name: name!,
    version: version!,
    ...(/with-(?:test|doc|dev-setup)/.test(filter!) && { development: true }),
  }))
}
