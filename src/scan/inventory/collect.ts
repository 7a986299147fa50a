import { JennerError } from '../../base/errors.ts'
import type { AnyExtractor, ContentFile } from '../../base/model/ecosystem.ts'
import type { ArchiveEntry, EntrySink, LayerVisitor } from '../../base/model/visitor.ts'
import type { Collector } from '../image/content.ts'
import type { Dispatch } from './dispatch.ts'
import { isExecutable } from './executable.ts'
import type { Fact, LayerFacts, Link, Problem } from './layer-facts.ts'
import { hashPath, pathHashBuilder } from './path-hash.ts'

export interface CollectOptions {
  /** Told before each file is parsed: whoever watches this process can name the file that it hangs in or dies of. */
  onFile?: (path: string) => void
  /** Told after it. */
  onFileDone?: () => void
  /** Files not to parse (a former attempt died of them). */
  skip?: ReadonlySet<string>
  /** Facts of one layer beyond which the rest is left out and said so. */
  maxFacts?: number
  /** A parser that took longer, in milliseconds, is told as a problem although it came back. */
  slowMs?: number
}

/** A visitor that parses the wanted files of a layer as they pass by; `finish` gives what was learned and ends it. */
export interface LayerCollector extends LayerVisitor {
  finish(): Pick<LayerFacts, 'facts' | 'whiteouts' | 'opaques' | 'links' | 'folders' | 'paths' | 'problems'>
}

/** Links at the root that distributions put in place of folders (`lib -> usr/lib`): file lists name either side. */
const mergedFolders = new Set(['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'])

export function collectLayer(dispatch: Dispatch, collector: Collector, options: CollectOptions = {}): LayerCollector {
  const learned = new Learned(dispatch, options)
  const done = (extractors: readonly AnyExtractor[]) => (file: ContentFile) => learned.parse(file, extractors)
  const sinkFor = (entry: ArchiveEntry, extractors: readonly AnyExtractor[]): EntrySink => {
    const head = Math.max(...extractors.map(e => e.headBytes ?? Number.POSITIVE_INFINITY))
    const sink = collector.sink(head < entry.size ? { ...entry, size: head } : entry, done(extractors), {
      maxBytes: Math.max(...extractors.map(e => e.maxBytes ?? 64 * 1024 * 1024)),
      onBroken: received => learned.broken(entry, received),
    })
    return head < entry.size ? onlyHead(sink, head) : sink
  }
  return {
    entry(entry) {
      learned.note(entry)
      if (entry.type !== 'file' || entry.whiteout || options.skip?.has(entry.path)) return undefined
      const byName = dispatch.wanted(entry)
      const byContent = dispatch.wantedIfExecutable(entry)
      if (byContent.length === 0) return byName.length === 0 ? undefined : sinkFor(entry, byName)
      return sniffing(head => {
        const extractors = isExecutable(head) ? [...new Set([...byName, ...byContent])] : byName
        return extractors.length === 0 ? undefined : sinkFor(entry, extractors)
      })
    },
    finish: () => learned.finish(),
  }
}

/** Lets the first bytes through and the rest fall. */
function onlyHead(sink: EntrySink, head: number): EntrySink {
  let left = head
  return {
    write(chunk) {
      if (left <= 0) return
      sink.write(chunk.length <= left ? chunk : chunk.subarray(0, left))
      left -= chunk.length
    },
    end: complete => sink.end(complete || left <= 0),
  }
}

/** A sink that looks at the first four bytes before it decides whether anybody wants the file. */
function sniffing(decide: (head: Uint8Array) => EntrySink | undefined): EntrySink {
  let head: Uint8Array | undefined = new Uint8Array(0)
  let inner: EntrySink | undefined
  return {
    write(chunk) {
      if (head === undefined) return inner?.write(chunk)
      const bytes = head.length === 0 ? chunk : Buffer.concat([head, chunk])
      if (bytes.length < 4) {
        head = Uint8Array.from(bytes)
        return
      }
      head = undefined
      inner = decide(bytes)
      inner?.write(bytes)
    },
    end: complete => inner?.end(complete),
  }
}

/** What a layer told so far. */
class Learned {
  private readonly dispatch: Dispatch
  private readonly options: CollectOptions
  /** By path, so that a later entry of the same path replaces what an earlier one said. */
  private readonly facts = new Map<string, Fact[]>()
  private readonly links = new Map<string, Link>()
  private readonly whiteouts: string[] = []
  private readonly opaques: string[] = []
  private readonly folders: string[] = []
  private readonly problems: Problem[] = []
  private readonly paths = pathHashBuilder()
  /** Halves of the hashes of the paths in `facts` and `links`: whether a path is among them is asked for every entry. */
  private readonly told = new Set<number>()
  private overflow = false

