import { readSync, writeSync } from 'node:fs'

/**
 * Which file the worker is parsing, in a file that both processes hold open: it is still there when the worker hangs or is dead.
 * Layout: a byte (1 while parsing), a counter (32 bit), the path's length (32 bit), the path.
 */
const headBytes = 9
const maxPathBytes = 4096

export interface CurrentFile {
  path: string
  /** Grows with every file: the same number twice is the same file. */
  count: number
}

/**
 * For the worker. Costs a system call at the begin of each file, and one for the last end before each turn of the event loop, which readers take every few
 * milliseconds: until then a death would be blamed on the file before it.
 */
export function currentFileWriter(fd: number): { begin(path: string): void; end(): void } {
  const buffer = Buffer.alloc(headBytes + maxPathBytes)
  const idle = Buffer.alloc(1)
  let count = 0
  let parsing = false
  let planned = false
  const settle = (): void => {
    planned = false
    if (!parsing) writeSync(fd, idle, 0, 1, 0)
  }
  return {
    begin(path) {
      parsing = true
      const length = buffer.write(path, headBytes, maxPathBytes)
      buffer[0] = 1
      buffer.writeUInt32LE(++count >>> 0, 1)
      buffer.writeUInt32LE(length, 5)
      writeSync(fd, buffer, 0, headBytes + length, 0)
    },
    end() {
      parsing = false
      if (!planned) setImmediate(settle)
      planned = true
    },
  }
}

/** For the parent: the file being parsed, if one is. */
export function readCurrentFile(fd: number): CurrentFile | undefined {
  const buffer = Buffer.alloc(headBytes + maxPathBytes)
  const read = readSync(fd, buffer, 0, buffer.length, 0)
  if (read < headBytes || buffer[0] !== 1) return undefined
  const length = Math.min(buffer.readUInt32LE(5), maxPathBytes)
  return { path: buffer.toString('utf8', headBytes, headBytes + length), count: buffer.readUInt32LE(1) }
}
