import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Bytes with random access: a file or a buffer. */
export interface Source {
  size: number
  /** Up to `length` bytes from `offset`; shorter only at the end. */
  read(offset: number, length: number): Uint8Array
  close(): void
}

export function fileSource(path: string): Source {
  const fd = openSync(path, 'r')
  return {
    size: fstatSync(fd).size,
    read(offset, length) {
      // Not from the shared pool: a slice of it that someone keeps would keep it all.
      const buffer = Buffer.allocUnsafeSlow(Math.max(0, length))
      let filled = 0
      while (filled < length) {
        const got = readSync(fd, buffer, filled, length - filled, offset + filled)
        if (got === 0) break
        filled += got
      }
      return buffer.subarray(0, filled)
    },
    close: () => closeSync(fd),
  }
}

export function bufferSource(bytes: Uint8Array): Source {
  return {
    size: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
    close: () => {},
  }
}
