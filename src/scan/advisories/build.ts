import { type Breathe, breathing } from '../../base/breathe.ts'
import { JennerError } from '../../base/errors.ts'
import type { FeedItem } from '../../base/model/advisory.ts'
import type { Feed, FeedFile } from './feeds/feed.ts'
import { feeds } from './feeds/index.ts'
import { messageOf, walkFiles } from './input/walk.ts'
import { normalizeItem } from './normalize.ts'
import { createDatabaseWriter, type DatabaseWriter } from './store/writer.ts'

export interface BuildOptions {
  /** Folders and files of feeds in upstream's form; archives and compressed files are unpacked. */
  from: string[]
  /** The database file to write. */
  to: string
  /** ISO time; default now. */
  builtAt?: string
  onFile?: (progress: { files: number; records: number; path: string }) => void
  signal?: AbortSignal
}

export interface BuildReport {
  bytes: number
  /** Records written. */
  records: number
  files: number
  /** By feed id: files it took and items it gave. */
  feeds: Record<string, { files: number; items: number }>
  /** Items by each entry of `from`. */
  roots: Record<string, number>
  /** Files of no known form: documents, licences, schemas. */
  unrecognised: number
  problemCount: number
  /** The first thousand problems. */
  problems: { path: string; detail: string }[]
}

const maxProblems = 1000

/**
 * Builds an advisory database from files in upstream's own formats. A file that cannot be read is a problem in the report, never an end.
 * Throws JennerError bad_argument (no `from`), feed_empty (nothing in it that any feed knows), output_unwritable.
 */
export async function buildAdvisories(options: BuildOptions): Promise<BuildReport> {
  if (options.from.length === 0) throw new JennerError('bad_argument', 'from')
  const writer = createDatabaseWriter(options.to)
  const breathe = breathing(options.signal)
  try {
    const report = emptyReport()
    const newest = new Map<string, string>()
    for (const root of options.from) {
      let items = 0
      for await (const found of walkFiles(root)) {
        options.signal?.throwIfAborted()
        if ('problem' in found) addProblem(report, found.path, found.problem)
        else items += await readFile(found.file, writer, report, newest, { breathe, signal: options.signal })
        await breathe()
        options.onFile?.({
          files: report.files,
          records: report.records,
          path: 'problem' in found ? found.path : found.file.path,
        })
      }
      report.roots[root] = items
    }
    if (report.files === report.unrecognised || report.records === 0) {
      const [first] = report.problems
      const reason = first === undefined ? '' : `: ${first.path}: ${first.detail}`
      throw new JennerError('feed_empty', `${options.from.join(', ')}${reason}`)
    }
    const builtAt = options.builtAt ?? new Date().toISOString()
    const { bytes } = await writer.finish({ builtAt, updatedAt: Object.fromEntries(newest) }, breathe)
    return { ...report, bytes }
  } catch (error) {
    writer.abort()
    throw error
  }
}

function emptyReport(): BuildReport {
  return { bytes: 0, records: 0, files: 0, feeds: {}, roots: {}, unrecognised: 0, problemCount: 0, problems: [] }
}

function addProblem(report: BuildReport, path: string, detail: string): void {
  report.problemCount++
  if (report.problems.length < maxProblems) report.problems.push({ path, detail })
}

async function readFile(
  file: FeedFile,
  writer: DatabaseWriter,
  report: BuildReport,
  newest: Map<string, string>,
  { breathe, signal }: { breathe: Breathe; signal: AbortSignal | undefined },
): Promise<number> {
  report.files++
  const feed = feeds.find(candidate => candidate.detect(file))
  if (feed === undefined) {
    report.unrecognised++
    if (looksBroken(file)) addProblem(report, file.path, 'not readable as what its name says')
    return 0
  }
  report.feeds[feed.id] ??= { files: 0, items: 0 }
  const count = report.feeds[feed.id]!
  count.files++
  const before = count.items
  try {
    for await (const item of itemsOf(feed, file)) {
      if (item.kind === 'problem') addProblem(report, item.path, item.detail)
      else {
        count.items++
        if (item.kind !== 'details') report.records++
        writer.add(item)
        noteDate(newest, item)
      }
      const pause = breathe()
      if (pause) await pause
    }
  } catch (error) {
    if (signal?.aborted) throw error
    if (error instanceof JennerError && error.code === 'output_unwritable') throw error
    addProblem(report, file.path, messageOf(error))
  }
  return count.items - before
}

async function* itemsOf(feed: Feed, file: FeedFile): AsyncGenerator<FeedItem> {
  for await (const item of feed.parse(file)) yield normalizeItem(item)
}

function looksBroken(file: FeedFile): boolean {
  return /\.json$/.test(file.path) && file.json() === undefined && file.head.trim() !== ''
}

/** The newest date that each source's data speaks of: what "updated" means for data read from files. */
function noteDate(newest: Map<string, string>, item: FeedItem): void {
  if (item.kind === 'kev') later(newest, 'kev', `${item.entry.dateAdded}T00:00:00.000Z`)
  else if (item.kind === 'epss' && item.entry.date !== '') later(newest, 'epss', `${item.entry.date}T00:00:00.000Z`)
  else if (item.kind === 'details' && item.details.modified !== undefined) {
    for (const source of Object.keys(item.details.severities)) later(newest, source, item.details.modified)
  }
}

function later(newest: Map<string, string>, source: string, time: string): void {
  const known = newest.get(source)
  if (known === undefined || known < time) newest.set(source, time)
}
