import { closeSync, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { ByteReader, ByteWriter, hashKey } from './bytes.ts'

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
    this.fd = openSync(path, 'w+', 0o600)
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

export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at)
}

/** Key → payloads, spilled to 64 files by the key's hash, so that grouping needs the memory of one file only. */
export class Buckets {
  private readonly files: AppendFile[] = []
  private readonly out = new ByteWriter()

  constructor(prefix: string) {
    for (let i = 0; i < bucketCount; i++) this.files.push(new AppendFile(`${prefix}.${i}`))
  }

  add(key: string, payload: Buffer): void {
    this.out.clear()
    this.out.text(key)
    this.out.number(payload.length)
    this.out.raw(payload)
    this.files[hashKey(key).high % bucketCount]?.append(this.out.view())
  }

  /** Each key once, with its different payloads in the order they came. */
  *groups(): Generator<{ key: string; payloads: Buffer[] }> {
    for (const file of this.files) {
      const grouped = new Map<string, Map<string, Buffer>>()
      const input = new ByteReader(file.readAll())
      while (input.position < input.end) {
        const key = input.text()
        const payload = input.raw(input.number())
        const payloads = grouped.get(key) ?? new Map<string, Buffer>()
        payloads.set(payload.toString('latin1'), payload)
        grouped.set(key, payloads)
      }
      for (const key of [...grouped.keys()].sort()) yield { key, payloads: [...(grouped.get(key)?.values() ?? [])] }
    }
  }

  remove(): void {
    for (const file of this.files) file.remove()
  }
}
