import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { JennerError } from '../../base/errors.ts'
import { MiB } from '../../base/limits.ts'
import type { ContentFile, FileEntry } from '../../base/model/ecosystem.ts'
import type { EntrySink } from '../../base/model/visitor.ts'

/** What `bytes()` gives at most when nobody says otherwise. */
export const defaultMaxBytes = 64 * MiB
/** Files above this go to disk while they are collected. */
export const spillBytes = 32 * MiB

/** A file whose bytes stand in memory. They are not copied. */
export function memoryFile(entry: FileEntry, data: Uint8Array, maxBytes = defaultMaxBytes): ContentFile {
  const bytes = (): Uint8Array => withinLimit(entry, data.length, maxBytes) && data
  return {
    path: entry.path,
    mode: entry.mode,
    size: data.length,
    read: (offset, length) => data.subarray(offset, offset + length),
    bytes,
    text: () => decodeText(bytes()),
  }
}

/** Memory that is used again for each file, or part of one, in turn. */
interface Scratch {
  buffer: Buffer
}

/** Of files that no collector gathered. */
const common: Scratch = { buffer: Buffer.alloc(0) }

/** A file behind an open descriptor, from `start` on, `entry.size` bytes long. The descriptor stays the caller's. What `read` gave is valid until the next `read` of any file. */
export function fdFile(
  entry: FileEntry,
  fd: number,
  start = 0,
  maxBytes = defaultMaxBytes,
  scratch: Scratch = common,
): ContentFile {
  const bytes = (): Uint8Array => {
    withinLimit(entry, entry.size, maxBytes)
    return readAt(fd, start, Buffer.allocUnsafeSlow(entry.size))
  }
  return {
    path: entry.path,
    mode: entry.mode,
    size: entry.size,
    read: (offset, length) => {
      const wanted = Math.max(0, Math.min(length, entry.size - offset))
      return readAt(fd, start + offset, room(scratch, wanted).subarray(0, wanted))
    },
    bytes,
    text: () => decodeText(bytes()),
  }
}

/**
 * Bytes as text: UTF-8 with invalid bytes replaced. A byte order mark decides (UTF-8, UTF-16 little and big endian) and is not part of the text.
 * Encoding Standard, "decode": https://encoding.spec.whatwg.org/#decode
 */
export function decodeText(data: Uint8Array): string {
  if (data[0] === 0xff && data[1] === 0xfe) return new TextDecoder('utf-16le').decode(data)
  if (data[0] === 0xfe && data[1] === 0xff) return new TextDecoder('utf-16be').decode(data)
  const start = data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf ? 3 : 0
  return Buffer.from(data.buffer, data.byteOffset + start, data.byteLength - start).toString('utf8')
}

/** Gathers the files of one reading, one after the other, in one buffer that is used again. */
export interface Collector {
  /**
   * A sink that gathers `entry` and hands it to `done` when it has ended (not when it broke off: see `onBroken`).
   * The file is valid only during `done`. Above 32 MiB it stands in an unlinked temporary file.
   */
  sink(entry: FileEntry, done: (file: ContentFile) => void, options?: CollectOptions): EntrySink
}

export interface CollectOptions {
  /** Limit of `bytes()`. Default 64 MiB. */
  maxBytes?: number
  /** Called instead of `done` when the stream broke inside the file, with the bytes that came. */
  onBroken?: (received: number) => void
}

export function createCollector(folder: string = tmpdir()): Collector {
  const state: Gathering = { folder, buffer: Buffer.alloc(0) }
  return {
    sink: (entry, done, options = {}) =>
      entry.size > spillBytes ? spillSink(state, entry, done, options) : memorySink(state, entry, done, options),
  }
}

interface Gathering extends Scratch {
  folder: string
}

function memorySink(
  state: Gathering,
  entry: FileEntry,
  done: (file: ContentFile) => void,
  options: CollectOptions,
): EntrySink {
  let length = 0
  let whole: Uint8Array | undefined
  return {
    write(chunk) {
      // The reader keeps a chunk valid until `end`, so a file that comes in one piece needs no copy.
      if (chunk.length === entry.size) whole = chunk
      else room(state, entry.size).set(chunk, length)
      length += chunk.length
    },
    end(complete) {
      if (!complete) return options.onBroken?.(length)
      done(memoryFile(entry, whole ?? state.buffer.subarray(0, length), options.maxBytes))
    },
  }
}

/**
 * The buffer, at least `size` long. It grows in two steps at most: memory that was not written to costs nothing, while each buffer given up for a larger one
 * stays until the next collection of garbage.
 */
function room(scratch: Scratch, size: number): Buffer {
  if (scratch.buffer.length < size)
    scratch.buffer = Buffer.allocUnsafeSlow(size <= MiB ? MiB : Math.max(size, spillBytes))
  return scratch.buffer
}

function spillSink(
  state: Gathering,
  entry: FileEntry,
  done: (file: ContentFile) => void,
  options: CollectOptions,
): EntrySink {
  const fd = openUnlinked(state.folder)
  let length = 0
  return {
    write(chunk) {
      for (let at = 0; at < chunk.length; ) at += writeSync(fd, chunk, at, chunk.length - at, length + at)
      length += chunk.length
    },
    end(complete) {
      try {
        if (!complete) return options.onBroken?.(length)
        done(fdFile({ ...entry, size: length }, fd, 0, options.maxBytes, state))
      } finally {
        closeSync(fd)
      }
    },
  }
}

let counter = 0

/** A new file that has no name any more: it is gone when its descriptor is, however the process ends. Throws output_unwritable. */
export function openUnlinked(folder: string): number {
  const path = join(folder, `.jenner-${process.pid}-${Date.now().toString(36)}-${counter++}`)
  try {
    const fd = openSync(path, 'wx+', 0o600)
    unlinkSync(path)
    return fd
  } catch (error) {
    throw new JennerError('output_unwritable', folder, error)
  }
}

/** Fills the buffer as far as the file goes. */
function readAt(fd: number, start: number, buffer: Buffer): Uint8Array {
  let done = 0
  while (done < buffer.length) {
    const read = readSync(fd, buffer, done, buffer.length - done, start + done)
    if (read === 0) break
    done += read
  }
  return buffer.subarray(0, done)
}

function withinLimit(entry: FileEntry, size: number, maxBytes: number): true {
  if (size <= maxBytes) return true
  throw new JennerError('limit_exceeded', `${entry.path}: ${size} bytes, at most ${maxBytes}`)
}
