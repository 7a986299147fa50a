import { closeSync, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { JennerError } from '../../../base/errors.ts'
import { ByteReader, ByteWriter, type Hash } from './bytes.ts'

const bucketCount = 64
const flushAt = 64 * 1024

/** A file that is only appended to, through a buffer. */
export class AppendFile {
  readonly path: string
  readonly fd: number
  length = 0
  private readonly buffer = Buffer.allocUnsafeSlow(flushAt)
  private waiting = 0

  constructor(path: string) {
    this.path = path
    // What vendors publish is no secret: a database that root made is for everybody.
    this.fd = openSync(path, 'w+', 0o644)
  }

  /** Copies the bytes and answers where they will stand. */
  append(bytes: Buffer): number {
    const at = this.length
    this.length += bytes.length
    if (this.waiting + bytes.length > flushAt) this.flush()
    if (bytes.length > flushAt) writeAll(this.fd, bytes)
    else this.waiting += bytes.copy(this.buffer, this.waiting)
    return at
  }

  flush(): void {
    writeAll(this.fd, this.buffer.subarray(0, this.waiting))
    this.waiting = 0
  }

  readAll(): Buffer {
    this.flush()
    const buffer = Buffer.allocUnsafe(fstatSync(this.fd).size)
    for (let at = 0; at < buffer.length; ) {
      const got = readSync(this.fd, buffer, at, buffer.length - at, at)
      if (got === 0) break
      at += got
    }
    return buffer
  }

  remove(): void {
    closeSync(this.fd)
    rmSync(this.path, { force: true })
  }
}

/** Throws JennerError output_unwritable, which ends the build: a full disk is no fault of the feed that was being read. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at)
  } catch (error) {
    throw new JennerError('output_unwritable', (error as Error).message, error)
  }
}

/** Hash of a key → payloads, spilled to 64 files by the hash, so that grouping needs the memory of one file only. */
export class Buckets {
  private readonly files: AppendFile[] = []
  private readonly out = new ByteWriter()

  constructor(prefix: string) {
    for (let i = 0; i < bucketCount; i++) this.files.push(new AppendFile(`${prefix}.${i}`))
  }

  /** `kind` is kept in front of the payload. */
  add(key: Hash, kind: number, payload: Buffer): void {
    this.out.clear()
    this.out.number(key.low)
    this.out.number(key.high)
    this.out.number(payload.length + 1)
    this.out.byte(kind)
    this.out.raw(payload)
    this.files[bucketOf(key)]?.append(this.out.view())
  }

  /** Each key once, in the order of `compareHashes`, with its different payloads in the order they came, the kind as their first byte. */
  *groups(): Generator<{ key: Hash; payloads: Buffer[] }> {
    for (const file of this.files) {
      const grouped = new Map<string, { key: Hash; payloads: Map<string, Buffer> }>()
      const input = new ByteReader(file.readAll())
      while (input.position < input.end) {
        const key = { low: input.number(), high: input.number() }
        const payload = input.raw(input.number())
        const name = `${key.low} ${key.high}`
        const group = grouped.get(name) ?? { key, payloads: new Map<string, Buffer>() }
        if (group.payloads.size === 0) grouped.set(name, group)
        group.payloads.set(payload.toString('latin1'), payload)
      }
      for (const { key, payloads } of [...grouped.values()].sort((a, b) => compareHashes(a.key, b.key)))
        yield { key, payloads: [...payloads.values()] }
    }
  }

  remove(): void {
    for (const file of this.files) file.remove()
  }
}

const bucketOf = ({ high }: Hash): number => Math.floor(high / (2 ** 32 / bucketCount))

/** The order in which a database file holds its values. */
export const compareHashes = (a: Hash, b: Hash): number => a.high - b.high || a.low - b.low
