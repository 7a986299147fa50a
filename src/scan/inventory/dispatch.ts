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
  const whole = partLookup(index.paths)
  const basename = partLookup(index.names)
  const extension = partLookup(index.extensions)
  const parent = partLookup(index.folders)
  const leading = leadingFolders([...paths.keys(), ...folders.keys()])
  return {
    extractors,
    paths,
    folders,
    leadsToDatabase: path => leading.has(path),
    wanted(entry) {
      const { path } = entry
      const slash = path.lastIndexOf('/')
      const dot = path.lastIndexOf('.')
      const byPath = whole(path, 0, path.length)
      const byName = basename(path, slash + 1, path.length)
      const byExtension = dot <= slash ? undefined : extension(path, dot, path.length)
      const byFolder = parent(path, 0, Math.max(0, slash))
      const byPlace = index.under.find(([folder]) => path.startsWith(folder))?.[1]
      if (!byPath && !byName && !byExtension && !byFolder && !byPlace) return nobody
      return interested(entry, [byPath, byName, byExtension, byFolder, byPlace])
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
  /** By the folder with its slash. */
  under: [folder: string, Interest[]][]
  executables: Interest[]
}

function indexPatterns(extractors: AnyExtractor[]): Index {
  const places = new Map<string, Interest[]>()
  const index: Index = {
    paths: new Map(),
    names: new Map(),
    extensions: new Map(),
    folders: new Map(),
    under: [],
    executables: [],
  }
  for (const extractor of extractors) {
    for (const { path, basename, extension, folder, under, executable, where } of extractor.patterns) {
      const interest = { extractor, where }
      if (path !== undefined) append(index.paths, path, interest)
      if (basename !== undefined) append(index.names, basename, interest)
      if (extension !== undefined) append(index.extensions, extension, interest)
      if (folder !== undefined) append(index.folders, folder, interest)
      if (under !== undefined) append(places, `${under}/`, interest)
      if (executable) index.executables.push(interest)
    }
  }
  return { ...index, under: [...places] }
}

/** Looks a part of a text up in a map. Its length and ends rule most parts out before a string is made of them. */
function partLookup<T>(map: ReadonlyMap<string, T>): (text: string, from: number, to: number) => T | undefined {
  const possible = new Uint8Array(4096)
  const spotOf = (text: string, from: number, to: number): number =>
    from >= to ? 0 : ((to - from) * 961 + text.charCodeAt(from) * 31 + text.charCodeAt(to - 1)) & 4095
  for (const key of map.keys()) possible[spotOf(key, 0, key.length)] = 1
  return (text, from, to) => (possible[spotOf(text, from, to)] === 0 ? undefined : map.get(text.slice(from, to)))
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
      if (extractor.stage !== 'lock' || !isInstalledBelow(entry.path)) found.push(extractor)
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
