import {
  closeSync,
  constants,
  type Dirent,
  existsSync,
  fstatSync,
  lstatSync,
  opendirSync,
  openSync,
  readlinkSync,
  readSync,
  type Stats,
} from 'node:fs'
import { join } from 'node:path'
import { JennerError } from '../../base/errors.ts'
import { MiB, withDefaults } from '../../base/limits.ts'
import type { IncompleteCode } from '../../base/model/inventory.ts'
import type {
  ArchiveEntry,
  EntrySink,
  EntryType,
  LayerReading,
  LayerVisitor,
  ReadLimits,
} from '../../base/model/visitor.ts'

export interface FolderOptions {
  /** Folders not to enter (they themselves are visited): paths relative to the root; a part without `/` names such a folder anywhere. */
  skipDirs?: string[]
  /** Stay on the root's file system. */
  oneFileSystem?: boolean
  onProgress?: (entries: number, bytes: number) => void
  signal?: AbortSignal
}

/** Each level holds a descriptor. */
const maxDepth = 500
const maxProblems = 1000
const turnEntries = 4096
/** Of a running system's root: views of the kernel, without files of their own. */
const kernelFolders = ['proc', 'sys', 'dev']

/**
 * Reads a folder as if it were one layer, in a fixed order (names by code unit). Links are never followed, devices and pipes never opened;
 * what may not be read is a problem. `bytes` are those of the files that a visitor wanted. Throws target_not_found, target_unreadable for the folder itself.
 */
export async function readFolder(
  folder: string,
  visitor: LayerVisitor,
  limits: Partial<ReadLimits> = {},
  options: FolderOptions = {},
): Promise<LayerReading> {
  const walk = startWalk(folder, visitor, withDefaults(limits), options)
  const stack = [openFirst(walk)]
  try {
    let turn = turnEntries
    while (stack.length > 0 && !walk.stopped) {
      step(walk, stack)
      if (walk.entries < turn) continue
      turn = walk.entries + turnEntries
      options.onProgress?.(walk.entries, walk.bytes)
      await new Promise(setImmediate)
      options.signal?.throwIfAborted()
    }
  } finally {
    for (const level of stack) closeSync(level.fd)
  }
  if (walk.lost > 0) walk.problems.push({ path: '', code: 'unreadable', detail: `${walk.lost} more problems` })
  return { bytes: walk.bytes, entries: walk.entries, problems: walk.problems }
}

/** Visits the next name of the innermost folder, or leaves it. */
function step(walk: Walk, stack: Level[]): void {
  const level = stack.at(-1)!
  const name = level.names.pop()
  if (name === undefined) {
    closeSync(level.fd)
    stack.pop()
    return
  }
  const below = visitName(walk, level, name, stack.length)
  if (below !== undefined) stack.push(below)
}

interface Walk {
  root: string
  device: number
  visitor: LayerVisitor
  limits: ReadLimits
  skipped: (path: string, name: string) => boolean
  oneFileSystem: boolean
  buffer: Buffer
  entries: number
  bytes: number
  stopped: boolean
  problems: LayerReading['problems']
  lost: number
}

/**
 * A folder that is being walked: its names still to visit, last first. It is held open, and what is in it reached through its descriptor:
 * whoever exchanges a folder for a link meanwhile leads us nowhere.
 */
interface Level {
  path: string
  fd: number
  names: string[]
}

function startWalk(root: string, visitor: LayerVisitor, limits: ReadLimits, options: FolderOptions): Walk {
  const given = (options.skipDirs ?? []).map(dir => dir.replace(/^\.?\/+|\/+$/g, ''))
  const anywhere = new Set(given.filter(dir => !dir.includes('/')))
  const paths = new Set([...given, ...(root === '/' ? kernelFolders : [])])
  return {
    root,
    device: 0,
    visitor,
    limits,
    skipped: (path, name) => paths.has(path) || anywhere.has(name),
    oneFileSystem: options.oneFileSystem ?? false,
    buffer: Buffer.allocUnsafeSlow(MiB),
    entries: 0,
    bytes: 0,
    stopped: false,
    problems: [],
    lost: 0,
  }
}

function openFirst(walk: Walk): Level {
  try {
    // The root itself may be a link: whoever names it means what it leads to.
    const fd = openSync(walk.root, constants.O_RDONLY | constants.O_DIRECTORY)
    walk.device = fstatSync(fd).dev
    return { path: '', fd, names: readNames(inside(walk, fd, '', '.')) }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'target_not_found' : 'target_unreadable'
    throw new JennerError(code, walk.root, error)
  }
}

