import { readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'
import { crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** File: this, CRC-32 (big-endian) of the rest, length of v8's serialisation (big-endian), its zstd. */
const magic = Buffer.from('JNF2')
const headBytes = 12
const maxPlainBytes = 1024 * 1024 * 1024

/** Undefined when it is not there or is damaged; a damaged one is removed. What is read counts as used. */
export function readEntry(file: string): unknown {
  try {
    const data = readFileSync(file)
    if (!data.subarray(0, 4).equals(magic)) throw new Error('no magic')
    if (crc32(data.subarray(8)) !== data.readUInt32BE(4)) throw new Error('checksum differs')
    const facts = deserialize(decompress(data.subarray(headBytes), data.readUInt32BE(8)))
    const now = new Date()
    utimesSync(file, now, now)
    return facts
  } catch (error) {
    // Damaged or from another version of v8: as good as absent, and in the way.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') removeQuietly(file)
    return undefined
  }
}

/**
 * A cache that cannot be written (disk full, read-only, facts too long for a string) slows the next scan down and harms nothing. Facts may be given by a
 * function that makes them.
 */
export function writeEntry(file: string, facts: unknown): void {
  const temporary = `${file}.${process.pid}.tmp`
  try {
    const plain = serialize(typeof facts === 'function' ? facts() : facts)
    if (plain.length > maxPlainBytes) return
    const body = zstdCompressSync(plain)
    const head = Buffer.alloc(headBytes)
    magic.copy(head)
    head.writeUInt32BE(plain.length, 8)
    head.writeUInt32BE(crc32(body, crc32(head.subarray(8))), 4)
    writeFileSync(temporary, Buffer.concat([head, body]), { mode: 0o600 })
    renameSync(temporary, file)
  } catch {
    removeQuietly(temporary)
  }
}

/** Into one piece of memory: by itself zlib takes pieces of 16 KiB and copies them together. */
function decompress(body: Buffer, bytes: number): Buffer {
  if (bytes > maxPlainBytes) throw new Error('too long')
  // One byte more, or zlib would take another piece to see that nothing comes.
  return zstdDecompressSync(body, { chunkSize: Math.max(64, bytes + 1), maxOutputLength: bytes + 1 })
}

export function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {}
}
