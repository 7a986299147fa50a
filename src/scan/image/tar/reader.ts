import type { IncompleteCode } from '../../../base/model/inventory.ts'
import type { ArchiveEntry, EntrySink, EntryType, LayerVisitor, ReadLimits } from '../../../base/model/visitor.ts'
import { blockSize, parseHeader, type TarHeader } from './header.ts'
import { normalizePath, parseWhiteout } from './paths.ts'
import { type Overlay, parsePax } from './pax.ts'
import { continueSparse, oldSparseOf, type SparseMap, sparseOf, sparseSink } from './sparse.ts'

/** A tar being read: pieces go in, entries come out at the visitor. Synchronous; a piece may be overwritten as soon as `feed` returns. */
export interface TarReader {
  /** False once nothing more will be taken: the archive has ended, or cannot be read on. */
  feed(chunk: Buffer): boolean
  /** To be called when there are no more bytes. Reports an archive that stops in the middle. */
  end(): void
  /** How many of the coming bytes nobody wants: whoever can seek may pass over them. They count as taken. */
  skip(): number
  readonly entries: number
  /** It ended because it cannot be read on, not at its end mark. */
  readonly failed: boolean
}

export interface TarOptions {
  visitor: LayerVisitor
  limits: Pick<ReadLimits, 'maxEntries' | 'maxPathLength' | 'maxLayerBytes'>
  problem: (code: IncompleteCode, path: string, detail: string) => void
  /** Told where in the tar each entry's bytes stand, for archives that are read by random access. */
  onData?: (entry: ArchiveEntry, offset: number) => void
  /** It is no layer and nothing is unpacked: names that would be whiteouts or lead out of it are names like any other. */
  plain?: boolean
}

/** Long names and PAX records above this are refused. */
const maxMetaBytes = 1024 * 1024
/** Of an archive that is only looked at: tools refuse such ones, tests of tools hold them. */
const maxPlainMetaBytes = 4 * 1024 * 1024
/** Problems of single entries that are worth listing; beyond, they are counted. */
const maxEntryProblems = 100

/** Links, devices, folders, pipes: whatever size they state, no bytes follow. */
const headerOnly = '123456'

type State = 'header' | 'data' | 'meta' | 'sparse' | 'ended'

