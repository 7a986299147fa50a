import assert from 'node:assert/strict'
import { test } from 'node:test'
import { someContainer } from '../../fields/testing.ts'
import {
  allowedBy,
  allowsDrift,
  createDriftList,
  exportDriftList,
  importDriftList,
  maxContents,
  maxDriftPaths,
  noteContent,
  noteDrift,
  patternOf,
} from './list.ts'
import { decideDrift, parseDriftPolicy } from './policy.ts'

const text = `
default: alert
containers:
  - names: ['shop-*']
    policy: block
    mounts:
      - { path: /data, policy: block }
      - { path: '/host/*', policy: observe }
  - images: ['registry.example/*']
    policy: observe
`

test('the first rule for a container counts; mounts are named by where they are seen', () => {
  const policy = parseDriftPolicy(text, 'drift.yaml')
  const shop = someContainer()
  assert.deepEqual(decideDrift(policy, shop), {
    mode: 'block',
    mounts: [
      { source: '/srv/data', path: '/data', policy: 'block' },
      { source: '/proc', path: '/host/proc', policy: 'observe' },
    ],
  })
  assert.equal(decideDrift(policy, { ...shop, name: 'other' }).mode, 'observe')
  assert.equal(decideDrift(policy, { ...shop, name: 'other', image: 'x', imageRepository: 'x' }).mode, 'alert')
  assert.deepEqual(decideDrift(parseDriftPolicy('', 'f'), shop), { mode: 'alert', mounts: [] })
})

for (const [what, wrong, named] of [
  ['an unknown key', 'defualt: alert', /defualt/],
  ['an unknown policy', 'default: kill', /observe, alert, block/],
  ['a rule for nobody', 'containers: [{ policy: block }]', /names or images/],
  ['no mapping', '- a', /mapping/],
  ['a relative mount', 'containers: [{ names: [a], mounts: [{ path: data, policy: block }] }]', /path/],
] as const)
  test(`refused: ${what}`, () => {
    assert.throws(
      () => parseDriftPolicy(wrong, 'f.yaml'),
      error => named.test(String((error as { detail?: string }).detail)),
    )
  })

for (const [path, pattern] of [
  ['/opt/app/plugin', '/opt/app/plugin'],
  ['/tmp/jna-1234567/jna4859482043.tmp', '/tmp/jna-*'],
  ['/tmp/_MEI4aB9xZ/lib.so', '/tmp/_MEI*'],
  ['/tmp/x4aB9xZ', undefined],
  ['/tmp/tmp-4aB9xZ', '/tmp/tmp-*'],
  ['/opt/deploy-by-agent-20261128', '/opt/deploy-by-agent-*'],
  ['/opt/deploy-by-agent20261128', '/opt/deploy-by-*'],
  ['/opt/run-xYzAbC4d', '/opt/run-*'],
  ['/usr/lib/x86_64-linux-gnu/libssl.so.3', '/usr/lib/x86_64-linux-gnu/libssl.so.3'],
  ['/root/.cache/pip/numpy.libs/libopenblas64_p-r0-15028c96.so', '/root/.cache/pip/numpy.libs/libopenblas*'],
  ['memfd:x', 'memfd:x'],
  ['memfd:jit-4711224', 'memfd:jit-*'],
  ['memfd:', undefined],
  ['memfd:8472611', undefined],
  ['memfd:x*', undefined],
  ['/1234567890', undefined],
  [`/${'a'.repeat(300)}`, undefined],
] as const)
  test(`kept as ${pattern}: ${path.slice(0, 60)}`, () => assert.equal(patternOf(path), pattern))

test('what was observed is allowed, what was not is not; the list is bounded and comes back from JSON', () => {
  const list = createDriftList(`sha256:${'a'.repeat(64)}`, 'shop:1')
  assert.equal(noteDrift(list, '/opt/x', 'exec', '2026-01-01T00:00:00Z'), true)
  assert.equal(noteDrift(list, '/opt/x', 'exec', '2026-01-01T00:00:01Z'), false)
  noteDrift(list, '/tmp/jna-1234567/a.so', 'map', '2026-01-01T00:00:02Z')
  const back = importDriftList(exportDriftList(list))
  assert.ok(typeof back !== 'string')
  assert.deepEqual(back, list)
  assert.equal(allowsDrift(back, '/opt/x'), true)
  assert.equal(allowsDrift(back, '/opt/xy'), false)
  assert.equal(allowsDrift(back, '/tmp/jna-7654321/b.so'), true)
  assert.equal(allowsDrift(back, '/tmp/evil'), false)
  for (let index = 0; index < maxDriftPaths + 5; index++) noteDrift(list, `/opt/n/p${index}x`, 'exec', 'now')
  assert.equal(list.paths.size, maxDriftPaths)
  assert.equal(list.overflow, 7)
})

test('a path is held to its contents only where all of them are known', () => {
  const list = createDriftList(`sha256:${'a'.repeat(64)}`, 'shop:1')
  const hash = (number: number): string => String(number).padStart(64, '0')
  const contents = (path: string) => allowedBy(list, path)?.sha256
  noteDrift(list, '/opt/x', 'exec', 'now', true)
  assert.equal(noteContent(list, '/opt/x', hash(2)), true)
  assert.equal(noteContent(list, '/opt/x', hash(2)), false)
  assert.equal(noteContent(list, '/opt/x', hash(1)), true)
  assert.deepEqual(contents('/opt/x'), [hash(1), hash(2)])
  assert.deepEqual(importDriftList(exportDriftList(list)), list)

  noteDrift(list, '/opt/old', 'exec', 'now')
  assert.equal(noteContent(list, '/opt/old', hash(1)), false, 'what ran before is not known')
  noteDrift(list, '/opt/gone', 'exec', 'now', true)
  noteContent(list, '/opt/gone', hash(1))
  assert.equal(noteContent(list, '/opt/gone', undefined), true)
  assert.equal(contents('/opt/gone'), undefined)

  noteDrift(list, '/tmp/_MEI4711224/a.so', 'map', 'now', true)
  for (let number = 0; number < maxContents; number++) noteContent(list, '/tmp/_MEI4711225/b.so', hash(number))
  assert.equal(contents('/tmp/_MEI4711226/c.so')?.length, maxContents)
  noteContent(list, '/tmp/_MEI4711225/b.so', hash(maxContents))
  assert.equal(contents('/tmp/_MEI4711226/c.so'), undefined)
})

test('a list of somebody else’s may not allow everything', () => {
  for (const path of ['/*', '*', 'x', '/a/*/b', '/a\0', 'memfd:', 'memfd:*', 'memfd:ab*', 'memfd:a*b'])
    assert.equal(typeof importDriftList(JSON.stringify({ version: 1, image: 'i', paths: [{ path }] })), 'string', path)
  assert.equal(typeof importDriftList('{}'), 'string')
  for (const sha256 of ['x', ['A'.repeat(64)], [1], Array(100).fill('a'.repeat(64))])
    assert.equal(
      typeof importDriftList(JSON.stringify({ version: 1, image: 'i', paths: [{ path: '/a/b', sha256 }] })),
      'string',
    )
  assert.equal(typeof importDriftList('['), 'string')
})
