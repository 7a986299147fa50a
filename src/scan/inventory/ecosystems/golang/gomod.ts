import type {
  ContentFile,
  Extractor,
  FactView,
  FileEntry,
  FoundPackage,
  ReportProblem,
} from '../../../../base/model/ecosystem.ts'
import { stdlibVersion } from './go-version.ts'
import { type ModFile, parseModFile, type Replacement, type Requirement, replacementOf } from './mod-file.ts'
import { versions as order } from './version.ts'

type Facts = { mod: ModFile } | { work: ModFile } | { sum: [path: string, version: string][] }

/** go.mod, with go.sum beside it where that alone names the indirect modules (before Go 1.17), and with what the go.work above it replaces. */
export const gomod: Extractor<Facts> = {
  id: 'gomod',
  revision: 6,
  stage: 'lock',
  patterns: [
    { basename: 'go.mod', where: outsideModuleCache },
    { basename: 'go.sum', where: outsideModuleCache },
    { basename: 'go.work', where: outsideModuleCache },
  ],
  parse(file: ContentFile, problem) {
    if (file.path.endsWith('.sum')) return { sum: parseSums(file.text(), problem) }
    const mod = parseModFile(file.text(), problem)
    return file.path.endsWith('.work') ? { work: mod } : { mod }
  },
  assemble,
}

/**
 * go.sum: `PATH VERSION["/go.mod"] HASH` a line. It names every version that resolving looked at; the highest of a path is the one that
 * minimal version selection can have picked.
 */
function parseSums(text: string, problem?: ReportProblem): [string, string][] {
  const versions = new Map<string, string>()
  let cut = 0
  for (const line of text.split('\n')) {
    const [path, version, hash] = line.trim().split(/\s+/)
    if (path && !hash) cut++
    if (!path || !version?.startsWith('v') || !hash) continue
    const stated = version.replace(/\/go\.mod$/, '')
    const known = versions.get(path)
    if (known === undefined || order.compare(known, stated) !== 1) versions.set(path, stated)
  }
  if (versions.size === 0 && text.trim() !== '') throw new SyntaxError('not a go.sum')
  if (cut > 0) problem?.('malformed', `gomod: ${cut} lines of go.sum without a hash`)
  return [...versions]
}

/** Not what a dependency's authors require: `pkg/mod/HOST/PATH@VERSION/go.mod`. */
function outsideModuleCache({ path }: FileEntry): boolean {
  return !/(?:^|\/)pkg\/mod\//.test(path)
}

function assemble(view: FactView<Facts>): FoundPackage[] {
  return view.files.flatMap(({ path, facts }) => {
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    const mod = view.get(`${folder}go.mod`)
    const sum = view.get(`${folder}go.sum`)
    const sums = sum !== undefined && 'sum' in sum ? sum.sum : []
    if ('work' in facts) return []
    if ('mod' in facts) {
      const above = replacedAbove(folder, view)
      const own = facts.mod.replaces.filter(
        ({ path }) => !above.some(other => other.path === path && other.version === ''),
      )
      const replaces = [...own, ...above]
      return packagesOf({ ...facts.mod, replaces }, listsAll(facts.mod.go) ? [] : sums, path)
    }
    return mod === undefined ? facts.sum.map(([name, version]) => found(name, version, path, 'indirect')) : []
  })
}

/** Replacements of the nearest go.work that uses the module in this folder. They win over those of go.mod. */
function replacedAbove(folder: string, view: FactView<Facts>): Replacement[] {
  for (let at = folder, left = 64; left > 0; left--) {
    const facts = view.get(`${at}go.work`)
    if (facts && 'work' in facts) {
      const below = folder.slice(at.length).replace(/\/$/, '')
      const isUsed = facts.work.uses.some(use => use.replace(/^\.\/?|\/$/g, '') === below)
      return isUsed ? facts.work.replaces : []
    }
    if (at === '') return []
    at = at.slice(0, at.lastIndexOf('/', at.length - 2) + 1)
  }
  return []
}

/** Since Go 1.17 go.mod itself requires all that the build needs. */
function listsAll(go = ''): boolean {
  const [major = 0, minor = 0] = go.split('.').map(part => Number.parseInt(part, 10))
  return major > 1 || (major === 1 && minor >= 17)
}

/** The module itself is not among them: its version is a tag of its repository, which go.mod does not know. */
function packagesOf(mod: ModFile, sums: [string, string][], path: string): FoundPackage[] {
  // Minimal version selection does as if an excluded version were not required.
  const excluded = new Set(mod.excludes)
  const required = mod.requires.filter(({ path, version }) => !excluded.has(`${path}@${version}`))
  const packages = required.flatMap(one => packageOf(mod, one, path))
  const named = new Set(required.map(one => one.path))
  for (const [name, version] of sums) {
    if (named.has(name) || mod.replaces.some(item => item.newPath === name)) continue
    packages.push(...packageOf(mod, { path: name, version, indirect: true, line: 0 }, path))
  }
  const standard = stdlib(mod)
  if (standard !== undefined) packages.push({ ...standard, path, id: `${path}#stdlib` })
  return packages
}

function packageOf(mod: ModFile, required: Requirement, path: string): FoundPackage[] {
  const relationship = required.indirect ? 'indirect' : 'direct'
  const lines = required.line > 0 ? { lines: { start: required.line, end: required.line } } : {}
  const replacement = replacementOf(mod, required.path, required.version)
  if (replacement === undefined) return [{ ...found(required.path, required.version, path, relationship), ...lines }]
  // A folder is code of this repository, without a version.
  if (replacement.newVersion === '') return []
  const extra = { replaces: `${required.path}@${required.version}` }
  return [{ ...found(replacement.newPath, replacement.newVersion, path, relationship), ...lines, extra }]
}

function found(name: string, version: string, path: string, relationship: 'direct' | 'indirect'): FoundPackage {
  return { id: `${path}#${name}@${version}`, name, version, path, licenses: [], relationship }
}

/** The toolchain that a build in this folder takes when the machine has no newer one: `toolchain`, else `go`. It also keeps the name of the module that is built. */
function stdlib(mod: ModFile): FoundPackage | undefined {
  const stated = mod.toolchain !== undefined && /\d/.test(mod.toolchain) ? mod.toolchain : mod.go
  const version = stated === undefined ? undefined : stdlibVersion(stated)
  return version === undefined
    ? undefined
    : {
        name: 'stdlib',
        version,
        licenses: [],
        relationship: 'direct',
        extra: { stated: 'minimum', ...(mod.module !== undefined && { module: mod.module }) },
      }
}