  constructor(dispatch: Dispatch, options: CollectOptions) {
    this.dispatch = dispatch
    this.options = options
  }

  note(entry: ArchiveEntry): void {
    const { path, type, target } = entry
    if (entry.whiteout === 'file') return void this.whiteouts.push(path)
    if (entry.whiteout === 'opaque') return void this.opaques.push(path)
    const isFolder = type === 'directory'
    const { low } = isFolder ? hashPath(path) : this.paths.add(path)
    if (this.told.has(low)) {
      this.facts.delete(path)
      this.links.delete(path)
    }
    if (isFolder) {
      if (this.dispatch.wanted(entry).length > 0) this.folders.push(path)
      return
    }
    if (
      (type === 'device' || type === 'fifo') &&
      (this.dispatch.paths.has(path) || this.dispatch.wanted(entry).length > 0)
    )
      this.problems.push({ path, code: 'unreadable', detail: `a ${type} where a file that states packages belongs` })
    if (target === undefined) return
    if (type === 'symlink' && (this.dispatch.leadsToDatabase(path) || mergedFolders.has(path))) {
      this.links.set(path, { path, kind: 'symlink', target })
      this.told.add(low)
    }
    if (type === 'hardlink' && this.dispatch.wanted(entry).length > 0) {
      this.links.set(path, { path, kind: 'hardlink', target })
      this.told.add(low)
    }
  }

  parse(file: ContentFile, extractors: readonly AnyExtractor[]): void {
    const { path } = file
    if (this.facts.size >= (this.options.maxFacts ?? 1_000_000)) {
      if (!this.overflow)
        this.problems.push({ path, code: 'too_many', detail: 'more package files than one layer may hold' })
      this.overflow = true
      return
    }
    const found: Fact[] = []
    for (const extractor of extractors) {
      const value = this.parseWith(extractor, file)
      if (value !== undefined) found.push({ extractor: extractor.id, path, value })
    }
    if (found.length === 0) return
    this.facts.set(path, found)
    this.told.add(hashPath(path).low)
  }

  private parseWith(extractor: AnyExtractor, file: ContentFile): unknown {
    const { path } = file
    this.options.onFile?.(path)
    const start = performance.now()
    try {
      return extractor.parse(file, (code, detail) => void this.problems.push({ path, code, detail }))
    } catch (error) {
      this.problems.push({ path, ...describe(error, extractor.id) })
      return undefined
    } finally {
      this.options.onFileDone?.()
      const elapsed = performance.now() - start
      if (elapsed > (this.options.slowMs ?? 20_000)) {
        this.problems.push({ path, code: 'timed_out', detail: `${extractor.id} needed ${Math.round(elapsed)} ms` })
      }
    }
  }

  broken({ path, size }: ArchiveEntry, received: number): void {
    this.problems.push({ path, code: 'truncated', detail: `${received} of ${size} bytes` })
  }

  /** A hard link repeats a file of its layer: what was learned from that file holds for the link, for those who want it at both places. */
  private followHardlinks(): void {
    for (const [path, { kind, target }] of this.links) {
      const facts = kind === 'hardlink' ? this.facts.get(target) : undefined
      if (!facts) continue
      const wanted = this.dispatch.wanted({ path, size: 0, mode: 0o644 }).map(({ id }) => id)
      const copies = facts.filter(({ extractor }) => wanted.includes(extractor)).map(fact => ({ ...fact, path }))
      if (copies.length < wanted.length) continue
      this.facts.set(path, copies)
      this.links.delete(path)
    }
  }

  finish(): ReturnType<LayerCollector['finish']> {
    this.followHardlinks()
    return {
      facts: [...this.facts.values()].flat(),
      whiteouts: this.whiteouts,
      opaques: this.opaques,
      links: [...this.links.values()],
      folders: this.folders,
      paths: this.paths.finish(),
      problems: this.problems,
    }
  }
}

/** What a parser threw, as a problem. Memory that ran out inside one file is that file's fault, not the scan's end. */
function describe(error: unknown, extractor: string): Pick<Problem, 'code' | 'detail'> {
  if (error instanceof JennerError) {
    if (error.code === 'limit_exceeded') return { code: 'too_large', detail: `${extractor}: ${error.detail}` }
    if (error.code === 'truncated' || error.code === 'unsupported' || error.code === 'timed_out')
      return { code: error.code, detail: `${extractor}: ${error.detail}` }
    return { code: 'malformed', detail: `${extractor}: ${error.detail}` }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'malformed', detail: `${extractor}: ${message.slice(0, 200)}` }
}
