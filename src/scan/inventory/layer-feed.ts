import type { Extractor, FoundPackage } from '../../base/model/ecosystem.ts'
import type { ArchiveEntry, LayerReading, LayerVisitor } from '../../base/model/visitor.ts'

/** For tests: a layer written down as a few entries, and a simple extractor to read it with. */
export type FedEntry = string | Partial<ArchiveEntry> | [path: string, content: string | Uint8Array, mode?: number]

/**
 * Shows the entries to a visitor as a reader would. A string is a folder (`a/`), a whiteout (`-a`), an opaque folder (`!a`), a symbolic link (`a -> b`) or a
 * hard link (`a = b`).
 */
export function feedLayer(entries: readonly FedEntry[], visitor: LayerVisitor): LayerReading {
  let bytes = 0
  for (const fed of entries) {
    const { entry, content } = entryOf(fed)
    const sink = visitor.entry(entry)
    bytes += content.length
    if (!sink) continue
    // In two pieces, as a stream would bring it.
    const middle = Math.min(3, content.length)
    if (middle > 0) sink.write(content.subarray(0, middle))
    if (middle < content.length) sink.write(content.subarray(middle))
    sink.end(true)
  }
  return { bytes, entries: entries.length, problems: [] }
}

function entryOf(fed: FedEntry): { entry: ArchiveEntry; content: Uint8Array } {
  const plain = { size: 0, mode: 0o644 }
  const content = Array.isArray(fed) ? Buffer.from(fed[1] as string) : Buffer.alloc(0)
  if (Array.isArray(fed))
    return { entry: { path: fed[0], type: 'file', size: content.length, mode: fed[2] ?? 0o644 }, content }
  if (typeof fed !== 'string') return { entry: { path: '', type: 'file', ...plain, ...fed }, content }
  const [path = '', sign, target] = fed.split(/ (->|=) /)
  if (sign === '->') return { entry: { path, type: 'symlink', target: target!, ...plain, mode: 0o777 }, content }
  if (sign === '=') return { entry: { path, type: 'hardlink', target: target!, ...plain }, content }
  if (fed.startsWith('-')) return { entry: { path: fed.slice(1), type: 'file', whiteout: 'file', ...plain }, content }
  if (fed.startsWith('!')) return { entry: { path: fed.slice(1), type: 'file', whiteout: 'opaque', ...plain }, content }
  return { entry: { path: fed.replace(/\/$/, ''), type: 'directory', ...plain, mode: 0o755 }, content }
}

/** Reads `name version` lines. */
export function lineExtractor(id: string, patterns: Extractor['patterns']): Extractor {
  return {
    id,
    revision: 1,
    stage: 'installed',
    patterns,
    parse(file) {
      const text = file.text()
      if (text.startsWith('!')) throw new Error('not readable')
      return text.split('\n').flatMap((line): FoundPackage[] => {
        const [name, version] = line.split(' ')
        return name ? [{ name, version: version ?? '' }] : []
      })
    },
  }
}
