import { foundList, idOf } from '../../../../base/found.ts'
import type { ContentFile, Extractor, FactView, FileEntry, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseXml } from '../../../../base/xml.ts'
import { propertiesFor, reachedFrom } from './imports.ts'
import { fillWhole, lowestVersion, type MsbuildFile, type PackageItem, readMsbuild } from './msbuild.ts'

/** Central versions: Directory.Packages.props, and files named after it (`Build.Packages.props`). */
export const packagesProps: Extractor<MsbuildFile> = {
  id: 'packages-props',
  revision: 2,
  stage: 'lock',
  maxBytes: 8 << 20,
  patterns: [{ extension: '.props', where: isProps }],
  parse: readFile,
  assemble: view =>
    view.files.flatMap(({ path, facts }) =>
      isCentral(path) ? packagesOf(path, facts.items, propertiesFor(path, view)) : [],
    ),
}

/**
 * Project files, where neither packages.lock.json nor obj/project.assets.json in their folder says it better: `PackageReference` with a version. Those in
 * Directory.Build.props and .targets, and in what these and projects import, are every such project's.
 */
export const projectFiles: Extractor<MsbuildFile | { lock: true }> = {
  id: 'csproj',
  revision: 2,
  stage: 'lock',
  maxBytes: 8 << 20,
  patterns: [
    ...['.csproj', '.vbproj', '.fsproj', '.sqlproj', '.wixproj', '.vcxproj'].map(extension => ({ extension })),
    ...['.props', '.targets'].map(extension => ({ extension, where: isProps })),
    { basename: 'packages.lock.json' },
    { basename: 'project.assets.json' },
  ],
  parse: file => (file.path.endsWith('.json') ? { lock: true } : readFile(file)),
  assemble(view) {
    const files: FactView<MsbuildFile>['files'] = []
    const locked = new Set<string>()
    for (const { path, facts } of view.files) {
      if (!('lock' in facts)) files.push({ path, facts })
      else locked.add(folderOf(path).replace(/(^|\/)obj\/$/, '$1'))
    }
    const byPath = new Map(files.map(({ path, facts }) => [path, facts]))
    const projects: FactView<MsbuildFile> = { files, get: path => byPath.get(path) }
    const shared = reachedFrom(
      files.map(({ path }) => path).filter(path => isProject(path) || isBuild(path)),
      projects,
    )
    return [...shared].flatMap(path => {
      if (isCentral(path) || (isProject(path) && locked.has(folderOf(path)))) return []
      return packagesOf(path, byPath.get(path)?.items ?? [], propertiesFor(path, projects))
    })
  },
}

const isProject = (path: string) => /\.(?:cs|vb|fs|sql|wix|vcx)proj$/.test(path)
const isBuild = (path: string) => /(?:^|\/)directory\.build\.(?:props|targets)$/i.test(path)
const isCentral = (path: string) => /packages\.props$/i.test(path)

/** Not what NuGet wrote or unpacked: packages bring files of these endings too. */
function isProps({ path, size }: FileEntry): boolean {
  return isCentral(path) || (size <= 1 << 20 && !/(?:^|\/)(?:obj|\.nuget|packages|sdk)\//i.test(path))
}

/** A file of this ending that is no XML is none of MSBuild's, unless it is called as these are. */
function readFile(file: ContentFile): MsbuildFile {
  try {
    return readMsbuild(parseXml(file.text()))
  } catch (error) {
    if (isProject(file.path) || isBuild(file.path) || isCentral(file.path)) throw error
    return { items: [], properties: [], imports: [] }
  }
}

function packagesOf(path: string, items: PackageItem[], properties: ReadonlyMap<string, string>): FoundPackage[] {
  const found = foundList()
  for (const { name, version, development, line } of items) {
    const lowest = lowestVersion(fillWhole(version, properties))
    if (!lowest) continue
    found.add({
      id: `${path}#${idOf({ name, version: lowest.version })}`,
      name,
      version: lowest.version,
      path,
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
