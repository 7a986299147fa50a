import type { Dispatch } from './dispatch.ts'
import type { LayerFacts, Problem } from './layer-facts.ts'
import { osReleaseExtractor } from './os-release/detect.ts'
import type { Overlay } from './overlay.ts'
import { parentOf } from './overlay.ts'

/** A wanted place whose bytes stand elsewhere: what is read at or below `from` is to be taken as if it stood at or below `to`. */
export interface Alias {
  from: string
  to: string
  /** Layers that hold it. */
  layers: number[]
}

/** Follows known symbolic links in a path, always inside the root: `..` stops there, absolute targets begin there. Undefined for a cycle. */
export type Resolve = (path: string) => string | undefined

/** As Linux's path_resolution(7) does before it answers ELOOP. */
const maxHops = 40
const maxAliases = 10_000

export function createResolver(links: ReadonlyMap<string, string>): Resolve {
  const tops = new Set([...links.keys()].map(topOf))
  return path => {
    // Most paths lie in folders where no link stands.
    if (!tops.has(topOf(path)) && !odd.test(path)) return path
    let hops = 0
    const done: string[] = []
    const rest = path.split('/').reverse()
    while (rest.length > 0) {
      const part = rest.pop()!
      if (part === '' || part === '.') continue
      if (part === '..') {
        done.pop()
        continue
      }
      done.push(part)
      const target = links.get(done.join('/'))
      if (target === undefined) continue
      if (++hops > maxHops || rest.length > 4096) return undefined
      done.pop()
      if (target.startsWith('/')) done.length = 0
      rest.push(...target.split('/').reverse())
    }
    return done.join('/')
  }
}

/** Empty, `.` and `..` parts. */
const odd = /(?:^|\/)\.{0,2}(?:\/|$)/

function topOf(path: string): string {
  const slash = path.indexOf('/')
  return slash < 0 ? path : path.slice(0, slash)
}

/** The symbolic links that are there when all layers are applied: path to target. */
export function survivingSymlinks(layers: readonly LayerFacts[], overlay: Overlay): Map<string, string> {
  const found = new Map<string, string>()
  layers.forEach(({ links }, layer) => {
    for (const { kind, path, target } of links) {
      if (kind === 'symlink' && overlay.survives(path, layer)) found.set(path, target)
    }
  })
  return found
}

/**
 * Package databases that a link has moved to where nobody looked while the layers were read. Usually none:
 * `lib -> usr/lib` moves nothing that is not wanted at both places.
 */
export function findAliases(
  layers: readonly LayerFacts[],
  overlay: Overlay,
  dispatch: Dispatch,
): { aliases: Alias[]; problems: Problem[] } {
  const problems: Problem[] = []
  const aliases = new Map<string, Alias>()
  const add = (from: string, to: string, holders: number[]) => {
    if (holders.length > 0) aliases.set(`${from}\0${to}`, { from, to, layers: holders })
  }
  const surviving = survivingSymlinks(layers, overlay)
  const resolve = createResolver(surviving)
  const everywhere = layers.map((_, index) => index)
  for (const [path, extractors] of dispatch.paths) {
    const target = resolve(path)
    if (target === undefined) problems.push({ path, code: 'too_deep', detail: 'symbolic links lead in a circle' })
    if (target === undefined || target === path) continue
    const there = dispatch.wanted({ path: target, size: 0, mode: 0o644 })
    if (extractors.every(extractor => there.includes(extractor))) continue
    const holders = overlay.holders(target)
    const blocked =
      holders.length > 0 ? undefined : foldersAbove(target).find(folder => overlay.holders(folder).length > 0)
    if (blocked !== undefined)
      problems.push({ path, code: 'unsupported', detail: `links on to ${blocked}, which is a link itself` })
    else if (holders.length === 0 && surviving.has(path) && !extractors.includes(osReleaseExtractor))
      problems.push({ path, code: 'unreadable', detail: 'links to a file that is not there' })
    const folder = parentOf(path)
    const folderTarget = resolve(folder)
    const name = path.slice(folder.length + 1)
    if (folderTarget && folderTarget !== folder && target === `${folderTarget}/${name}`) {
      if (holders.length > 0) add(folderTarget, folder, everywhere)
    } else add(target, path, holders)
  }
  for (const [folder, extractors] of dispatch.folders) {
    const target = resolve(folder)
    if (target === undefined || target === folder) continue
    const there = dispatch.folders.get(target) ?? []
    if (!extractors.every(extractor => there.includes(extractor))) add(target, folder, everywhere)
  }
  layers.forEach(({ links }, layer) => {
    for (const { kind, path, target } of links) {
      if (kind !== 'hardlink' || !overlay.survives(path, layer)) continue
      const holder = overlay.holders(target).findLast(index => index <= layer)
      if (holder !== undefined) add(target, path, [holder])
    }
  })
  const all = [...aliases.values()]
  if (all.length > maxAliases) {
    problems.push({ path: all[maxAliases]!.to, code: 'too_many', detail: `${all.length} linked package files` })
  }
  return { aliases: all.slice(0, maxAliases), problems }
}

function foldersAbove(path: string): string[] {
  const found: string[] = []
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) found.push(path.slice(0, at))
  return found
}

/** Every path that an entry is to be seen at because of aliases. */
export function aliasedPaths(aliases: readonly Alias[]): (path: string) => string[] {
  const byFrom = new Map<string, string[]>()
  for (const { from, to } of aliases) byFrom.set(from, [...(byFrom.get(from) ?? []), to])
  return path => {
    const found: string[] = []
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      for (const to of byFrom.get(path.slice(0, end)) ?? []) found.push(`${to}${path.slice(end)}`)
    }
    return found
  }
}
