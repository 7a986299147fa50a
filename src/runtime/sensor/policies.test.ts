import assert from 'node:assert/strict'
import { test } from 'node:test'
import { group, listedKey } from './layout.ts'
import type { Native } from './libbpf.ts'
import { createPolicies, pathKeyOf } from './policies.ts'

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

test('a policy that was set while the kernel met a cgroup holds in it all the same', () => {
  const maps = new Map<number, Map<string, Buffer>>()
  const mapOf = (fd: number) => maps.get(fd) ?? maps.set(fd, new Map()).get(fd)!
  const native: Partial<Native> = {
    lookup: (fd, key, value) => (mapOf(fd).get(key.toString('hex'))?.copy(value) === undefined ? -1 : 0),
    update: (fd, key, value) => Number(mapOf(fd).set(key.toString('hex'), Buffer.from(value)).size < 0),
    remove: (fd, key) => Number(!mapOf(fd).delete(key.toString('hex'))),
  }
  const policies = createPolicies(native as Native, name => (name === 'groups' ? 1 : 2))
  const cgroup = Buffer.alloc(8)
  cgroup.writeBigUInt64LE(77n)
  mapOf(1).set(cgroup.toString('hex'), Buffer.alloc(group.size_))
  const policyNow = () => mapOf(1).get(cgroup.toString('hex'))!.readUInt32LE(group.policy)
  policies.setPolicy(id, [], 'block', {})
  assert.equal(policyNow(), 0)
  policies.met('cd'.repeat(32), 77n)
  assert.equal(policyNow(), 0)
  policies.met(id, 77n)
  assert.equal(policyNow(), 2)
  policies.forgetPolicy(id)
  mapOf(1).set(cgroup.toString('hex'), Buffer.alloc(group.size_))
  policies.met(id, 77n)
  assert.equal(policyNow(), 0)
})
