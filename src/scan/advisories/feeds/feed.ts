import type { FeedItem } from '../../../base/model/advisory.ts'

/** One file of a feed, unpacked, whatever held it (a folder, a zip, a compressed file). */
export interface FeedFile {
  /** Where it stands, for people and for the few formats that say their release in the file's name: `all.zip!GHSA-….json`. */
  path: string
  /** Its first 64 KiB as text. */
  head: string
  /** The document when the file is JSON and not too large to be held; parsed once, whoever asks. */
  json(): unknown
  /** The whole text; throws JennerError limit_exceeded when the file is too large to be held. */
  text(): string
  /** The bytes from the start, of any size. */
  chunks(): AsyncIterable<Uint8Array>
}

export interface FeedDownload {
  /** Mirrors in order of preference. */
  urls: string[]
  /** Name of the file in the download folder. */
  file: string
  /** Where the addresses only lead to the file: each takes a document's text and answers the next address (which may be relative). */
  hops?: ((text: string) => string | undefined)[]
}

/**
 * One upstream format of advisories, in a folder of its own. `detect` is cheap and goes by content (path only where the content cannot tell);
 * the first feed of the list that says yes gets the file. `parse` is pure: a file's content to items. It throws on a file it cannot read at all
 * (the caller turns that into a problem) and yields a `problem` for a part that it had to leave out.
 */
export interface Feed {
  id: string
  title: { en: string; ko: string }
  licence: string
  homepage: string
  /** What `jenner db update` fetches by default; empty for formats that are only read from files. */
  downloads: FeedDownload[]
  detect(file: FeedFile): boolean
  parse(file: FeedFile): Iterable<FeedItem> | AsyncIterable<FeedItem>
}
