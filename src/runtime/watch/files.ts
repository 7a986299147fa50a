import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** Puts a whole file in the place of another, for its owner alone, so that whoever reads finds the old or the new one. Throws what the file system throws. */
export function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.part`
  try {
    const fd = openSync(draft, 'w', 0o600)
    try {
      writeSync(fd, text)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** A regular file's text with the time it was changed (ms); undefined when there is none, or it is larger than `limit` bytes. */
export function readWhole(file: string, limit: number): { text: string; changed: number } | undefined {
  let fd: number | undefined
  try {
    fd = openSync(file, 'r')
    const { size, mtimeMs } = fstatSync(fd)
    return size > limit ? undefined : { text: readFileSync(fd, 'utf8'), changed: mtimeMs }
  } catch {
    return undefined
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}

/** The file of an image in a folder of the state: its digest's hex digits; other names, which could lead elsewhere, have none. */
export function imageFile(image: string): string | undefined {
  const found = /^(?:sha256:)?([0-9a-f]{16,128})$/.exec(image)
  return found ? `${found[1]}.json` : undefined
}
