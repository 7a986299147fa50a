import type { FactView } from '../../base/model/ecosystem.ts'
import type { LayerFacts } from './layer-facts.ts'
import type { Overlay } from './overlay.ts'

/** What one layer says at a path. */
export interface Statement {
  layer: number
  value: unknown
}

/** The facts of one extractor over all layers. */
export interface MergedFacts {
  /** What holds when all layers are applied, by path, sorted. */
  current: Map<string, Statement>
  /** Earlier statements at the paths of `current`, from the base, while they followed each other without a break. */
  earlier: Map<string, Statement[]>
}

export interface MergeOptions {
  /** Paths to leave out (`--skip-dirs`, `--skip-files`): facts are kept for every path, since they are shared by all scans of a layer. */
  skip?: (path: string) => boolean
}

/** Applies the layers, and sorts what is left by extractor id. */
export function mergeFacts(
  layers: readonly Pick<LayerFacts, 'facts'>[],
  overlay: Overlay,
  { skip = () => false }: MergeOptions = {},
): Map<string, MergedFacts> {
  const merged = new Map<string, MergedFacts>()
  const chains = gatherChains(layers, skip)
  for (const [extractor, paths] of chains) {
    const facts: MergedFacts = { current: new Map(), earlier: new Map() }
    for (const path of [...paths.keys()].sort()) {
      const chain = paths.get(path)!
      const last = chain[chain.length - 1]!
      if (!overlay.survives(last.standsAt, last.layer)) continue
      facts.current.set(path, last)
      const unbroken = unbrokenBefore(chain, overlay)
      if (unbroken.length > 0) facts.earlier.set(path, unbroken)
    }
    merged.set(extractor, facts)
  }
  return merged
}

/** What `assemble` is given. `at`: the artifact as it was when this layer was the top one, for paths that had earlier statements. */
export function factView(facts: MergedFacts, os: FactView<unknown>['os'], at?: number): FactView<unknown> {
  const values = at === undefined ? currentValues(facts) : valuesAt(facts, at)
  return {
    files: [...values].map(([path, value]) => ({ path, facts: value })),
    get: path => values.get(path),
    ...(os && { os }),
  }
}

type Chain = (Statement & { standsAt: string })[]

function gatherChains(
  layers: readonly Pick<LayerFacts, 'facts'>[],
  skip: (path: string) => boolean,
): Map<string, Map<string, Chain>> {
  const chains = new Map<string, Map<string, Chain>>()
  layers.forEach(({ facts }, layer) => {
    for (const { extractor, path, standsAt = path, value } of facts) {
      if (skip(path)) continue
      const paths = chains.get(extractor) ?? new Map<string, Chain>()
      chains.set(extractor, paths)
      const chain = paths.get(path)
      if (chain?.at(-1)?.layer === layer) chain.pop()
      if (chain) chain.push({ layer, value, standsAt })
      else paths.set(path, [{ layer, value, standsAt }])
    }
  })
  return chains
}

function unbrokenBefore(chain: Chain, overlay: Overlay): Statement[] {
  let first = chain.length - 1
  while (first > 0) {
    const { layer, standsAt } = chain[first - 1]!
    if (overlay.brokenBetween(standsAt, layer, chain[first]!.layer)) break
    first--
  }
  return chain.slice(first, -1)
}

function currentValues({ current }: MergedFacts): Map<string, unknown> {
  return new Map([...current].map(([path, { value }]) => [path, value]))
}

function valuesAt({ current, earlier }: MergedFacts, at: number): Map<string, unknown> {
  const values = new Map<string, unknown>()
  for (const [path, statements] of earlier) {
    const then = current.get(path)!.layer <= at ? current.get(path) : statements.findLast(({ layer }) => layer <= at)
    if (then) values.set(path, then.value)
  }
  return values
}
