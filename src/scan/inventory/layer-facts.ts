import type { IncompleteCode } from '../../base/model/inventory.ts'

export interface Fact {
  /** Id of the extractor whose `parse` gave the value. */
  extractor: string
  path: string
  /** Where its bytes stand, when a link brought them to `path`. */
  standsAt?: string
  /** Whatever that extractor keeps: plain JSON. */
  value: unknown
}

/** A link that may put a package database, or a wanted file, at another place. */
export interface Link {
  path: string
  kind: 'symlink' | 'hardlink'
  /** As the archive wrote it; for hard links relative to the root. */
  target: string
}

export interface Problem {
  path: string
  code: IncompleteCode
  detail: string
  /** Worth telling, but all that was asked for was done. */
  notice?: true
}

/** All that the inventory keeps of one layer: plain data, so that it can be stored under the layer's digest and judged again without the bytes. */
export interface LayerFacts {
  facts: Fact[]
  /** Paths that the layer takes away from the layers below. */
  whiteouts: string[]
  /** Folders whose content in the layers below is hidden. */
  opaques: string[]
  links: Link[]
  /** Folders that stand where a wanted file may stand in a layer below. */
  folders: string[]
  /** Sorted hashes (path-hash.ts) of everything that is no folder. */
  paths: BigUint64Array
  problems: Problem[]
  /** Bytes of tar, entries seen. */
  bytes: number
  entries: number
  /** Digests that we computed while reading. */
  digest?: string
  diffId?: string
}
