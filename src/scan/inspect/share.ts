import { JennerError } from '../../base/errors.ts'
import type { ContentFile, FileEntry } from '../../base/model/ecosystem.ts'
import type { ArchiveEntry, EntrySink, LayerVisitor } from '../../base/model/visitor.ts'
import { type Collector, createCollector, defaultMaxBytes } from '../image/content.ts'

/** Several visitors of one reading. `collector` is what they gather files with: a file that several of them want is gathered once. */
export interface SharedReading {
  collector: Collector
  /** The visitors as one. */
  join(visitors: readonly LayerVisitor[]): LayerVisitor
}

interface Claim {
  done: (file: ContentFile) => void
  maxBytes: number
  onBroken?: (received: number) => void
}

const nothing: EntrySink = { write() {}, end() {} }

export function shareReading(inner: Collector = createCollector()): SharedReading {
  /** Who wants the file that is passing by. The first gathers it, from its first byte on; the others are given the same file. */
  let claims: Claim[] = []
  const collector: Collector = {
    sink(entry, done, { maxBytes = defaultMaxBytes, onBroken } = {}) {
      claims.push({ done, maxBytes, ...(onBroken && { onBroken }) })
      return claims.length > 1 ? nothing : gather(inner, entry, claims)
    },
  }
  return {
    collector,
    join: visitors => ({
      entry(entry) {
        claims = []
        const sinks = visitors.map(visitor => visitor.entry(entry)).filter(sink => sink !== undefined)
        return sinks.length <= 1 ? sinks[0] : together(sinks)
      },
    }),
  }
}

function gather(inner: Collector, entry: FileEntry, claims: readonly Claim[]): EntrySink {
  return inner.sink(
    entry,
    file => {
      for (const { done, maxBytes } of claims) done(withLimit(file, maxBytes))
    },
    {
      maxBytes: Number.POSITIVE_INFINITY,
      onBroken: received => {
        for (const { onBroken } of claims) onBroken?.(received)
      },
    },
  )
}

/** The same file; whole only up to what the visitor asked for. */
function withLimit(file: ContentFile, maxBytes: number): ContentFile {
  if (file.size <= maxBytes) return file
  const refuse = (): never => {
    throw new JennerError('limit_exceeded', `${file.path}: ${file.size} bytes, at most ${maxBytes}`)
  }
  return { ...file, bytes: refuse, text: refuse }
}

/** One sink for several. Whoever gathers ends first: its file is gone when it has ended, and the others were given it then. */
function together(sinks: readonly EntrySink[]): EntrySink {
  return {
    write(chunk) {
      for (const sink of sinks) sink.write(chunk)
    },
    end(complete) {
      for (const sink of sinks) sink.end(complete)
    },
  }
}

/** Shows nothing of the files that a former worker died of. */
export function withoutFiles(visitor: LayerVisitor, skip: ReadonlySet<string> | undefined): LayerVisitor {
  if (skip === undefined || skip.size === 0) return visitor
  return { entry: (entry: ArchiveEntry) => (skip.has(entry.path) ? undefined : visitor.entry(entry)) }
}
