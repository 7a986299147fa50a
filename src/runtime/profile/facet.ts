/** What a profile knows of one kind: keys with counts, bounded. A key comes with its ladder: itself first, then ever more general forms that may stand for it. */
export interface Facet {
  entries: Map<string, Entry>
  /** General key → the specific keys it would stand for. */
  groups: Map<string, Set<string>>
  /** Observations that found no room: when there are any, an unknown key of this facet proves nothing. */
  overflow: number
}

export interface Entry {
  count: number
  /** Slot of the first and the last observation. */
  first: number
  last: number
  /** The more general keys. */
  up: readonly string[]
}

export interface FacetLimits {
  /** Keys at most. */
  entries: number
  /** More keys than this under one general key become that key. */
  fanOut: number
}

export function createFacet(): Facet {
  return { entries: new Map(), groups: new Map(), overflow: 0 }
}

/** The key by which the facet knows an observation, most specific first; undefined when it does not. */
export function findKey(facet: Facet, ladder: readonly string[]): string | undefined {
  return ladder.find(key => facet.entries.has(key))
}

/** Counts an observation in. Returns its key when it was new. */
export function addTo(facet: Facet, ladder: readonly string[], slot: number, limits: FacetLimits): string | undefined {
  const known = findKey(facet, ladder)
  if (known !== undefined) {
    const entry = facet.entries.get(known)!
    entry.count++
    entry.last = slot
    return undefined
  }
  const [key, ...up] = ladder
  if (key === undefined) return undefined
  if (facet.entries.size >= limits.entries) {
    facet.overflow++
    return key
  }
  putEntry(facet, key, { count: 1, first: slot, last: slot, up })
  collapse(facet, up, limits.fanOut)
  return key
}

/** Puts an entry in as it stands, for import. */
export function putEntry(facet: Facet, key: string, entry: Entry): void {
  facet.entries.set(key, entry)
  const parent = entry.up[0]
  if (parent === undefined) return
  const group = facet.groups.get(parent)
  if (group) group.add(key)
  else facet.groups.set(parent, new Set([key]))
}

/** Replaces too many keys under one general key by that key, and so on upwards. */
function collapse(facet: Facet, up: readonly string[], fanOut: number): void {
  for (const [index, general] of up.entries()) {
    const group = facet.groups.get(general)
    if (group === undefined || group.size <= fanOut) return
    const merged: Entry = { count: 0, first: Number.POSITIVE_INFINITY, last: 0, up: up.slice(index + 1) }
    for (const key of group) {
      const entry = facet.entries.get(key)
      if (entry === undefined) continue
      merged.count += entry.count
      merged.first = Math.min(merged.first, entry.first)
      merged.last = Math.max(merged.last, entry.last)
      facet.entries.delete(key)
    }
    facet.groups.delete(general)
    putEntry(facet, general, merged)
  }
}
