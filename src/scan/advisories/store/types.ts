import type { FeedItem } from '../../../base/model/advisory.ts'

/** What `finish` needs to know beyond what was added. */
export interface FinishInfo {
  /** ISO time; default now. */
  builtAt?: string
  /** When each feed was last changed, by feed id (`AdvisoryRecord.source`); feeds that are missing here get `builtAt`. */
  updatedAt?: Record<string, string>
  /** True for the built-in starter data alone. */
  starter?: boolean
}

/** Writes one database file. Memory is bounded: items go to temporary files beside the target. */
export interface DatabaseWriter {
  /** `problem` items are ignored here. Throws JennerError output_unwritable when the disk refuses. */
  add(item: FeedItem): void
  /** Writes, syncs and renames the file into place; nothing stands at `path` before. */
  finish(info?: FinishInfo): Promise<{ bytes: number; records: number }>
  /** Removes the temporary files without writing a database. */
  abort(): void
}
