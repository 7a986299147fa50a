import assert from 'node:assert/strict'
import { closeSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { Blob } from '../blob.ts'
import { openUnlinked } from '../content.ts'
import type { Decoder, PieceReader } from './decoder.ts'
import { isalWorks, openIsal } from './isal.ts'
import { compressionOf, openDecoder } from './open.ts'
import { openStream } from './stream.ts'
import { handleWorks, openHandle } from './zlib-handle.ts'

type Inner = Omit<Decoder, 'consumed'>

/** 3 MB of which no two parts are alike, that compress to about a third. */
const plain = Buffer.alloc(3_000_000)
for (let i = 0, seed = 7; i < plain.length; i++) {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
  plain[i] = 97 + ((seed >> 16) % (1 + (i >> 18)))
}
const gzip = gzipSync(plain)
const zstd = zstdCompressSync(plain)

const engines: Record<string, { open: (read: PieceReader) => Inner; stored: Buffer; skip?: string }> = {
  'zlib handle, gzip': { open: read => openHandle('gzip', read), stored: gzip },
  'zlib handle, zstd': { open: read => openHandle('zstd', read), stored: zstd },
  'public stream, gzip': { open: read => openStream('gzip', read), stored: gzip },
  'public stream, zstd': { open: read => openStream('zstd', read), stored: zstd },
  'ISA-L': { open: openIsal, stored: gzip, ...(!isalWorks() && { skip: 'needs libisal2' }) },
}

async function decode(
  open: (read: PieceReader) => Inner,
  stored: Buffer,
  pieceSize = 65_536,
): Promise<{ bytes: Buffer; problem: string | undefined }> {
  const buffer = Buffer.alloc(pieceSize)
  let at = 0
  const decoder = open(() => {
    const length = stored.copy(buffer, 0, at, at + pieceSize)
    at += length
    return buffer.subarray(0, length)
  })
  const pieces: Buffer[] = []
  for (let piece = await decoder.next(); piece !== undefined; piece = await decoder.next())
    pieces.push(Buffer.from(piece))
  const problem = decoder.problem?.code
  decoder.close()
  return { bytes: Buffer.concat(pieces), problem }
}

test('this Node has the handle that the fast way needs', () => assert.ok(handleWorks()))

for (const [name, { open, stored, skip }] of Object.entries(engines)) {
  test(`${name}: whole, in small pieces, two members`, { skip }, async () => {
    for (const size of [1_000_000, 4096, 333]) {
      const { bytes, problem } = await decode(open, stored, size)
      assert.equal(problem, undefined)
      assert.ok(bytes.equals(plain))
    }
    // Node's public zstd stream cannot: it says so.
    if (open === engines['public stream, zstd']!.open) return
    const twice = await decode(open, Buffer.concat([stored, stored]))
    assert.equal(twice.problem, undefined)
    assert.ok(twice.bytes.equals(Buffer.concat([plain, plain])))
  })

  test(`${name}: cut at every seventh is truncated, and what came before is right`, { skip }, async () => {
    for (let part = 0; part < 7; part++) {
      const cut = Math.max(6, Math.floor((stored.length * part) / 7))
      const { bytes, problem } = await decode(open, stored.subarray(0, cut))
      assert.equal(problem, 'truncated', `at ${cut}`)
      assert.ok(bytes.equals(plain.subarray(0, bytes.length)))
    }
    assert.equal((await decode(open, stored.subarray(0, -1))).problem, 'truncated')
  })

  test(`${name}: junk behind the end is refused`, { skip }, async () => {
    const { problem } = await decode(open, Buffer.concat([stored, Buffer.from('not a member at all')]))
    assert.equal(problem, 'malformed')
  })

  if (stored !== gzip) continue
  test(`${name}: a wrong checksum or length is found`, { skip }, async () => {
    for (const back of [8, 4]) {
      const copy = Buffer.from(stored)
      copy[copy.length - back]! ^= 1
      assert.equal((await decode(open, copy)).problem, 'malformed')
    }
  })

  test(`${name}: zeros behind the end are padding`, { skip }, async () => {
    const { bytes, problem } = await decode(open, Buffer.concat([stored, Buffer.alloc(100_000)]))
    assert.equal(problem, undefined)
    assert.equal(bytes.length, plain.length)
  })

  test(`${name}: flipped bytes end in a problem, never in a crash`, { skip }, async () => {
    for (let i = 0; i < 40; i++) {
      const copy = Buffer.from(stored)
      copy[10 + Math.floor(((stored.length - 20) * i) / 40)]! ^= 1 << (i % 8)
      assert.notEqual((await decode(open, copy)).problem, undefined)
    }
  })
}

const magic: Record<string, [number[], string]> = {
  gzip: [[0x1f, 0x8b, 8], 'gzip'],
  zstd: [[0x28, 0xb5, 0x2f, 0xfd], 'zstd'],
  'a skippable zstd frame': [[0x5e, 0x2a, 0x4d, 0x18], 'zstd'],
  xz: [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xz'],
  bzip2: [[0x42, 0x5a, 0x68, 0x39], 'bzip2'],
  text: [[0x61, 0x62], 'plain'],
  nothing: [[], 'plain'],
}

for (const [name, [bytes, expected]] of Object.entries(magic)) {
  test(`${name} is known by its first bytes`, () => assert.equal(compressionOf(Uint8Array.from(bytes)), expected))
}

test('a blob is read from where it stands, and one that its file does not reach is truncated', async () => {
  const fd = openUnlinked(tmpdir())
  writeSync(fd, Buffer.concat([Buffer.from('before'), gzip, Buffer.from('behind')]))
  assert.deepEqual(await total({ fd, offset: 6, size: gzip.length }), [plain.length, undefined, gzip.length])
  assert.deepEqual((await total({ fd, offset: 6 + gzip.length, size: 100 }))[1], 'truncated')
  closeSync(fd)
})

test('xz is refused by name', () => {
  const fd = openUnlinked(tmpdir())
  writeSync(fd, Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]))
  const decoder = openDecoder({ fd, offset: 0, size: 6 })
  assert.equal(decoder.next(), undefined)
  assert.equal(decoder.problem?.code, 'unsupported')
  closeSync(fd)
})

async function total(blob: Blob): Promise<[number, string | undefined, number]> {
  const decoder = openDecoder(blob)
  let bytes = 0
  for (let piece = await decoder.next(); piece !== undefined; piece = await decoder.next()) bytes += piece.length
  decoder.close()
  return [bytes, decoder.problem?.code, decoder.consumed]
}
