import { JennerError } from '../../base/errors.ts'
import type { Package } from '../../base/model/package.ts'

/** Which package a file of an image belongs to. */
export interface Owners {
  /** Numbers of the packages that a path belongs to; several where one is brought by the other. */
  of(path: string): readonly number[]
  /** Packages of which no file is known: of these nothing can be said. */
  unknown: ReadonlySet<number>
}

/** How owners are stored beside an image: per package its files and the folders that are all its own. */
export type OwnedFiles = [no: number, files: string[], folders: string[]][]

/** What of a package's facts says where its files are. */
export function ownedFiles(packages: readonly Package[]): OwnedFiles {
  const out: OwnedFiles = []
  packages.forEach((pkg, no) => {
    const files = (pkg.files ?? []).map(normal)
    const { files: more = [], folders = [] } = files.length > 0 ? {} : placeOf(pkg)
    if (files.length + more.length + folders.length > 0) out.push([no, [...files, ...more], folders])
  })
  return out
}

/** Builds the look-up. */
export function createOwners(owned: OwnedFiles, count: number): Owners {
  const files = new Map<string, number[]>()
  const folders = new Map<string, number[]>()
  const unknown = new Set(Array.from({ length: count }, (_, no) => no))
  const put = (map: Map<string, number[]>, key: string, no: number) => {
    const known = map.get(key)
    if (known) known.push(no)
    else map.set(key, [no])
  }
  for (const [no, paths, own] of owned) {
    unknown.delete(no)
    for (const path of paths) put(files, path, no)
    for (const folder of own) put(folders, folder, no)
  }
  return { unknown, of: path => lookUp(normal(path), files, folders) }
}

function lookUp(path: string, files: Map<string, number[]>, folders: Map<string, number[]>): number[] {
  const found = [...(files.get(path) ?? [])]
  // The innermost folder alone: what lies in node_modules/a/node_modules/b is b's.
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const own = folders.get(path.slice(0, end))
    if (!own) continue
    found.push(...own)
    break
  }
  return found
}

/**
 * A path as both sides write it: no leading slash, and merged systems' two names for one folder (`/lib` is `/usr/lib` there, package databases name either) made one.
 * Throws JennerError bad_argument for a path with NUL.
 */
export function normal(path: string): string {
  if (path.includes('\0')) throw new JennerError('bad_argument', 'path')
  const bare = path.replace(/^(?:\.?\/)+/, '')
  return /^(?:bin|sbin|lib|lib32|lib64|libx32)\//.test(bare) ? `usr/${bare}` : bare
}

const programs = new Set(['gobinary', 'rustbinary', 'jar', 'dotnet-binary', 'cargo-auditable'])

/** Where a language's package lies, told by the file that states it. */
function placeOf(pkg: Package): { files?: string[]; folders?: string[] } {
  const path = normal(pkg.path)
  if (path === '') return {}
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
  if (programs.has(pkg.foundBy) || /\.(?:jar|war|ear|dll|exe)$/i.test(path)) return { files: [path] }
  if (pkg.type === 'npm') return /(?:^|\/)node_modules\/.+\/package\.json$/.test(path) ? { folders: [folder] } : {}
  if (pkg.type === 'pypi') return pythonPlace(pkg, path)
  if (pkg.type === 'gem') return gemPlace(path)
  if (pkg.type === 'golang' || pkg.type === 'cargo')
    return /(?:go\.mod|go\.sum|Cargo\.lock|\.toml)$/.test(path) ? {} : { files: [path] }
  return {}
}

/** `site-packages/name-1.0.dist-info/METADATA`: the modules beside it, under the package's name as Python writes it. */
function pythonPlace(pkg: Package, path: string): { folders: string[]; files: string[] } | Record<string, never> {
  const [, site, info] = /^(.*(?:site|dist)-packages)\/([^/]+\.(?:dist|egg)-info)(?:\/|$)/.exec(path) ?? []
  if (site === undefined || info === undefined) return {}
  const names = new Set([pkg.name, pkg.name.toLowerCase()].flatMap(name => [name, name.replace(/[-.]+/g, '_')]))
  for (const name of names) if (name.startsWith('python_')) names.add(name.slice(7))
  const known = { PyYAML: 'yaml', Pillow: 'PIL', beautifulsoup4: 'bs4', 'scikit-learn': 'sklearn' } as Record<
    string,
    string
  >
  const alias = Object.hasOwn(known, pkg.name) ? known[pkg.name] : undefined
  if (alias) names.add(alias)
  return { folders: [...names].map(name => `${site}/${name}`), files: [...names].map(name => `${site}/${name}.py`) }
}

/** `…/specifications/name-1.0.gemspec` ↔ `…/gems/name-1.0/`. */
function gemPlace(path: string): { folders?: string[] } {
  const [, home, , name] = /^(.*)\/specifications\/(default\/)?([^/]+)\.gemspec$/.exec(path) ?? []
  return home === undefined || name === undefined ? {} : { folders: [`${home}/gems/${name}`] }
}
