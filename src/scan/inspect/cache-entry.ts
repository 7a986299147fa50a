import { readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'
import { crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** File: this, CRC-32 (big-endian) of the rest, zstd of v8's serialisation. */
const magic = Buffer.from('JNF1')
const maxPlainBytes = 1024 * 1024 * 1024

/** Undefined when it is not there or is damaged; a damaged one is removed. What is read counts as used. */
export function readEntry(file: string): unknown {
  try {
    const data = readFileSync(file)
    if (!data.subarray(0, 4).equals(magic)) throw new Error('no magic')
    const body = data.subarray(8)
    if (crc32(body) !== data.readUInt32BE(4)) throw new Error('checksum differs')
    const facts = deserialize(zstdDecompressSync(body, { maxOutputLength: maxPlainBytes }))
    const now = new Date()
    utimesSync(file, now, now)
    return facts
  } catch (error) {
    // Damaged or from another version of v8: as good as absent, and in the way.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') removeQuietly(file)
    return undefined
  }
}

/** A cache that cannot be written (disk full, read-only) slows the next scan down and harms nothing. */
export function writeEntry(file: string, facts: unknown): void {
  const temporary = `${file}.${process.pid}.tmp`
  try {
    const body = zstdCompressSync(serialize(facts))
    const head = Buffer.alloc(8)
    magic.copy(head)
    head.writeUInt32BE(crc32(body), 4)
    writeFileSync(temporary, Buffer.concat([head, body]), { mode: 0o600 })
    renameSync(temporary, file)
  } catch {
    removeQuietly(temporary)
  }
}

export function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {}
}