/** Follows POSIX ustar and pax, GNU tar's extensions, and, where they are silent, Go's archive/tar, which is what container engines unpack with. */
export function createTarReader(options: TarOptions): TarReader {
  const { visitor, limits, problem } = options
  const block = Buffer.allocUnsafeSlow(blockSize)
  let held = 0
  let state: State = 'header'
  let position = 0
  let entries = 0
  let remaining = 0
  let padding = 0
  let sink: EntrySink | undefined
  let zeroBlocks = 0
  let overlay: Overlay | undefined
  let longName: string | undefined
  let longLink: string | undefined
  let meta: Buffer | undefined
  let metaType = ''
  let current = ''
  let sparse: SparseMap | undefined
  let pending: TarHeader | undefined
  let maybeData = 0
  let entryProblems = 0
  let failed = false

  const fail = (code: IncompleteCode, path: string, detail: string): undefined => {
    problem(code, path, detail)
    const open = sink
    sink = undefined
    state = 'ended'
    failed = true
    open?.end(false)
  }
  const complain = (code: IncompleteCode, path: string, detail: string): void => {
    if (entryProblems++ < maxEntryProblems) problem(code, path, detail)
  }

  const feed = (chunk: Buffer): boolean => {
    let at = 0
    while (at < chunk.length && state !== 'ended')
      at = state === 'data' || state === 'meta' ? body(chunk, at) : head(chunk, at)
    position += at
    return state !== 'ended'
  }

  /** Takes what belongs to the current file or long name, and the padding behind it. */
  const body = (chunk: Buffer, at: number): number => {
    if (remaining > 0) {
      const take = Math.min(remaining, chunk.length - at)
      if (state === 'meta') meta!.set(chunk.subarray(at, at + take), meta!.length - remaining)
      else if (sink !== undefined) sink.write(chunk.subarray(at, at + take))
      remaining -= take
      at += take
      if (remaining > 0) return at
    }
    if (state === 'meta') takeMeta()
    else closeSink()
    const take = Math.min(padding, chunk.length - at)
    padding -= take
    if (padding === 0 && state !== 'ended') state = 'header'
    return at + take
  }

  const closeSink = (): void => {
    const open = sink
    sink = undefined
    open?.end(true)
  }

  /** Takes one block, from the chunk itself when it stands there whole. */
  const head = (chunk: Buffer, at: number): number => {
    if (held === 0 && chunk.length - at >= blockSize) {
      takeBlock(chunk, at, position + at)
      return at + blockSize
    }
    const take = Math.min(blockSize - held, chunk.length - at)
    chunk.copy(block, held, at, at + take)
    held += take
    if (held === blockSize) {
      held = 0
      takeBlock(block, 0, position + at + take - blockSize)
    }
    return at + take
  }

  const takeBlock = (bytes: Buffer, at: number, offset: number): undefined => {
    if (state === 'sparse') return takeSparse(bytes, at, offset)
    const header = parseHeader(bytes, at)
    if (header === 'zero') {
      if (++zeroBlocks === 2) state = 'ended'
      return
    }
    if (header === 'checksum' && maybeData > 0) return resumeAsData()
    maybeData = 0
    if (typeof header === 'string') {
      return fail(
        'malformed',
        current,
        `tar header at byte ${offset}: ${header === 'size' ? 'impossible size' : 'checksum differs'}`,
      )
    }
    if (zeroBlocks === 1) complain('malformed', header.name, `tar header at byte ${offset} follows an end mark`)
    zeroBlocks = 0
    takeHeader(header, bytes, at, offset)
  }

  /** A hard link that states a size carries data with some writers and none with others: what stands here is no header, so it is data. */
  const resumeAsData = (): undefined => {
    remaining = Math.max(0, maybeData - blockSize)
    padding = maybeData < blockSize ? 0 : paddingOf(maybeData)
    maybeData = 0
    state = remaining + padding > 0 ? 'data' : 'header'
  }

  const takeHeader = (header: TarHeader, bytes: Buffer, at: number, offset: number): undefined => {
    const type = header.type
    if (type === 'x' || type === 'g' || type === 'L' || type === 'K') return startMeta(header, offset)
    if (type === 'S') {
      const old = oldSparseOf(bytes, at)
      if (old === 'bad') return fail('malformed', header.name, `sparse map at byte ${offset}`)
      sparse = old.map
      if (old.more) {
        pending = header
        state = 'sparse'
        return
      }
    }
    startEntry(header, offset)
  }

  const takeSparse = (bytes: Buffer, at: number, offset: number): undefined => {
    const more = continueSparse(sparse!, bytes, at)
    if (more === 'bad') return fail('malformed', pending!.name, `sparse map at byte ${offset}`)
    if (more) return
    state = 'header'
    startEntry(pending!, offset)
  }

  const startMeta = (header: TarHeader, offset: number): undefined => {
    if (header.size > (options.plain ? maxPlainMetaBytes : maxMetaBytes))
      return fail('too_large', current, `extended header at byte ${offset}: ${header.size} bytes`)
    meta = Buffer.allocUnsafe(header.size)
    metaType = header.type
    remaining = header.size
    padding = paddingOf(remaining)
    state = 'meta'
    if (remaining === 0) {
      takeMeta()
      if (state === 'meta') state = 'header'
    }
  }

  const takeMeta = (): void => {
    if (meta === undefined) return
    const data = meta
    meta = undefined
    if (metaType === 'L') longName = untilNul(data)
    else if (metaType === 'K') longLink = untilNul(data)
    else if (metaType === 'x') {
      overlay ??= {}
      const wrong = parsePax(data, overlay)
      if (wrong !== undefined) fail('malformed', current, wrong)
    }
    // Global headers are skipped, as container engines do when they unpack.
  }

  const startEntry = (header: TarHeader, offset: number): undefined => {
    const over = overlay ?? {}
    const name = longName ?? over.path ?? header.name
    const link = longLink ?? over.link ?? header.link
    overlay = longName = longLink = undefined
    const type = typeOf(header.type, name)
    const stated = over.size ?? header.size
    const stored = headerOnly.includes(header.type) ? 0 : stated
    const fromPax = sparse === undefined ? sparseOf(over) : undefined
    if (fromPax === 'bad') complain('malformed', name, 'sparse map')
    else if (fromPax !== undefined) sparse = fromPax
    const map = sparse
    sparse = undefined
    if (stored > limits.maxLayerBytes) return fail('too_large', name, `${stored} bytes`)
    if (++entries > limits.maxEntries) return fail('too_many', name, `more than ${limits.maxEntries} entries`)
    current = name
    remaining = stored
    padding = paddingOf(stored)
    maybeData = header.type === '1' ? stated : 0
    if (remaining + padding > 0) state = 'data'
    if (type === undefined) return
    visit({ name, link, type, header, modified: over.modified ?? header.modified, stored, map }, offset + blockSize)
    if (remaining === 0) closeSink()
  }

  const visit = (raw: RawEntry, offset: number): undefined => {
    const entry = entryOf(raw, limits.maxPathLength, complain, options.plain)
    if (entry === undefined) return
    options.onData?.(entry, offset)
    const wanted = visitor.entry(entry)
    if (raw.type !== 'file') wanted?.end(true)
    else if (wanted !== undefined) sink = raw.map === undefined ? wanted : boundedSparse(raw.map, raw, wanted, complain)
  }

  const end = (): void => {
    if (state === 'header' && held === 0 && maybeData === 0) {
      if (zeroBlocks === 0) complain('truncated', current, 'the archive ends without an end mark')
      state = 'ended'
    } else if (state !== 'ended') fail('truncated', current, `the archive ends at byte ${position}, inside an entry`)
    if (entryProblems > maxEntryProblems)
      problem('malformed', '', `${entryProblems - maxEntryProblems} more entries with problems`)
    entryProblems = 0
  }

  const skip = (): number => {
    if (state !== 'data' || sink !== undefined) return 0
    const length = remaining + padding
    remaining = padding = 0
    position += length
    state = 'header'
    return length
  }

  return {
    feed,
    end,
    skip,
    get entries() {
      return entries
    },
    get failed() {
      return failed
    },
  }
}

