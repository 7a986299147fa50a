import { createHash } from 'node:crypto'
import type { ArchiveEntry, LayerReading, LayerVisitor } from '../../base/model/visitor.ts'
import { type Collector, createCollector } from '../image/content.ts'
import { type CollectOptions, collectLayer } from '../inventory/collect.ts'
import type { Dispatch } from '../inventory/dispatch.ts'
import type { LayerFacts, Problem } from '../inventory/layer-facts.ts'
import { type Alias, aliasedPaths, findAliases } from '../inventory/links.ts'
import { createOverlay, type Overlay } from '../inventory/overlay.ts'

/** Where layers are read from, and where what was learned from them is kept. A folder is one layer that nobody keeps. */
export interface LayerReader {
  count: number
  read(index: number, visitor: LayerVisitor): Promise<LayerReading>
  recall(index: number, variant?: string): LayerFacts | undefined
  keep(index: number, facts: LayerFacts, reading: LayerReading, variant?: string): void
}

export interface ReadFacts {
  layers: LayerFacts[]
  overlay: Overlay
  problems: Problem[]
  /** Layers of which nothing was read. */
  recalled: number
}

/** The facts of every layer, from the cache or by reading it, once; then, where links moved a package database, of the files they lead to. */
export async function readFacts(reader: LayerReader, dispatch: Dispatch, options: CollectOptions): Promise<ReadFacts> {
  const collector = createCollector()
  const layers: LayerFacts[] = []
  let recalled = 0
  for (let index = 0; index < reader.count; index++) {
    const known = reader.recall(index)
    if (known) recalled++
    layers.push(known ?? (await readLayer(reader, index, dispatch, collector, options)))
  }
  // A turn for whoever notes that no file is being parsed any more.
  await new Promise(setImmediate)
  const overlay = createOverlay(layers)
  const { aliases, problems } = findAliases(layers, overlay, dispatch)
  for (const index of new Set(aliases.flatMap(alias => alias.layers))) {
    const own = aliases.filter(alias => alias.layers.includes(index))
    const again = await readAliased(reader, index, own, dispatch, collector, options)
    layers[index] = { ...layers[index]!, facts: [...layers[index]!.facts, ...again.facts] }
    problems.push(...again.problems)
  }
  return { layers, overlay, problems, recalled }
}

async function readLayer(
  reader: LayerReader,
  index: number,
  dispatch: Dispatch,
  collector: Collector,
  options: CollectOptions,
): Promise<LayerFacts> {
  const collecting = collectLayer(dispatch, collector, options)
  const reading = await reader.read(index, collecting)
  const facts = factsOf(collecting.finish(), reading)
  if (isWhole(options)) reader.keep(index, facts, reading)
  return facts
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
  collector: Collector,
  options: CollectOptions,
): Promise<Pick<LayerFacts, 'facts' | 'problems'>> {
  const variant = variantOf(aliases)
  const known = reader.recall(index, variant)
  if (known) return known
  const places = new Map<string, string>()
  const collecting = collectLayer(dispatch, collector, options)
  const noFile: Problem[] = []
  const reading = await reader.read(index, aliasing(aliases, collecting, places, noFile))
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
