import type { LayerFacts } from './layer-facts.ts'
import { hashPath, type PathHash, pathLookup } from './path-hash.ts'

/** What layers do to each other, after the OCI image specification, "Applying Changesets": later layers replace, hide and take away. */
export interface Overlay {
  /** Whether what stands at `path` in `layer` is still there when all layers are applied. */
  survives(path: string, layer: number): boolean
  /** Whether a layer strictly between two takes `path` away or puts something else there. */
  brokenBetween(path: string, from: number, to: number): boolean
  /** Layers, from the base, that hold something other than a folder at `path`. */
  holders(path: string): number[]
}

type Removers = Pick<LayerFacts, 'paths' | 'whiteouts' | 'opaques' | 'folders'>

export function createOverlay(layers: readonly Removers[]): Overlay {
  const sets = layers.map(({ paths, whiteouts, opaques, folders }) => ({
    holds: pathLookup(paths),
    whiteouts: new Set(whiteouts),
    opaques: new Set(opaques),
    folders: new Set(folders),
  }))

  /** Whether a layer removes everything that lower layers have below `folder`, seen at this folder alone. */
  const clearsFolder = (layer: number, folder: string, hash: PathHash): boolean => {
    const { holds, whiteouts, opaques } = sets[layer]!
    return opaques.has(folder) || whiteouts.has(folder) || (folder !== '' && holds(hash))
  }
  const replaces = (layer: number, path: string, hash: PathHash): boolean => {
    const { holds, whiteouts, folders } = sets[layer]!
    return whiteouts.has(path) || folders.has(path) || holds(hash)
  }

  const memory = new Map<string, number>()
  /** The last layer that clears `folder` or one above it, or -1. */
  const lastClearing = (folder: string): number => {
    const known = memory.get(folder)
    if (known !== undefined) return known
    const hash = hashPath(folder)
    let last = folder === '' ? -1 : lastClearing(parentOf(folder))
    for (let layer = sets.length - 1; layer > last; layer--) {
      if (clearsFolder(layer, folder, hash)) last = layer
    }
    memory.set(folder, last)
    return last
  }

  return {
    survives(path, layer) {
      if (layer === sets.length - 1) return true
      if (lastClearing(parentOf(path)) > layer) return false
      const hash = hashPath(path)
      for (let above = sets.length - 1; above > layer; above--) if (replaces(above, path, hash)) return false
      return true
    },
    brokenBetween(path, from, to) {
      const hash = hashPath(path)
      for (let layer = from + 1; layer < to; layer++) {
        if (replaces(layer, path, hash)) return true
        for (let folder = parentOf(path); ; folder = parentOf(folder)) {
          if (clearsFolder(layer, folder, hashPath(folder))) return true
          if (folder === '') break
        }
      }
      return false
    },
    holders(path) {
      const hash = hashPath(path)
      return sets.flatMap(({ holds }, layer) => (holds(hash) ? [layer] : []))
    },
  }
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}
