import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ByteReader, ByteWriter, hashKey, hashRest, hashStart } from './bytes.ts'
import { decodeAlone, encodeAlone } from './record.ts'

const ids = fc.oneof(
  fc.tuple(fc.integer({ min: 1990, max: 2060 }), fc.integer({ min: 1, max: 999_999 })).map(([year, number]) => {
    return `CVE-${year}-${String(number).padStart(4, '0')}`
  }),
  fc.constantFrom('CVE-2024-0001', 'CVE-2024-000012', 'CVE-1990-1234', 'GHSA-2345-cfgh-jmpq', ''),
  fc.string({ unit: 'binary-ascii', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 15 }),
)
const interval = fc.record({ introduced: ids, fixed: ids, lastAffected: ids }, { requiredKeys: [] })

test('a record comes back with texts of every kind and length', () => {
  fc.assert(
    fc.property(
      ids,
      fc.array(ids, { maxLength: 4 }),
      fc.array(interval, { maxLength: 4 }),
      (id, aliases, intervals) => {
        const record = { id, source: 's', aliases, status: 'fixed' as const, intervals }
        assert.deepEqual(decodeAlone(Buffer.from(encodeAlone(record))), JSON.parse(JSON.stringify(record)))
      },
    ),
  )
})

test('short texts are read where they stand, and none beyond the end', () => {
  const out = new ByteWriter()
  for (const text of ['before', 'a', '', 'twelve chars', 'thirteen char', 'after']) out.raw(Buffer.from(text))
  const input = new ByteReader(out.bytes(), 'before'.length, out.length - 'after'.length)
  assert.deepEqual(
    [1, 0, 12, 13].map(length => input.ascii(length)),
    ['a', '', 'twelve chars', 'thirteen char'],
  )
  assert.throws(() => input.ascii(1), { code: 'database_corrupt' })
})

test('a hash begun is the hash of the whole', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (beginning, rest) => {
      assert.deepEqual(hashRest(hashStart(beginning), rest), hashKey(beginning + rest))
    }),
  )
})
