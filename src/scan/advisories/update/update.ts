import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { JennerError } from '../../../base/errors.ts'
import type { DatabaseInfo } from '../../../base/model/advisory.ts'
import { type BuildReport, buildAdvisories } from '../build.ts'
import type { Feed, FeedDownload } from '../feeds/feed.ts'
import { feeds as allFeeds } from '../feeds/index.ts'
import { openDatabase } from '../store/reader.ts'
import { type Downloaded, type DownloadOptions, download } from './download.ts'
import { follow } from './follow.ts'
import { refuseShrinking } from './shrink.ts'
import { readState, type UpdateState, writeState } from './state.ts'

export interface UpdateOptions {
  /** The database file to replace. The feeds' files stand beside it in `feeds/`. */
  to: string
  /** Feed ids; all that have something to fetch by default. */
  feeds?: string[]
  /** Base addresses that stand for a feed's own: its files are looked for below each, in order. By feed id. */
  mirrors?: Map<string, string[]>
  /** Sources that may be empty, shrink or be out of reach. */
  allowShrink?: string[]
  offline?: boolean
  signal?: AbortSignal
  onFile?: (progress: { file: string; changed: boolean; done: number; of: number }) => void
  /** For tests. */
  network?: Pick<DownloadOptions, 'sleep' | 'random' | 'idle' | 'attempts' | 'now' | 'maxBytes'>
  known?: Feed[]
}

export interface UpdateReport {
  /** False: nothing changed upstream and the database was left as it is. */
  changed: boolean
  /** Files out of reach whose last good copy was used instead, with the reason. */
  stale: { file: string; reason: string }[]
  /** Files that have never been fetched and cannot be: what they would tell is missing from the database. */
  lost: { file: string; reason: string }[]
  info: DatabaseInfo
  build?: BuildReport
}

/**
 * Fetches the feeds and builds the database anew when one changed. Until the new one is whole, read back and not poorer than the last, the last stays in place.
 * Throws JennerError usage (offline, unknown feed), feed_unreachable (no file at all), feed_empty, feed_shrank, and what building throws.
 */
export async function updateAdvisories(options: UpdateOptions): Promise<UpdateReport> {
  if (options.offline) throw new JennerError('usage', '--offline')
  const wanted = choose(options)
  const folder = join(dirname(options.to), 'feeds')
  mkdirSync(folder, { recursive: true })
  const state = readState(join(folder, 'state.json'))
  const { files, changed, stale, lost } = await fetchAll(wanted, folder, state, options)
  writeState(join(folder, 'state.json'), state)
  const last = lastGood(options.to)
  if (!changed && last !== undefined) return { changed: false, stale, lost, info: last }
  const built = `${options.to}.new`
  try {
    const build = await buildAdvisories({
      from: files,
      to: built,
      ...(options.signal ? { signal: options.signal } : {}),
    })
    const silent = files.filter(file => (build.roots[file] ?? 0) === 0)
    if (silent.length > 0) throw new JennerError('feed_empty', silent.join(', '))
    const info = infoOf(built)
    if (last !== undefined) refuseShrinking(last, info, options.allowShrink ?? [])
    renameSync(built, options.to)
    return { changed: true, stale, lost, info, build }
  } catch (error) {
    rmSync(built, { force: true })
    forget(state, join(folder, 'state.json'))
    throw error
  }
}

/** After a refusal the files must be asked for whole again, or "unchanged" would hide the fault the next time. */
function forget(state: UpdateState, path: string): void {
  state.clear()
  writeState(path, state)
}

function choose(options: UpdateOptions): { feed: Feed; item: FeedDownload }[] {
  const known = options.known ?? allFeeds
  const ids = options.feeds ?? known.map(feed => feed.id)
  const missing = ids.find(id => !known.some(feed => feed.id === id))
  if (missing !== undefined) throw new JennerError('usage', `--feeds ${missing}`)
  return known.filter(feed => ids.includes(feed.id)).flatMap(feed => feed.downloads.map(item => ({ feed, item })))
}

async function fetchAll(
  wanted: { feed: Feed; item: FeedDownload }[],
  folder: string,
  state: UpdateState,
  options: UpdateOptions,
) {
  const files: string[] = []
  const stale: UpdateReport['stale'] = []
  const lost: UpdateReport['lost'] = []
  let changed = false
  let reached = false
  for (const [index, { feed, item }] of wanted.entries()) {
    const to = join(folder, item.file)
    try {
      const hopeless = !reached && lost.length + stale.length >= patience
      const network = hopeless ? { ...options.network, ...impatient } : options.network
      const got = await fetchOne(feed, item, to, state, { ...options, ...(network && { network }) })
      reached = true
      if (got.changed) changed = true
      state.set(item.file, got.validators)
      files.push(to)
      options.onFile?.({ file: item.file, changed: got.changed, done: index + 1, of: wanted.length })
    } catch (error) {
      if (!(error instanceof JennerError) || error.code !== 'feed_unreachable') throw error
      if (existsSync(to)) {
        files.push(to)
        stale.push({ file: item.file, reason: error.detail })
      } else if (!options.allowShrink?.includes(feed.id)) lost.push({ file: item.file, reason: error.detail })
    }
  }
  if (files.length === 0) {
    const reasons = lost.slice(0, 3).map(({ file, reason }) => `${file}: ${reason}`)
    if (lost.length > reasons.length) reasons.push(`and ${lost.length - reasons.length} more files`)
    throw new JennerError('feed_unreachable', reasons.join('; '))
  }
  return { files, changed, stale, lost }
}

/** So many files out of reach, and none in reach: there is most likely no network, and each of the rest is asked for once only. */
const patience = 4
const impatient = { attempts: 1, idle: 5000 }

async function fetchOne(
  feed: Feed,
  item: FeedDownload,
  to: string,
  state: UpdateState,
  options: UpdateOptions,
): Promise<Downloaded> {
  const bases = options.mirrors?.get(feed.id)
  const known = state.get(item.file)
  const more = {
    to,
    ...(known ? { known } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
    ...options.network,
  }
  if (bases !== undefined)
    return await download({ urls: bases.map(base => `${base.replace(/\/+$/, '')}/${item.file}`), ...more })
  if (item.hops === undefined) return await download({ urls: item.urls, ...more })
  const reasons: string[] = []
  for (const url of item.urls) {
    try {
      const found = await follow(url, item.hops, options.network?.idle ?? 30_000, options.signal)
      return await download({ urls: [found], ...more })
    } catch (error) {
      if (!(error instanceof JennerError) || error.code !== 'feed_unreachable') throw error
      reasons.push(error.detail)
    }
  }
  throw new JennerError('feed_unreachable', reasons.join('; '))
}

/** What is in the database that stands at `path`; undefined without one, or with a damaged one (which a good one may replace). */
export function lastGood(path: string): DatabaseInfo | undefined {
  if (!existsSync(path)) return undefined
  try {
    return infoOf(path)
  } catch {
    return undefined
  }
}

export function infoOf(path: string): DatabaseInfo {
  const database = openDatabase(path)
  try {
    return database.info
  } finally {
    database.close()
  }
}
