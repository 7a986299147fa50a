import type { Breathe } from '../../../base/breathe.ts'
import type { AdvisoryDetails, AdvisoryRecord, DatabaseInfo, FeedItem } from '../../../base/model/advisory.ts'
import type { Hash } from './bytes.ts'
import type { Score } from './pages.ts'

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
  /** Writes, syncs and renames the file into place; nothing stands at `path` before, nor when `breathe` throws. */
  finish(info?: FinishInfo, breathe?: Breathe): Promise<{ bytes: number; records: number }>
  /** Removes the temporary files without writing a database. */
  abort(): void
}

/** What a database says of itself beside its values. */
export interface Heading {
  info: DatabaseInfo
  /** Records per canonical ecosystem. */
  ecosystems: Record<string, number>
  epssDates: string[]
}

/** Puts a database together from another one's parts, which know their keys by hash only. */
export interface DatabaseAssembler {
  record(key: Hash, record: AdvisoryRecord): void
  /** JSON of a KEV or end-of-life entry. */
  json(key: Hash, text: Buffer): void
  details(details: AdvisoryDetails): void
  score(score: Score): void
  /** As DatabaseWriter's, with the heading given instead of counted. */
  finish(heading: Heading, breathe?: Breathe): Promise<{ bytes: number; records: number }>
  abort(): void
}
