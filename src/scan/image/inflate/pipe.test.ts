import assert from 'node:assert/strict'
import { closeSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { after, test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { Blob } from '../blob.ts'
import { openUnlinked } from '../content.ts'
import { createInflater } from './pipe.ts'

/** 12 MB: several times what the ring holds. */
const plain = Buffer.alloc(12_000_000)
for (let i = 0, seed = 7; i < plain.length; i++) {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
  plain[i] = 97 + ((seed >> 16) % 20)
}
const stored = { gzip: gzipSync(plain, { level: 1 }), zstd: zstdCompressSync(plain) }
const opened: number[] = []
after(() => opened.forEach(closeSync))

function blobOf(data: Buffer): Blob {
  const fd = openUnlinked(tmpdir())
  opened.push(fd)
  for (let at = 0; at < data.length; ) at += writeSync(fd, data, at)
  return { fd, offset: 0, size: data.length }
}

async function drain(
  inflater: ReturnType<typeof createInflater>,
  blob: Blob,
  slow = false,
): Promise<{ bytes: Buffer; problem?: string; consumed: number }> {
  const decoder = inflater.open(blob)
  const pieces: Buffer[] = []
  for (let piece = await decoder.next(); piece !== undefined; piece = await decoder.next()) {
    pieces.push(Buffer.from(piece))
    if (slow) await new Promise(resolve => setTimeout(resolve, 2))
  }
  const { problem, consumed } = decoder
  await decoder.close()
  return { bytes: Buffer.concat(pieces), problem: problem?.code, consumed }
}

for (const [method, data] of Object.entries(stored)) {
  test(`${method} inflated in another thread, one blob after the other, by a fast and a slow reader`, async () => {
    const inflater = createInflater({ pipeFrom: 0 })
    for (const slow of [false, true]) {
      const { bytes, problem, consumed } = await drain(inflater, blobOf(data), slow)
      assert.equal(problem, undefined)
      assert.equal(consumed, data.length)
      assert.ok(bytes.equals(plain))
    }
    await inflater.close()
  })

  test(`${method} cut or damaged: the same problems as in this thread`, async () => {
    const inflater = createInflater({ pipeFrom: 0 })
    const cut = await drain(inflater, blobOf(data.subarray(0, data.length >> 1)))
    assert.equal(cut.problem, 'truncated')
    assert.ok(cut.bytes.length > 0 && cut.bytes.equals(plain.subarray(0, cut.bytes.length)))
    assert.equal(
      (await drain(inflater, blobOf(Buffer.concat([data, Buffer.from('something else')])))).problem,
      'malformed',
    )
    assert.equal((await drain(inflater, blobOf(data))).problem, undefined)
    await inflater.close()
  })
}

test('a reader that stops early can go on with the next blob', async () => {
  const inflater = createInflater({ pipeFrom: 0 })
  for (let i = 0; i < 5; i++) {
    const decoder = inflater.open(blobOf(stored.gzip))
    assert.ok((await decoder.next())!.length > 0)
    await decoder.close()
  }
  assert.ok((await drain(inflater, blobOf(stored.zstd))).bytes.equals(plain))
  await inflater.close()
})

test('a second reading at the same time is inflated in this thread', async () => {
  const inflater = createInflater({ pipeFrom: 0 })
  const both = await Promise.all([drain(inflater, blobOf(stored.gzip)), drain(inflater, blobOf(stored.zstd))])
  assert.ok(both.every(({ bytes }) => bytes.equals(plain)))
  await inflater.close()
})

test('a thread that dies is a problem, not a wait without end', async () => {
  const inflater = createInflater({ pipeFrom: 0 })
  const decoder = inflater.open(blobOf(stored.gzip))
  await decoder.next()
  await inflater.close()
  let piece: Buffer | undefined
  do piece = await decoder.next()
  while (piece !== undefined)
  assert.equal(decoder.problem?.code, 'worker_died')
  await decoder.close()
})

test('plain bytes need no thread', async () => {
  const inflater = createInflater({ pipeFrom: 0 })
  assert.ok((await drain(inflater, blobOf(plain))).bytes.equals(plain))
  await inflater.close()
})