interface RawEntry {
  name: string
  link: string
  type: EntryType
  header: TarHeader
  modified?: number
  stored: number
  map?: SparseMap
}

type Complain = (code: IncompleteCode, path: string, detail: string) => void

/** The entry a visitor sees, or undefined for one that must not be used (reported) or means nothing. */
function entryOf(raw: RawEntry, maxPathLength: number, complain: Complain, plain = false): ArchiveEntry | undefined {
  if (raw.name.length > maxPathLength) {
    complain('too_deep', raw.name.slice(0, 200), `path of ${raw.name.length} characters`)
    return undefined
  }
  const path = normalizePath(raw.name) ?? (plain ? raw.name : undefined)
  if (path === undefined) {
    complain('escapes_root', raw.name, 'the path leaves the root')
    return undefined
  }
  const entry: ArchiveEntry = {
    path,
    size: raw.map?.realSize ?? raw.stored,
    mode: raw.header.mode,
    type: raw.type,
  }
  if (raw.modified !== undefined) entry.modified = raw.modified
  if (raw.type === 'symlink') entry.target = raw.link
  if (raw.type === 'hardlink') {
    entry.target = normalizePath(raw.link)
    if (entry.target === undefined || entry.target === '') {
      complain('escapes_root', path, 'a hard link to outside the root')
      return undefined
    }
  }
  return plain ? entry : withWhiteout(entry, complain)
}

function withWhiteout(entry: ArchiveEntry, complain: Complain): ArchiveEntry | undefined {
  const mark = parseWhiteout(entry.path)
  if (mark === undefined) return entry
  if (mark === 'internal') return undefined
  if (mark === 'bad') {
    complain('escapes_root', entry.path, 'a whiteout of something outside its folder')
    return undefined
  }
  entry.path = mark.path
  entry.whiteout = mark.whiteout
  return entry
}

/** Type flags of POSIX and GNU; an unknown one is a file (POSIX: "treated as regular files"). Undefined: GNU volume labels and the like. */
function typeOf(flag: string, name: string): EntryType | undefined {
  switch (flag) {
    case '1':
      return 'hardlink'
    case '2':
      return 'symlink'
    case '3':
    case '4':
      return 'device'
    case '5':
      return 'directory'
    case '6':
      return 'fifo'
    case 'V':
    case 'M':
    case 'N':
      return undefined
    default:
      return name.endsWith('/') ? 'directory' : 'file'
  }
}

/** Holes cost nothing to state and as much as data to fill: no more than the ratio of any other bomb. */
function boundedSparse(map: SparseMap, raw: RawEntry, target: EntrySink, complain: Complain): EntrySink | undefined {
  if (map.realSize <= 64 * 1024 * 1024 + raw.stored * 1000) return sparseSink(map, target)
  complain('bomb', raw.name, `a sparse file of ${map.realSize} bytes with ${raw.stored} stored`)
  target.end(false)
  return undefined
}

function paddingOf(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize
}

function untilNul(data: Buffer): string {
  const end = data.indexOf(0)
  return data.toString('utf8', 0, end < 0 ? data.length : end)
}
