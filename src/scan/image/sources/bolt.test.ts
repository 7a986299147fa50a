import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JennerError } from '../../../base/errors.ts'
import { type BoltBucket, openBolt } from './bolt.ts'

const pageSize = 4096

/** A database as bbolt lays it out: two meta pages, a branch page over two leaves, a bucket in place and one with a page of its own. */
function database(): Buffer {
  const bytes = Buffer.alloc(pageSize * 7)
  meta(bytes, 0, 2, 7n)
  meta(bytes, 1, 2, 8n)
  branch(bytes, 2, [
    ['a', 3],
    ['m', 4],
  ])
  const inPlace = Buffer.alloc(16 + 200)
  leaf(inPlace.subarray(16), [{ key: 'digest', value: Buffer.from('sha256:aa') }])
  const apart = Buffer.alloc(16)
  apart.writeBigUInt64LE(5n, 0)
  leaf(page(bytes, 3), [
    { key: 'a', value: Buffer.from('1') },
    { key: 'images', value: inPlace, bucket: true },
  ])
  leaf(page(bytes, 4), [
    { key: 'm', value: Buffer.from('2') },
    { key: 'other', value: apart, bucket: true },
  ])
  leaf(page(bytes, 5), [{ key: 'far', value: Buffer.from('away') }])
  return bytes
}

function page(bytes: Buffer, number: number): Buffer {
  return bytes.subarray(number * pageSize, (number + 1) * pageSize)
}

function meta(bytes: Buffer, number: number, root: number, transaction: bigint): void {
  const body = page(bytes, number).subarray(16)
  body.writeUInt32LE(0xed0cdaed, 0)
  body.writeUInt32LE(2, 4)
  body.writeUInt32LE(pageSize, 8)
  body.writeBigUInt64LE(BigInt(root), 16)
  body.writeBigUInt64LE(transaction, 48)
  let hash = 0xcbf29ce484222325n
  for (const byte of body.subarray(0, 56)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn
  body.writeBigUInt64LE(hash, 56)
}

function branch(bytes: Buffer, number: number, children: [key: string, page: number][]): void {
  const at = page(bytes, number)
  at.writeUInt16LE(1, 8)
  at.writeUInt16LE(children.length, 10)
  let data = 16 + children.length * 16
  for (const [index, [key, child]] of children.entries()) {
    const element = 16 + index * 16
    at.writeUInt32LE(data - element, element)
    at.writeUInt32LE(key.length, element + 4)
    at.writeBigUInt64LE(BigInt(child), element + 8)
    data += at.write(key, data)
  }
}

function leaf(at: Buffer, items: { key: string; value: Buffer; bucket?: boolean }[]): void {
  at.writeUInt16LE(2, 8)
  at.writeUInt16LE(items.length, 10)
  let data = 16 + items.length * 16
  for (const [index, { key, value, bucket }] of items.entries()) {
    const element = 16 + index * 16
    at.writeUInt32LE(bucket ? 1 : 0, element)
    at.writeUInt32LE(data - element, element + 4)
    at.writeUInt32LE(key.length, element + 8)
    at.writeUInt32LE(value.length, element + 12)
    data += at.write(key, data)
    data += value.copy(at, data)
  }
}

test('values and buckets, in place and apart, below a branch', () => {
  const { root, transaction } = openBolt(database())
  assert.equal(transaction, 8n)
  assert.deepEqual(root.keys(), ['a', 'images', 'm', 'other'])
  assert.equal(root.get('a')?.toString(), '1')
  assert.equal(root.get('m')?.toString(), '2')
  assert.equal(root.get('images'), undefined)
  assert.equal(root.bucket('images')?.get('digest')?.toString(), 'sha256:aa')
  assert.equal(root.bucket('other')?.get('far')?.toString(), 'away')
  assert.deepEqual([root.get('none'), root.bucket('a'), root.get('')], [undefined, undefined, undefined])
})

test('one meta page is enough; the newer good one counts', () => {
  const bytes = database()
  bytes[pageSize + 20] = 99
  assert.equal(openBolt(bytes).transaction, 7n)
  bytes[20] = 99
  assert.throws(() => openBolt(bytes), { code: 'malformed' })
  assert.throws(() => openBolt(Buffer.alloc(0)), { code: 'malformed' })
})

test('a tree that leads round in circles ends', () => {
  const bytes = database()
  branch(bytes, 2, [
    ['a', 2],
    ['b', 2],
  ])
  const { root } = openBolt(bytes)
  assert.throws(() => root.keys(), JennerError)
  assert.throws(() => root.get('a'), JennerError)
})

test('flipped bytes are read or refused, never more', () => {
  let seed = 1
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed % below
  }
  const walk = (bucket: BoltBucket, depth: number): void => {
    for (const key of bucket.keys()) {
      bucket.get(key)
      const below = bucket.bucket(key)
      if (below && depth < 4) walk(below, depth + 1)
    }
  }
  for (let round = 0; round < 2000; round++) {
    const bytes = database()
    for (let flip = 0; flip < 4; flip++) bytes[2 * pageSize + (random(4) * pageSize + random(120))] = random(256)
    try {
      walk(openBolt(bytes).root, 0)
    } catch (error) {
      assert.ok(error instanceof JennerError, String(error))
    }
  }
})
