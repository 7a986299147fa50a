import type { Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * Store paths: `nix/store/HASH-NAME[-VERSION][-OUTPUT]/…`, HASH being 32 characters of Nix's base 32, the version beginning at the first hyphen that
 * no letter follows (Nix manual, `builtins.parseDrvName`). An image built by Nix has no other package list; its programs and libraries say which paths are
 * there. A path without any program in it is not seen.
 */
export const nixStore: Extractor = {
  id: 'nix',
  revision: 1,
  stage: 'installed',
  patterns: [{ executable: true, where: ({ path }) => path.startsWith('nix/store/') }],
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

const storePath = /^nix\/store\/([0-9a-df-np-sv-z]{32})-([^/]{1,255})\//
const outputs = /-(bin|dev|doc|info|lib|man|out|static|debug)$/

function packageOf(path: string): FoundPackage | undefined {
  const [, hash, whole] = storePath.exec(path) ?? []
  if (!hash || !whole) return undefined
  const output = outputs.exec(whole)?.[1]
  const text = whole.replace(outputs, '')
  const at = text.search(/-[^A-Za-z]/)
  if (at <= 0) return undefined
  return { name: text.slice(0, at), version: text.slice(at + 1), extra: { hash, ...(output && { output }) } }
}
