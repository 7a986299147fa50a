import assert from 'node:assert/strict'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadNative } from './libbpf.ts'
import { Ring } from './ring.ts'

const page = 4096
const size = page
const skip = attempt(loadNative) === undefined && 'needs libbpf.so.1'

/** A file laid out as the kernel lays out a ring: our page, its page, the data. */
function openRing(folder: string) {
  const fd = openSync(join(folder, 'ring'), 'w+')
  writeSync(fd, Buffer.alloc(2 * page + size))
  let end = 0
  return {
    ring: new Ring(loadNative(), fd, size),
    put(bytes: Buffer, flags = 0): void {
      const head = Buffer.alloc(8)
      head.writeUInt32LE((bytes.length | flags) >>> 0)
      for (const byte of [...head, ...bytes]) writeSync(fd, Buffer.from([byte]), 0, 1, 2 * page + (end++ % size))
      end = (end + 7) & ~7
      const position = Buffer.alloc(8)
      position.writeBigUInt64LE(BigInt(end))
      writeSync(fd, position, 0, 8, page)
    },
    close: () => closeSync(fd),
  }
}

test('records are read whole, those too that go on at the beginning', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-ring-'))
  const { ring, put, close } = openRing(folder)
  try {
    let wrapped = 0
    for (let round = 0; round < 60; round++) {
      // Lengths that are no multiples of eight, and one in between that the kernel took back.
      const records = [37, 300, 8].map(length => Buffer.alloc(length, round + length))
      records[1]!.write('begin')
      records[1]!.write('end', 297)
      put(records[0]!)
      put(Buffer.alloc(64), 0x40000000)
      put(records[1]!)
      put(records[2]!)
      ring.look()
      for (const record of records) {
        const start = ring.next()
        assert.ok(start >= 0)
        assert.equal(ring.next(), start)
        assert.deepEqual(Buffer.from(ring.data.subarray(start, start + ring.length)), record)
        if (ring.data.length < size) wrapped++
        ring.skip()
      }
      assert.equal(ring.next(), -1)
      ring.publish()
    }
    assert.ok(wrapped > 0)
    // A record that is still written ends the reading.
    put(Buffer.alloc(16), 0x80000000)
    ring.look()
    assert.equal(ring.next(), -1)
  } finally {
    ring.close()
    close()
    rmSync(folder, { recursive: true, force: true })
  }
})

function attempt<T>(take: () => T): T | undefined {
  try {
    return take()
  } catch {
    return undefined
  }
}
