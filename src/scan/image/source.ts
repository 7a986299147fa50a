import type { Artifact } from '../../base/model/inventory.ts'
import type { LayerReading, LayerVisitor, ReadLimits } from '../../base/model/visitor.ts'
import type { StoreRoots } from './sources/store-roots.ts'

/** Where an image is looked for. `auto`: a path that exists (or looks like one) is a file, anything else a name the Docker daemon knows. */
export const imageOrigins = ['auto', 'docker', 'file', 'containerd', 'podman'] as const
export type ImageOrigin = (typeof imageOrigins)[number]

export interface OpenOptions {
  /** Default `auto`; `docker://`, `file://` … before the target says the same. */
  from?: ImageOrigin
  /** `os/arch[/variant]`, for an index of several images. Default `linux/` and this machine's architecture. */
  platform?: string
  /** Which image of a file that holds several: a tag, a digest or a part of it. Default: the first. */
  image?: string
  /** Folder for spooled streams; files in it are unlinked as soon as they are open. Default: the system's folder for temporary files. */
  workDir?: string
  /** The daemon's address: `unix:///path` (default: DOCKER_HOST, then /var/run/docker.sock). */
  dockerHost?: string
  /** Where containerd and Podman keep images. Default: this machine's usual places. */
  storeRoots?: StoreRoots
  /** Also compute the diffID of layers whose blob digest was verified (slower; a verified blob implies it unless the config lies). */
  verifyDiffIds?: boolean
  onProgress?: (progress: ReadProgress) => void
  signal?: AbortSignal
}

/** Told at most every 4 MiB. `spool`: bytes received from the daemon; `layer`: stored bytes of one layer read so far. */
export interface ReadProgress {
  phase: 'spool' | 'layer'
  /** Of the layer, for `layer`. */
  index?: number
  done: number
  /** Absent when not known. */
  total?: number
}

export interface ImageLayer {
  index: number
  /** As the manifest claims; verified while reading. */
  digest?: string
  /** As the image configuration claims. */
  diffId?: string
  /** Stored bytes, 0 when not known before the image is fetched. */
  size: number
  /** Of the manifest; how the bytes are compressed is decided by their first bytes. */
  mediaType: string
}

/** An opened image. Layers may be read in any order and more than once, one at a time. */
export interface ImageSource {
  artifact: Artifact
  layers: ImageLayer[]
  /** What was left out when opening: more images in the same file and the like. */
  problems: LayerReading['problems']
  /** Which of a layer's digests its origin vouches for: the store keeps layers by it, or no other bytes are taken. Absent: a claim like any other. */
  addressedBy?: 'digest' | 'diffId'
  /** Reads one layer as a stream. Bad bytes never throw: they are `problems` of the reading, and entries up to there were visited. Throws what visitors throw. */
  readLayer(index: number, visitor: LayerVisitor, limits?: Partial<ReadLimits>): Promise<LayerReading>
  close(): Promise<void>
}
