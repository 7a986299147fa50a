import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs'

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_NOATIME } = constants
const maxDepth = 64
const maxEntries = 200_000

export interface UpperFile {
  /** From the container's root. */
  path: string
  size: number
  mode: number
  mtime: string
}

/**
 * Calls `visit` with an open descriptor of each executable of a container's upper layer: ELF and `#!` files, and whatever has an execute
 * bit. The container may rename and link while we walk, so each step is taken from the folder held open before it and never
 * follows a link. Answers false when it stopped at a limit.
 */
export function walkUpper(root: string, visit: (file: UpperFile, fd: number) => boolean): boolean {
  const folder = openSync(root, O_RDONLY | O_DIRECTORY)
  const budget = { entries: maxEntries, whole: true }
  try {
    walk(folder, '', 0, budget, visit)
  } finally {
    closeSync(folder)
  }
  return budget.whole
}

type Budget = { entries: number; whole: boolean }

function walk(
  folder: number,
  path: string,
  depth: number,
  budget: Budget,
  visit: (file: UpperFile, fd: number) => boolean,
): void {
  for (const name of readdirSync(`/proc/self/fd/${folder}`)) {
    if (budget.entries-- <= 0 || depth > maxDepth) budget.whole = false
    if (!budget.whole) return
    const place = `/proc/self/fd/${folder}/${name}`
    const kind = kindOf(place)
    if (kind === undefined) continue
    const fd = open(place, kind === 'folder' ? O_DIRECTORY : O_NOATIME)
    if (fd === undefined) continue
    try {
      if (kind === 'folder') walk(fd, `${path}/${name}`, depth + 1, budget, visit)
      else visitFile(fd, `${path}/${name}`, budget, visit)
    } finally {
      closeSync(fd)
    }
  }
}

function visitFile(fd: number, path: string, budget: Budget, visit: (file: UpperFile, fd: number) => boolean): void {
  const stat = fstatSync(fd)
  if (!stat.isFile() || stat.size === 0) return
  if ((stat.mode & 0o111) === 0 && !looksExecutable(fd)) return
  const file = { path, size: stat.size, mode: stat.mode & 0o7777, mtime: stat.mtime.toISOString() }
  if (!visit(file, fd)) budget.whole = false
}

function looksExecutable(fd: number): boolean {
  const head = Buffer.alloc(4)
  readSync(fd, head, 0, 4, 0)
  return head.toString('latin1') === '\x7fELF' || head.toString('latin1', 0, 2) === '#!'
}

function kindOf(place: string): 'folder' | 'file' | undefined {
  try {
    const stat = lstatSync(place)
    return stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : undefined
  } catch {
    return undefined
  }
}

function open(place: string, more: number): number | undefined {
  try {
    return openSync(place, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | more)
  } catch {
    return undefined
  }
}
