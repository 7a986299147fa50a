import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * Installed packages of a switch: `.opam-switch/packages/NAME.VERSION/opam`, whose folder says name and version and whose fields `name: "…"`,
 * `version: "…"`, `license: "…"` (or a list) may repeat them; and lock files `NAME.opam.locked`, whose `depends: ["NAME" {= "VERSION"} …]` are exact.
 */
export const opamPackage: Extractor = {
  id: 'opam',
  revision: 1,
  stage: 'installed',
  patterns: [
    { basename: 'opam', where: ({ path }) => /(?:^|\/)\.opam-switch\/packages\/[^/]+\/opam$/.test(path) },
    { extension: '.locked', where: ({ path }) => path.endsWith('.opam.locked') },
  ],
  maxBytes: 4 * 1024 * 1024,
  parse: file =>
    file.path.endsWith('.locked') ? lockedPackages(file.text()) : installedPackage(file.path, file.text()),
}

function installedPackage(path: string, text: string): FoundPackage[] | undefined {
  const folder = path.split('/').at(-2) ?? ''
  const dot = folder.indexOf('.')
  if (dot <= 0) return undefined
  const license = /^license:\s{0,20}(?:"([^"\n]{1,255})"|\[([^\]]{1,1000})\])/m.exec(text)
  const list = license?.[2]?.match(/"[^"\n]{1,255}"/g)?.map(quoted => quoted.slice(1, -1))
  return [
    {
      name: folder.slice(0, dot),
      version: folder.slice(dot + 1),
      licenses: list ?? (license?.[1] ? [license[1]] : []),
    },
  ]
}

const exact = /"([A-Za-z0-9_+-]{1,255})"\s{0,20}\{\s{0,20}=\s{0,20}"([^"\n]{1,255})"([^}]{0,255})\}/g

function lockedPackages(text: string): FoundPackage[] {
  return [...text.matchAll(exact)].map(([, name, version, filter]) => ({
    name: name!,
    version: version!,
    ...(/with-(?:test|doc|dev-setup)/.test(filter!) && { development: true }),
  }))
}