const descriptors = '/proc/self/fd'
const byDescriptor = existsSync(descriptors)

/** A path to `name` in an open folder. */
function inside(walk: Walk, fd: number, folder: string, name: string): string {
  return byDescriptor ? `${descriptors}/${fd}/${name}` : join(walk.root, folder, name)
}

function enter(walk: Walk, full: string, path: string): Level {
  const fd = openSync(full, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
  try {
    return { path, fd, names: readNames(inside(walk, fd, path, '.')) }
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

/** Names in a folder, in descending order, to be popped. */
function readNames(path: string): string[] {
  const names: string[] = []
  const dir = opendirSync(path, { bufferSize: 256 })
  try {
    for (let item: Dirent | null = dir.readSync(); item !== null; item = dir.readSync()) names.push(item.name)
  } finally {
    dir.closeSync()
  }
  return names.sort((a, b) => (a < b ? 1 : -1))
}

/** Visits one entry; answers the folder to enter next, if it is one. */
function visitName(walk: Walk, level: Level, name: string, depth: number): Level | undefined {
  const path = level.path === '' ? name : `${level.path}/${name}`
  if (Date.now() > walk.limits.deadline) return stop(walk, 'timed_out', path, `after ${walk.entries} entries`)
  if (++walk.entries > walk.limits.maxEntries)
    return stop(walk, 'too_many', path, `more than ${walk.limits.maxEntries} entries`)
  if (path.length > walk.limits.maxPathLength || depth > maxDepth)
    return complain(walk, 'too_deep', path.slice(0, 200), `path of ${path.length} characters`)
  try {
    const full = inside(walk, level.fd, level.path, name)
    const stat = lstatSync(full)
    const entry = entryOf(full, path, stat)
    const sink = walk.visitor.entry(entry)
    if (sink !== undefined) readInto(walk, full, entry, sink)
    if (!stat.isDirectory() || walk.skipped(path, name) || (walk.oneFileSystem && stat.dev !== walk.device))
      return undefined
    return enter(walk, full, path)
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (code === undefined || syscall === undefined) throw error
    // A running system's files come and go.
    if (code === 'ENOENT') return undefined
    return complain(walk, 'unreadable', path, `${syscall}: ${code}`)
  }
}

function entryOf(full: string, path: string, stat: Stats): ArchiveEntry {
  const type = typeOf(stat)
  const entry: ArchiveEntry = {
    path,
    type,
    size: type === 'file' ? stat.size : 0,
    mode: stat.mode & 0o7777,
    modified: Math.trunc(stat.mtimeMs),
  }
  if (type === 'symlink') entry.target = readlinkSync(full)
  return entry
}

function typeOf(stat: Stats): EntryType {
  if (stat.isFile()) return 'file'
  if (stat.isDirectory()) return 'directory'
  if (stat.isSymbolicLink()) return 'symlink'
  return stat.isFIFO() || stat.isSocket() ? 'fifo' : 'device'
}

/** Gives a sink the bytes that the entry stated: a file that grows meanwhile is not followed, one that shrinks ends incomplete. */
function readInto(walk: Walk, full: string, entry: ArchiveEntry, sink: EntrySink): void {
  if (entry.type !== 'file') {
    sink.end(true)
    return
  }
  let done = 0
  let fd: number | undefined
  try {
    fd = openSync(full, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    if (fstatSync(fd).isFile()) done = pour(walk, fd, entry, sink)
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (code === undefined || syscall === undefined) throw error
    complain(walk, 'unreadable', entry.path, `${syscall}: ${code}`)
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
  walk.bytes += done
  sink.end(done === entry.size)
}

function pour(walk: Walk, fd: number, entry: ArchiveEntry, sink: EntrySink): number {
  let done = 0
  while (done < entry.size) {
    const read = readSync(fd, walk.buffer, 0, Math.min(walk.buffer.length, entry.size - done), done)
    if (read === 0) break
    sink.write(walk.buffer.subarray(0, read))
    done += read
  }
  if (done < entry.size) complain(walk, 'truncated', entry.path, `${done} of ${entry.size} bytes`)
  return done
}

function stop(walk: Walk, code: IncompleteCode, path: string, detail: string): undefined {
  walk.stopped = true
  walk.problems.push({ path, code, detail })
}

function complain(walk: Walk, code: IncompleteCode, path: string, detail: string): undefined {
  if (walk.problems.length < maxProblems) walk.problems.push({ path, code, detail })
  else walk.lost++
}
