import { closeSync, constants, fstatSync, openSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import { JennerError } from '../../../base/errors.ts'
import { defaultReadLimits, MiB } from '../../../base/limits.ts'
import type { IncompleteCode } from '../../../base/model/inventory.ts'
import type { ArchiveEntry } from '../../../base/model/visitor.ts'
import { type Blob, readBlob, readWholeBlob } from '../blob.ts'
import { blockSize } from '../tar/header.ts'
import { normalizePath } from '../tar/paths.ts'
import { createTarReader } from '../tar/reader.ts'

/** The files of an image archive, wherever they stand: a tar that is read by random access, or a folder. */
export interface FileTree {
  name: string
  /** The file at a path, links followed within the tree; undefined when there is none. */
  find(path: string): Blob | undefined
  /** Paths, as far as they are known without reading (a tar's; none for a folder). */
  paths(): Iterable<string>
  close(): void
  /** The first thing wrong with the archive around the files, if anything is. */
  damage?: Damage
}

export interface Damage {
  code: IncompleteCode
  detail: string
}

/** Documents (manifests, configurations) above this are refused. */
const maxDocumentBytes = 8 * MiB
const maxLinks = 16

/** The JSON document at `path`. Throws malformed, limit_exceeded; undefined when it is not there. */
export function readJson(tree: FileTree, path: string): { value: unknown; bytes: Buffer } | undefined {
  const blob = tree.find(path)
  if (blob === undefined) return undefined
  const bytes = readWholeBlob(blob, maxDocumentBytes, `${tree.name}: ${path}`)
  try {
    return { value: JSON.parse(bytes.toString('utf8')), bytes }
  } catch (error) {
    throw new JennerError('malformed', `${tree.name}: ${path} is not JSON`, error)
  }
}

/** Indexes the headers of an uncompressed tar, seeking over the files in it. Duplicate paths: the last one stands, as when unpacked. */
export function openTarTree(name: string, blob: Blob): FileTree {
  const files = new Map<string, Blob>()
  const links = new Map<string, string>()
  let damage: Damage | undefined
  const put = (entry: ArchiveEntry, offset: number): void => {
    // The root of a large system has millions of files: they matter only as evidence that it is one.
    if (files.size + links.size >= maxIndexed && !documents.includes(entry.path)) return
    files.delete(entry.path)
    links.delete(entry.path)
    if (entry.type === 'file') files.set(entry.path, { fd: blob.fd, offset: blob.offset + offset, size: entry.size })
    else if (entry.type === 'hardlink') links.set(entry.path, `/${entry.target}`)
    else if (entry.type === 'symlink') links.set(entry.path, entry.target ?? '')
  }
  walkHeaders(blob, put, found => {
    damage ??= found
  })
  return {
    name,
    damage,
    find: path => follow(files, links, path),
    paths: () => files.keys(),
    close: () => closeSync(blob.fd),
  }
}

const maxIndexed = 100_000
const documents = ['manifest.json', 'index.json']
const windowBytes = 64 * 1024

/** Every header of a tar, read through a window: small files lie close together, large ones are passed over. */
function walkHeaders(
  blob: Blob,
  put: (entry: ArchiveEntry, offset: number) => void,
  onDamage: (damage: Damage) => void,
): void {
  const reader = createTarReader({
    visitor: { entry: () => undefined },
    limits: { ...defaultReadLimits, maxLayerBytes: Number.MAX_SAFE_INTEGER },
    problem: (code, path, detail) => onDamage({ code, detail: `${path} ${detail}`.trim() }),
    onData: put,
  })
  const window = Buffer.allocUnsafe(windowBytes)
  let start = 0
  let held = 0
  for (let at = 0; at < blob.size; ) {
    if (at < start || at >= start + held) {
      start = at
      held = readBlob(blob, window, start)
      if (held === 0) break
    }
    const block = window.subarray(at - start, Math.min(at - start + blockSize, held))
    at += block.length
    if (!reader.feed(block)) break
    at += reader.skip()
  }
  reader.end()
}

function follow(files: Map<string, Blob>, links: Map<string, string>, path: string): Blob | undefined {
  let at = normalizePath(path)
  for (let i = 0; i < maxLinks && at !== undefined; i++) {
    const file = files.get(at)
    if (file !== undefined) return file
    const target = links.get(at)
    if (target === undefined) return undefined
    at = target.startsWith('/') ? normalizePath(target) : resolveLink(at, target)
  }
  return undefined
}

/** `target` as seen from `path`'s folder, or undefined when it leaves the tree. */
function resolveLink(path: string, target: string): string | undefined {
  const parts = path.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

/** A folder as a tree. Links that lead out of it are as good as absent. */
export function openFolderTree(name: string, folder: string): FileTree {
  const root = realpathSync(folder)
  const open = new Map<string, Blob>()
  const find = (path: string): Blob | undefined => {
    const safe = normalizePath(path)
    if (safe === undefined) return undefined
    const known = open.get(safe)
    if (known !== undefined) return known
    const blob = openInside(root, safe)
    if (blob !== undefined) open.set(safe, blob)
    return blob
  }
  return {
    name,
    find,
    paths: () => [],
    close() {
      for (const blob of open.values()) closeSync(blob.fd)
      open.clear()
    },
  }
}

/** A regular file below `root` (a real path), links followed only within it; undefined when there is none. Throws target_unreadable. */
export function openInside(root: string, path: string): Blob | undefined {
  try {
    const real = realpathSync(join(root, path))
    if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined
    const fd = openSync(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const stat = fstatSync(fd)
    if (stat.isFile()) return { fd, offset: 0, size: stat.size }
    closeSync(fd)
    return undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return undefined
    throw new JennerError('target_unreadable', join(root, path), error)
  }
}
