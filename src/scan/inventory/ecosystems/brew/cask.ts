import type { Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** What stands in a cask's folder: what Homebrew keeps of it, and what casks commonly bring. */
const places = [
  /(?:^|\/)Caskroom\/([^/.][^/]{0,200})\/\.metadata\/([^/]{1,200})\/[^/]+\/Casks\/[^/]+\.(?:rb|json)$/,
  /(?:^|\/)Caskroom\/([^/.][^/]{0,200})\/([^/.][^/]{0,200})\/(?:[^/]+\.wrapper\.sh|(?:[^/]+\/)?source\.properties|[^/]+\.app\/Contents\/Info\.plist)$/,
]
const placeOf = (path: string) => places.map(place => place.exec(path)).find(match => match !== null)
const where = ({ path }: { path: string }) => placeOf(path) !== undefined

/**
 * Casks, applications that Homebrew installs as they are: `Caskroom/TOKEN/VERSION/…`, and beside it the definition it was installed by,
 * `Caskroom/TOKEN/.metadata/VERSION/TIME/Casks/TOKEN.{rb,json}`. The folders name token and version (`1.2.3,4567` where the cask has more than one).
 */
export const homebrewCask: Extractor = {
  id: 'homebrew-cask',
  revision: 1,
  stage: 'installed',
  patterns: [
    { extension: '.rb', where },
    { extension: '.json', where },
    { extension: '.sh', where },
    { basename: 'source.properties', where },
    { basename: 'Info.plist', where },
  ],
  maxBytes: 16 * 1024 * 1024,
  parse: ({ path }) => {
    const [, name, version] = placeOf(path) ?? []
    return name && version ? [{ name, version, extra: { kind: 'cask' } }] : undefined
  },
  assemble: ({ files }: FactView<FoundPackage[]>) => {
    const found = new Map<string, FoundPackage>()
    for (const { path, facts } of files)
      for (const pkg of facts) {
        const key = `${path.slice(0, path.indexOf('Caskroom/'))}\0${pkg.name}\0${pkg.version}`
        if (!found.has(key)) found.set(key, { ...pkg, path })
      }
    return [...found.values()]
  },
}
