import type { Extractor, FactView, FileEntry, FilePattern, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** The store of Nix, and Guix' of the same form, each with its purl type. */
const stores = new Map([
  ['nix/store', 'nix'],
  ['gnu/store', 'guix'],
])

/**
 * Store paths: `nix/store/HASH-NAME[-VERSION][-OUTPUT]/…`, HASH being 32 characters of Nix's base 32, the version beginning at the first hyphen that
 * no letter follows (Nix manual, `builtins.parseDrvName`). An image built by Nix has no other package list; programs, libraries and small files say which
 * paths are there. Every package has some: large ones need not be read for the name of their folder.
 */
export const nixStore: Extractor = {
  id: 'nix',
  revision: 2,
  stage: 'installed',
  patterns: [
    { executable: true, where: ({ path }) => stores.has(path.split('/', 2).join('/')) },
    ...[...stores.keys()].map((under): FilePattern => ({ under, where: isTelling })),
  ],
  parse: file => {
    const found = packageOf(file.path)
    return found ? [found] : undefined
  },
  assemble: ({ files }: FactView<FoundPackage[]>) => {
    const byStorePath = new Map<string, FoundPackage>()
    for (const { path, facts } of files)
      for (const found of facts) {
        const storePath = path.split('/', 3).join('/')
        if (!byStorePath.has(storePath)) byStorePath.set(storePath, { ...found, path: storePath })
      }
    return [...byStorePath.values()]
  },
}

const maxTellingSize = 64 * 1024
const maxTellingDepth = 7

/** Small and not deep below: of the thousand files of a package some are enough. */
function isTelling({ path, size }: FileEntry): boolean {
  return (
    size <= maxTellingSize && path.split('/', maxTellingDepth + 1).length <= maxTellingDepth && storePath.test(path)
  )
}

const storePath = /^(nix|gnu)\/store\/([0-9a-df-np-sv-z]{32})-([^/]{1,255})\//
/** `-bin`, `-dev`, `-libgcc`: an output's name, in letters alone. */
const outputs = /(?<=\d)-([a-z][a-z_]{1,30})$/

function packageOf(path: string): FoundPackage | undefined {
  const [, store, hash, whole] = storePath.exec(path) ?? []
  if (!hash || !whole) return undefined
  const text = whole.replace(outputs, '')
  const output = outputs.exec(whole)?.[1]
  const at = text.search(/-(?:[^A-Za-z]|unstable-\d{4}-\d\d-\d\d)/)
  if (at <= 0) return undefined
  return {
    name: text.slice(0, at),
    version: text.slice(at + 1),
    extra: { hash, ...(output && { output }) },
    ...(store === 'gnu' && { type: 'guix' }),
  }
}
