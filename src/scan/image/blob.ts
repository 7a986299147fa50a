import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { JennerError } from '../../base/errors.ts'

/** A run of bytes inside an open file: one layer inside an archive, or a whole file. */
export interface Blob {
  fd: number
  offset: number
  size: number
}

/** Opens a regular file as one blob; the descriptor is the caller's to close with `closeBlob`. Throws target_unreadable. */
export function openBlob(path: string): Blob {
  try {
    const fd = openSync(path, 'r')
    const stat = fstatSync(fd)
    if (stat.isFile()) return { fd, offset: 0, size: stat.size }
    closeSync(fd)
  } catch (error) {
    throw new JennerError('target_unreadable', path, error)
  }
  throw new JennerError('target_unreadable', `${path} is not a regular file`)
}

export function closeBlob(blob: Blob): void {
  closeSync(blob.fd)
}

/** Fills `buffer` from `offset` of the blob as far as it reaches; returns how many bytes were read. */
export function readBlob(blob: Blob, buffer: Uint8Array, offset: number): number {
  const wanted = Math.min(buffer.length, blob.size - offset)
  let done = 0
  while (done < wanted) {
    const read = readSync(blob.fd, buffer, done, wanted - done, blob.offset + offset + done)
    if (read === 0) break
    done += read
  }
  return done
}

/** The blob's bytes, whole. Throws limit_exceeded above `limit` bytes, truncated when the file ends before. */
export function readWholeBlob(blob: Blob, limit: number, name: string): Buffer {
  if (blob.size > limit) throw new JennerError('limit_exceeded', `${name}: ${blob.size} bytes, at most ${limit}`)
  const buffer = Buffer.allocUnsafe(blob.size)
  if (readBlob(blob, buffer, 0) < blob.size) throw new JennerError('truncated', name)
  return buffer
}
