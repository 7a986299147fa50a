/** A thread of its own: hashes files of containers, one at a time. */
import { createHash } from 'node:crypto'
import { type BigIntStats, closeSync, fstatSync, readSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { openPlace } from '../malware/open.ts'

/** Where a file may be opened, the best place first; `inode`: what it has to have where it is opened by a name, which may be another file's by now. */
export interface HashQuestion {
  id: number
  places: string[]
  inode: bigint
}

export type HashAnswer = { id: number; sha256: string } | { id: number; sha256?: undefined; why: string }

/** Of one file: larger ones would hold up all others. */
const limit = 512 * 2 ** 20
const piece = Buffer.allocUnsafe(1 << 18)
const mostKnown = 5000
const known = new Map<string, string>()

parentPort?.on('message', ({ id, places, inode }: HashQuestion) => {
  const answer = hashOf(places, inode)
  parentPort?.postMessage(answer.length === 64 ? { id, sha256: answer } : { id, why: answer })
})

/** The hash, or why there is none. A file that keeps its marks keeps its hash: the marks are asked of the file system, which knows of writes through mappings too. */
function hashOf(places: readonly string[], inode: bigint): string {
  const opened = openPlace(places, limit, 0)
  if ('none' in opened) return opened.none
  try {
    const stat = fstatSync(opened.fd, { bigint: true })
    if (stat.ino !== inode) return 'replaced meanwhile'
    const before = marksOf(stat)
    const found = known.get(before)
    if (found !== undefined) return found
    const sha256 = read(opened.fd)
    if (marksOf(fstatSync(opened.fd, { bigint: true })) !== before) return 'changed while it was read'
    if (known.size >= mostKnown) known.clear()
    known.set(before, sha256)
    return sha256
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unreadable'
  } finally {
    closeSync(opened.fd)
  }
}

function marksOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`
}

function read(fd: number): string {
  const hash = createHash('sha256')
  for (let at = 0; ; ) {
    const length = readSync(fd, piece, 0, piece.length, at)
    if (length === 0) return hash.digest('hex')
    hash.update(piece.subarray(0, length))
    at += length
  }
}
