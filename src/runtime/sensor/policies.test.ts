import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listedKey } from './layout.ts'
import { pathKeyOf } from './policies.ts'

const id = 'ab'.repeat(32)

test('a path stands for itself, a start for all that begin so', () => {
  const whole = pathKeyOf(id, '/a/b')
  const start = pathKeyOf(id, '/a/b*')
  assert.equal(whole.toString('latin1', listedKey.path, listedKey.path + 6), '/a/b\0\0')
  assert.equal(whole.toString('latin1', listedKey.container, listedKey.container + 16), id.slice(0, 16))
  assert.equal(whole.readUInt32LE(listedKey.bits), 8 * (16 + 5))
  assert.equal(start.readUInt32LE(listedKey.bits), 8 * (16 + 4))
})

test('a file of memory alone stands for its name', () => {
  const key = pathKeyOf(id, 'memfd:jit')
  assert.equal(key.toString('latin1', listedKey.path, listedKey.path + 10), 'memfd:jit\0')
})

for (const path of ['a', '/*', '*', '', 'memfd:', 'memfd:*', `/${'x'.repeat(250)}`])
  test(`not listed: ${path.slice(0, 20)}`, () => assert.throws(() => pathKeyOf(id, path)))
