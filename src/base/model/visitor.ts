import type { FileEntry } from './ecosystem.ts'

export type EntryType = 'file' | 'hardlink' | 'symlink' | 'directory' | 'device' | 'fifo'

/** One entry of a layer or folder, its path normalised. Whiteouts are entries too: `whiteout` says what they take away in lower layers. */
export interface ArchiveEntry extends FileEntry {
  type: EntryType
  /** symlink: as written. hardlink: normalised path of the file it repeats. */
  target?: string
  /** `file`: `.wh.NAME`, hides `path` (the NAME, already without prefix). `opaque`: `.wh..wh..opq`, hides everything below `path` in lower layers. */
  whiteout?: 'file' | 'opaque'
  /** PAX `SCHILY.xattr.*` and the owner are not needed so far; modification time in ms when known. */
  modified?: number
}

/** Takes the bytes of one file. `write`'s chunk is a view of a reused buffer: copy what must outlive the call. */
export interface EntrySink {
  write(chunk: Uint8Array): void
  /** `complete` is false when the stream ended or broke inside this file. */
  end(complete: boolean): void
}

/** Whoever wants to see a layer: called once an entry, in archive order; answers a sink when it wants the file's bytes. Several visitors share one reading. */
export interface LayerVisitor {
  entry(entry: ArchiveEntry): EntrySink | undefined
}

/** What reading one layer (or folder) told. */
export interface LayerReading {
  /** Computed by us from the blob as stored; absent where no blob stands for it (docker save's plain tar: there diffId). */
  digest?: string
  diffId?: string
  /** Bytes of tar after inflating. */
  bytes: number
  entries: number
  /** What went wrong inside (bad header, truncated stream, limit): the layer was read up to there. */
  problems: { path: string; code: import('./inventory.ts').IncompleteCode; detail: string }[]
}

/** Limits of one reading; every one has a default in scan/image. */
export interface ReadLimits {
  maxEntries: number
  maxLayerBytes: number
  /** Inflated bytes per stored byte beyond which (and 64 MiB) a stream is called a bomb. */
  maxRatio: number
  maxPathLength: number
  /** Absolute time in ms since the epoch after which reading stops. */
  deadline: number
}
