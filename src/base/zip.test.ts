import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceOf } from './byte-source.ts'
import { JennerError } from './errors.ts'
import { listZip, readZipEntry } from './zip.ts'
import { zipOf } from './zip-testing.ts'

const content = { 'a.txt': 'alpha'.repeat(100), 'dir/b.bin': Buffer.from([1, 2, 3]) }
const wanted = 'the right bytes'

for (const stored of [false, true]) {
  test(`entries ${stored ? 'stored' : 'deflated'}`, () => assert.deepEqual(read(zipOf(content, { stored })), wanted))
}

test('bytes before the archive and a comment behind it', () => {
  const zip = zipOf(content)
  zip.writeUInt16LE(7, zip.length - 2)
  assert.deepEqual(read(Buffer.concat([Buffer.from('#!/bin/sh\nexec java\n'), zip, Buffer.from('comment')])), wanted)
})

test('Zip64: sizes and place in the extra field, number of entries in the record', () => {
  assert.deepEqual(read(asZip64(zipOf({ 'dir/b.bin': content['dir/b.bin'] }))), wanted)
})

test('entries that share bytes are refused', () => {
  const zip = zipOf({ 'a.txt': 'alpha', 'b.txt': 'alpha' })
  const second = zip.lastIndexOf('PK\x01\x02', undefined, 'latin1')
  zip.writeUInt32LE(0, second + 42)
  assert.throws(() => listZip(sourceOf(zip), () => true), /overlap/)
})

test('an entry that inflates to more than it states is refused, as is one above the limit', () => {
  const zip = zipOf({ 'a.txt': Buffer.alloc(100_000) })
  const source = sourceOf(zip)
  const [entry] = listZip(source, () => true)
  assert.throws(() => readZipEntry(source, { ...entry!, size: 10 }, 1000, { left: 1000 }), /does not inflate/)
  assert.throws(() => readZipEntry(source, entry!, 1000, { left: 1e9 }), { code: 'limit_exceeded' })
  assert.throws(() => readZipEntry(source, entry!, 1e9, { left: 99_999 }), { code: 'limit_exceeded' })
  const budget = { left: 150_000 }
  readZipEntry(source, entry!, 1e9, budget)
  assert.equal(budget.left, 50_000)
})

test('a checksum that differs is told', () => {
  const source = sourceOf(zipOf({ 'a.txt': 'alpha' }))
  const [entry] = listZip(source, () => true)
  assert.throws(() => readZipEntry(source, { ...entry!, crc: 1 }, 100, { left: 100 }), /checksum/)
})

test('every cut gives an error, never something shorter', () => {
  const zip = zipOf(content)
  for (let length = 0; length < zip.length; length++) {
    assert.throws(() => listZip(sourceOf(zip.subarray(0, length)), () => true), JennerError)
  }
})

function read(zip: Buffer): unknown {
  const source = sourceOf(zip)
  const entries = listZip(source, name => name === 'dir/b.bin')
  assert.equal(entries.length, 1)
  return readZipEntry(source, entries[0]!, 1000, { left: 1000 }).equals(content['dir/b.bin']) ? wanted : 'other bytes'
}

/** The same archive of one entry with its fields moved into Zip64 records. */
function asZip64(zip: Buffer): Buffer {
  const at = zip.indexOf('PK\x01\x02', 0, 'latin1')
  const central = Buffer.from(zip.subarray(at, zip.length - 22))
  const extra = Buffer.alloc(28)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(24, 2)
  extra.writeBigUInt64LE(BigInt(central.readUInt32LE(24)), 4)
  extra.writeBigUInt64LE(BigInt(central.readUInt32LE(20)), 12)
  extra.writeBigUInt64LE(0n, 20)
  for (const field of [20, 24, 42]) central.writeUInt32LE(0xffffffff, field)
  central.writeUInt16LE(extra.length, 30)
  const record = Buffer.alloc(56)
  record.write('PK\x06\x06', 0, 'latin1')
  record.writeBigUInt64LE(1n, 32)
  record.writeBigUInt64LE(BigInt(central.length + extra.length), 40)
  record.writeBigUInt64LE(BigInt(at), 48)
  const locator = Buffer.alloc(20)
  locator.write('PK\x06\x07', 0, 'latin1')
  locator.writeBigUInt64LE(BigInt(at + central.length + extra.length), 8)
  const end = Buffer.from(zip.subarray(-22))
  end.fill(0xff, 8, 20)
  return Buffer.concat([zip.subarray(0, at), central, extra, record, locator, end])
}
