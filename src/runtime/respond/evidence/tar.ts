import { createHash } from 'node:crypto'
import { closeSync, fchmodSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { JennerError } from '../../../base/errors.ts'

/** What the manifest says of each member. */
export interface Member {
  name: string
  size: number
  sha256: string
  /** Where it came from inside the container, for copies of files. */
  path?: string
  [more: string]: unknown
}

export interface TarWriter {
  addText(name: string, text: string, more?: Record<string, unknown>): void
  /** Copies `size` bytes of an open file; what it lacks (it shrank meanwhile) is filled with zeros and said. */
  addFile(name: string, fd: number, size: number, more?: Record<string, unknown>): void
  members: Member[]
  /** Writes `manifest.json` as the last member, and gives the file its name. Answers its path. */
  finish(manifest: Record<string, unknown>): string
  abandon(): void
}

const block = 512

/** A new ustar archive (POSIX 1003.1), readable by its owner alone, that appears under its name only when it is whole. */
export function createTar(file: string, now = new Date()): TarWriter {
  const draft = `${file}.part`
  const out = openNew(draft)
  const members: Member[] = []
  const header = (name: string, size: number): void => write(out, headerOf(name, size, now), file)
  const pad = (size: number): void => write(out, Buffer.alloc((block - (size % block)) % block), file)
  const addText = (name: string, text: string, more: Record<string, unknown> = {}): void => {
    const bytes = Buffer.from(text)
    header(name, bytes.length)
    write(out, bytes, file)
    pad(bytes.length)
    members.push({ name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), ...more })
  }
  return {
    members,
    addText,
    addFile(name, fd, size, more = {}) {
      header(name, size)
      const { sha256, missing } = copy(fd, out, size, file)
      pad(size)
      members.push({ name, size, sha256, ...more, ...(missing > 0 ? { shrankBy: missing } : {}) })
    },
    finish(manifest) {
      addText('manifest.json', `${JSON.stringify({ ...manifest, members: [...members] }, null, 2)}\n`)
      write(out, Buffer.alloc(2 * block), file)
      fsyncSync(out)
      closeSync(out)
      renameSync(draft, file)
      return file
    },
    abandon() {
      closeSync(out)
      rmSync(draft, { force: true })
    },
  }
}

function openNew(file: string): number {
  try {
    const fd = openSync(file, 'wx', 0o600)
    fchmodSync(fd, 0o600)
    return fd
  } catch (error) {
    throw new JennerError('output_unwritable', `${file} (${(error as NodeJS.ErrnoException).code})`, error)
  }
}

function copy(from: number, to: number, size: number, file: string): { sha256: string; missing: number } {
  const hash = createHash('sha256')
  const buffer = Buffer.alloc(1 << 18)
  let done = 0
  let missing = 0
  while (done < size) {
    const wanted = Math.min(buffer.length, size - done)
    const got = missing > 0 ? 0 : readSync(from, buffer, 0, wanted, done)
    const length = got > 0 ? got : wanted
    if (got <= 0) {
      buffer.fill(0)
      missing += wanted
    }
    const piece = buffer.subarray(0, length)
    hash.update(piece)
    write(to, piece, file)
    done += length
  }
  return { sha256: hash.digest('hex'), missing }
}

function write(fd: number, bytes: Buffer, file: string): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at)
  } catch (error) {
    throw new JennerError('output_unwritable', `${file} (${(error as NodeJS.ErrnoException).code})`, error)
  }
}

/** name[100] mode[8] uid[8] gid[8] size[12] mtime[12] chksum[8] typeflag[1] linkname[100] magic[6] version[2] … */
function headerOf(name: string, size: number, now: Date): Buffer {
  const header = Buffer.alloc(block)
  if (Buffer.byteLength(name) > 100) throw new JennerError('internal', `a name too long for ustar: ${name}`)
  header.write(name, 0)
  header.write('0000600\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write(
    `${Math.floor(now.getTime() / 1000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
  )
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}
