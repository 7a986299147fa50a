import { createHash } from 'node:crypto'
import type { ArchiveEntry, LayerReading, LayerVisitor } from '../../base/model/visitor.ts'
import { type CollectOptions, collectLayer } from '../inventory/collect.ts'
import type { Dispatch } from '../inventory/dispatch.ts'
import type { LayerFacts, Problem } from '../inventory/layer-facts.ts'
import { type Alias, aliasedPaths, findAliases } from '../inventory/links.ts'
import { createOverlay, type Overlay } from '../inventory/overlay.ts'
import type { ContentPart, PartFacts } from './content-part.ts'
import { type SharedReading, shareReading, withoutFiles } from './share.ts'

/** Where layers are read from, and where what was learned from them is kept. A folder is one layer that nobody keeps. */
export interface LayerReader {
  count: number
  read(index: number, visitor: LayerVisitor): Promise<LayerReading>
  recall(index: number, variant?: string): LayerFacts | undefined
  keep(index: number, facts: LayerFacts, reading: LayerReading, variant?: string): void
  recallPart(index: number, part: ContentPart): PartFacts | undefined
  keepPart(index: number, part: ContentPart, facts: PartFacts, reading: LayerReading): void
}

export interface ReadFacts {
  layers: LayerFacts[]
  /** What each of the parts found, layer by layer. */
  parts: PartFacts[][]
  overlay: Overlay
  problems: Problem[]
  /** Layers of which nothing was read. */
  recalled: number
}

/**
 * The facts of every layer, from the cache or by reading it, once for all that is missing; then, where links moved a package database, of the files they
 * lead to.
 */
export async function readFacts(
  reader: LayerReader,
  dispatch: Dispatch,
  options: CollectOptions,
  parts: readonly ContentPart[] = [],
): Promise<ReadFacts> {
  const shared = shareReading()
  const layers: LayerFacts[] = []
  const found: PartFacts[][] = parts.map(() => [])
  let recalled = 0
  for (let index = 0; index < reader.count; index++) {
    const layer = await readLayer(reader, index, { dispatch, parts, shared, options })
    if (!layer.read) recalled++
    layers.push(layer.facts)
    for (const [at, facts] of layer.parts.entries()) found[at]!.push(facts)
  }
  // A turn for whoever notes that no file is being parsed any more.
  await new Promise(setImmediate)
  const overlay = createOverlay(layers)
  const { aliases, problems } = findAliases(layers, overlay, dispatch)
  for (const index of new Set(aliases.flatMap(alias => alias.layers))) {
    const own = aliases.filter(alias => alias.layers.includes(index))
    const again = await readAliased(reader, index, own, dispatch, shared, options)
    layers[index] = { ...layers[index]!, facts: [...layers[index]!.facts, ...again.facts] }
    problems.push(...again.problems)
  }
  return { layers, parts: found, overlay, problems, recalled }
}

interface Task {
  dispatch: Dispatch
  parts: readonly ContentPart[]
  shared: SharedReading
  options: CollectOptions
}

/** One layer: what is known of it, and in one reading all that is not. */
async function readLayer(
  reader: LayerReader,
  index: number,
  { dispatch, parts, shared, options }: Task,
): Promise<{ facts: LayerFacts; parts: PartFacts[]; read: boolean }> {
  const known = reader.recall(index)
  const knownParts = parts.map(part => reader.recallPart(index, part))
  const collecting = known ? undefined : collectLayer(dispatch, shared.collector, options)
  const visiting = parts.map((part, at) => (knownParts[at] ? undefined : part.visit(shared.collector, options)))
  const visitors = [collecting, ...visiting].filter(visitor => visitor !== undefined)
  if (visitors.length === 0) return { facts: known!, parts: knownParts as PartFacts[], read: false }
  const own = visiting.filter(visitor => visitor !== undefined).map(visitor => withoutFiles(visitor, options.skip))
  const reading = await reader.read(index, shared.join([...(collecting ? [collecting] : []), ...own]))
  const facts = known ?? factsOf(collecting!.finish(), reading)
  const found = visiting.map((visitor, at) => visitor?.finish() ?? knownParts[at]!)
  if (isWhole(options)) {
    if (collecting) reader.keep(index, facts, reading)
    for (const [at, visitor] of visiting.entries()) if (visitor) reader.keepPart(index, parts[at]!, found[at]!, reading)
  }
  return { facts, parts: found, read: true }
}

/** Facts of a reading that was told to pass over files would look like those of a layer without them. */
function isWhole({ skip }: CollectOptions): boolean {
  return skip === undefined || skip.size === 0
}

function factsOf(learned: Omit<LayerFacts, 'bytes' | 'entries'>, reading: LayerReading): LayerFacts {
  const { bytes, entries, digest, diffId } = reading
  return {
    ...learned,
    bytes,
    entries,
    ...(digest && { digest }),
    ...(diffId && { diffId }),
    problems: [...reading.problems, ...learned.problems],
  }
}

/** Reads a layer again for the files that links lead to, each seen at the path where it is wanted. */
async function readAliased(
  reader: LayerReader,
  index: number,
  aliases: Alias[],
  dispatch: Dispatch,
  shared: SharedReading,
  options: CollectOptions,
): Promise<Pick<LayerFacts, 'facts' | 'problems'>> {
  const variant = variantOf(aliases)
  const known = reader.recall(index, variant)
  if (known) return known
  const places = new Map<string, string>()
  const collecting = collectLayer(dispatch, shared.collector, options)
  const noFile: Problem[] = []
  const reading = await reader.read(index, shared.join([aliasing(aliases, collecting, places, noFile)]))
  const learned = collecting.finish()
  // What is wrong with the layer itself was told when it was read the first time.
  const facts = {
    ...factsOf(learned, { ...reading, problems: noFile }),
    facts: learned.facts.map(fact => ({ ...fact, standsAt: places.get(fact.path) ?? fact.path })),
  }
  if (isWhole(options)) reader.keep(index, facts, reading, variant)
  return facts
}

/** Shows `inner` the aliased entries alone. One file at two wanted places: the first in the order of aliases counts. */
function aliasing(aliases: Alias[], inner: LayerVisitor, places: Map<string, string>, noFile: Problem[]): LayerVisitor {
  const pathsOf = aliasedPaths(aliases)
  const linked = new Map(aliases.map(({ from, to }) => [from, to]))
  return {
    entry(entry: ArchiveEntry) {
      const path = linked.get(entry.path)
      if (path !== undefined && !entry.whiteout && !['file', 'hardlink', 'directory'].includes(entry.type))
        noFile.push({ path, code: 'unsupported', detail: `links on to ${entry.path}, which is no file` })
      if (entry.type !== 'file' || entry.whiteout) return undefined
      for (const path of pathsOf(entry.path)) {
        const sink = inner.entry({ ...entry, path })
        if (!sink) continue
        places.set(path, entry.path)
        return sink
      }
      return undefined
    },
  }
}

function variantOf(aliases: Alias[]): string {
  const text = aliases.map(({ from, to }) => `${from}\0${to}`).sort()
  return createHash('sha256').update(text.join('\0\0')).digest('hex').slice(0, 16)
}
