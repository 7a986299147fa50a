/** An image that others may be built on, as a catalogue knows it. Plain JSON. */
export interface KnownImage {
  /** `debian:12-slim`, `registry.example.org/team/base:3`. */
  name: string
  /** Of the manifest, where known. */
  digest?: string
  /** Uncompressed digests of all its layers, from the first. */
  diffIds: string[]
  /** ISO 8601. */
  created?: string
  /** Bytes of its layers. */
  size?: number
  /** `name@version` of its OS packages, as 8 hex digits of their SHA-256 each, sorted: enough to know the set again. */
  packages?: string[]
}

/** `layers`: its whole chain begins ours. `packages`: its OS packages are all here. `label`: the image says so. `history`: the build's steps tell where a base ended, not which. */
export type BaseEvidence = 'layers' | 'packages' | 'label' | 'history'

/** What an image stands on. */
export interface BaseImage {
  name?: string
  digest?: string
  how: BaseEvidence
  /** How many of our layers are the base's, from the first. */
  layers: number
  /** Other names of the same layers. */
  otherNames?: string[]
}
