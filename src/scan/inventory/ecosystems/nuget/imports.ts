import type { FactView } from '../../../../base/model/ecosystem.ts'
import { fill, type MsbuildFile } from './msbuild.ts'

type Files = Pick<FactView<MsbuildFile>, 'get'>

/** Files whose properties hold for one project: those of its folders and what they import. */
const maxSources = 200
const maxProperties = 20_000

/** The files that some import, one through the other, with these, each once. */
export function reachedFrom(paths: string[], files: Files, maxFiles = 2000): Set<string> {
  const reached = new Set(paths.filter(path => files.get(path)))
  const limit = reached.size + maxFiles
  for (const path of reached) for (const other of importedBy(path, files)) if (reached.size < limit) reached.add(other)
  return reached
}

/**
 * The properties that hold in a file, by lower-case name: of Directory.Build.props and Directory.Packages.props in its folder and those above, of what is
 * imported, its own; later ones win. MSBuild itself takes the nearest of each, which mostly imports the one above.
 */
export function propertiesFor(path: string, files: Files): Map<string, string> {
  const above = foldersTo(path).flatMap(folder => [
    `${folder}Directory.Build.props`,
    `${folder}Directory.Packages.props`,
  ])
  const sources = [...above.filter(other => other !== path), path].flatMap(other => withImports(other, files))
  const properties = new Map<string, string>()
  for (const source of [...new Set(sources)].slice(0, maxSources)) {
    for (const [name, value] of files.get(source)?.properties ?? [])
      if (properties.size < maxProperties || properties.has(name)) properties.set(name, fill(value, properties))
  }
  return properties
}

/** What a file imports stands before it: what it says itself may rest on that. */
function withImports(path: string, files: Files): string[] {
  if (!files.get(path)) return []
  return [...[...reachedFrom([path], files, maxSources)].slice(1, maxSources), path]
}

function importedBy(path: string, files: Files): string[] {
  return (files.get(path)?.imports ?? []).flatMap(written => {
    const resolved = resolve(path, written)
    return resolved !== undefined && files.get(resolved) ? [resolved] : []
  })
}

/** A path as MSBuild writes it: `\\` as well as `/`, relative to the file; `$(MSBuildThisFileDirectory)` is that folder. Others with properties are not known. */
function resolve(path: string, written: string): string | undefined {
  const relative = written.replace(/\$\(MSBuild(?:ThisFile|Project)Directory\)/gi, './').replaceAll('\\', '/')
  if (relative.includes('$(') || relative.includes('*') || relative === '') return undefined
  const parts = path.split('/').slice(0, -1)
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

/** The root, and every folder down to the path's own. */
function foldersTo(path: string): string[] {
  return ['', ...[...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1))]
}
