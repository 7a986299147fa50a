import type { AnyExtractor, FileEntry, FilePattern } from '../../base/model/ecosystem.ts'

/** Extractors looked up by path: a million paths cost a few Map look-ups each, however many extractors there are. */
export interface Dispatch {
  extractors: AnyExtractor[]
  /** Those that want this file by its path, name or extension, each once. */
  wanted(entry: FileEntry): readonly AnyExtractor[]
  /** Those that want it if its first bytes are an executable's. */
  wantedIfExecutable(entry: FileEntry): readonly AnyExtractor[]
  /** Folders that hold a file wanted by its whole path, and those files: a symbolic link in their place moves a package database. */
  leadsToDatabase(path: string): boolean
  /** Every whole path wanted, with who wants it. */
  paths: ReadonlyMap<string, readonly AnyExtractor[]>
  /** Every folder of which all files are wanted, with who wants them. */
  folders: ReadonlyMap<string, readonly AnyExtractor[]>
}

interface Interest {
  extractor: AnyExtractor
  where: FilePattern['where']
}

const nobody: readonly AnyExtractor[] = []

export function createDispatch(extractors: AnyExtractor[]): Dispatch {
  const index = indexPatterns(extractors)
  const paths = new Map([...index.paths].map(([path, interests]) => [path, interests.map(i => i.extractor)]))
  const folders = new Map([...index.folders].map(([path, interests]) => [path, interests.map(i => i.extractor)]))
  const leading = leadingFolders([...paths.keys(), ...folders.keys()])
  return {
    extractors,
    paths,
    folders,
    leadsToDatabase: path => leading.has(path),
    wanted(entry) {
      const { path } = entry
      const name = path.slice(path.lastIndexOf('/') + 1)
      const dot = name.lastIndexOf('.')
      const byPath = index.paths.get(path)
      const byName = index.names.get(name)
      const byExtension = dot < 0 ? undefined : index.extensions.get(name.slice(dot))
      const byFolder = index.folders.get(path.slice(0, -name.length - 1))
      if (!byPath && !byName && !byExtension && !byFolder) return nobody
      return interested(entry, [byPath, byName, byExtension, byFolder])
    },
    wantedIfExecutable: entry =>
      index.executables.length > 0 && mayBeExecutable(entry) ? interested(entry, [index.executables]) : nobody,
  }
}

interface Index {
  paths: Map<string, Interest[]>
  names: Map<string, Interest[]>
  extensions: Map<string, Interest[]>
  folders: Map<string, Interest[]>
  executables: Interest[]
}

function indexPatterns(extractors: AnyExtractor[]): Index {
  const index: Index = {
    paths: new Map(),
    names: new Map(),
    extensions: new Map(),
    folders: new Map(),
    executables: [],
  }
  for (const extractor of extractors) {
    for (const { path, basename, extension, folder, executable, where } of extractor.patterns) {
      const interest = { extractor, where }
      if (path !== undefined) append(index.paths, path, interest)
      if (basename !== undefined) append(index.names, basename, interest)
      if (extension !== undefined) append(index.extensions, extension, interest)
      if (folder !== undefined) append(index.folders, folder, interest)
      if (executable) index.executables.push(interest)
    }
  }
  return index
}

function append(map: Map<string, Interest[]>, key: string, interest: Interest): void {
  const list = map.get(key)
  if (list) list.push(interest)
  else map.set(key, [interest])
}

function interested(entry: FileEntry, lists: (Interest[] | undefined)[]): readonly AnyExtractor[] {
  const found: AnyExtractor[] = []
  for (const list of lists) {
    if (!list) continue
    for (const { extractor, where } of list) {
      if (found.includes(extractor) || (where && !where(entry))) continue
      if (extractor.stage === 'installed' || !isInstalledBelow(entry.path)) found.push(extractor)
    }
  }
  return found
}

/** Lock files that packages bring along say what their authors worked with, not what this project would install. */
function isInstalledBelow(path: string): boolean {
  return path.startsWith('node_modules/') || path.includes('/node_modules/')
}

/** Programs carry an execute bit; Windows' carry a name. Shared libraries do neither, which spares reading most of an image. */
function mayBeExecutable({ path, size, mode }: FileEntry): boolean {
  return size >= 1024 && ((mode & 0o111) !== 0 || path.endsWith('.exe'))
}

function leadingFolders(paths: Iterable<string>): Set<string> {
  const found = new Set<string>()
  for (const path of paths) {
    found.add(path)
    for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) found.add(path.slice(0, at))
  }
  return found
}
