import { foundList, idOf } from '../../../../base/found.ts'
import type { ContentFile, Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseXml } from '../../../../base/xml.ts'
import { lowestVersion, packageItems } from './msbuild.ts'

/** Central versions: Directory.Packages.props, and files named after it (`Build.Packages.props`). */
export const packagesProps: Extractor = {
  id: 'packages-props',
  revision: 1,
  stage: 'lock',
  maxBytes: 8 << 20,
  patterns: [{ extension: '.props', where: ({ path }) => /packages\.props$/i.test(path) }],
  parse: readItems,
}

interface ProjectFacts {
  packages?: FoundPackage[]
  lock?: true
}

/** Project files, where no packages.lock.json in their folder says it better: `PackageReference` with a version. */
export const projectFiles: Extractor<ProjectFacts> = {
  id: 'csproj',
  revision: 1,
  stage: 'lock',
  maxBytes: 8 << 20,
  patterns: [
    ...['.csproj', '.vbproj', '.fsproj'].map(extension => ({ extension })),
    { basename: 'packages.lock.json' },
  ],
  parse: file => (file.path.endsWith('.json') ? { lock: true } : { packages: readItems(file) }),
  assemble(view) {
    const locked = new Set(view.files.filter(({ facts }) => facts.lock).map(({ path }) => folderOf(path)))
    return view.files.flatMap(({ path, facts }) =>
      locked.has(folderOf(path))
        ? []
        : (facts.packages ?? []).map(pkg => ({ ...pkg, id: `${path}#${idOf(pkg)}`, path })),
    )
  },
}

function readItems(file: ContentFile): FoundPackage[] {
  const found = foundList()
  for (const { name, version, development, line } of packageItems(parseXml(file.text()))) {
    const lowest = lowestVersion(version)
    if (!lowest) continue
    found.add({
      name,
      version: lowest.version,
      relationship: 'direct',
      lines: { start: line, end: line },
      ...(development && { development }),
      ...(lowest.range && { extra: { range: lowest.range } }),
    })
  }
  return found.all()
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}
