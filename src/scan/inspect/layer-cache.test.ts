import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import type { LayerFacts } from '../inventory/layer-facts.ts'
import { lineExtractor } from '../inventory/layer-feed.ts'
import { fingerprintOf, openLayerCache } from './layer-cache.ts'
import { makeFolder } from './make-folder.ts'

const digest = (n: number) => `sha256:${n.toString(16).padStart(64, '0')}`
const facts: LayerFacts = {
  facts: [{ extractor: 'x', path: 'a/b', value: [{ name: 'n', version: '1' }] }],
  whiteouts: ['w'],
  opaques: ['o'],
  links: [{ path: 'l', kind: 'symlink', target: 't' }],
  folders: ['f'],
  paths: BigUint64Array.of(1n, 2n ** 63n),
  problems: [],
  bytes: 1,
  entries: 2,
  digest: digest(1),
}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jenner-cache-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const files = () => readdirSync(join(folder, 'layers')).map(name => join(folder, 'layers', name))

test('gives back what was put, under its digest, variant and fingerprint alone', () => {
  const cache = openLayerCache(folder, 'f1')
  cache.put(digest(1), facts)
  assert.deepEqual(cache.get(digest(1)), facts)
  assert.ok(cache.has(digest(1)))
  assert.equal(cache.get(digest(2)), undefined)
  assert.equal(cache.get(digest(1), 'v'), undefined)
  assert.equal(openLayerCache(folder, 'f2').get(digest(1)), undefined)
})

test('what is no digest names no file', () => {
  const cache = openLayerCache(folder, 'f')
  for (const bad of ['', 'sha256:..', `sha256:../${'0'.repeat(64)}`, 'md5:00']) {
    cache.put(bad, facts)
    assert.equal(cache.get(bad), undefined)
  }
  assert.deepEqual(files(), [])
})

test('damage at any byte is noticed, and the entry goes', () => {
  const cache = openLayerCache(folder, 'f')
  cache.put(digest(1), facts)
  const [file] = files()
  const whole = readFileSync(file!)
  for (let at = 0; at < whole.length; at++) {
    const damaged = Buffer.from(whole)
    damaged[at]! ^= 0x10
    writeFileSync(file!, damaged)
    assert.equal(cache.get(digest(1)), undefined, `byte ${at}`)
    assert.deepEqual(files(), [])
  }
  writeFileSync(file!, whole.subarray(0, 20))
  assert.equal(cache.get(digest(1)), undefined)
})

test('what was used longest ago goes first when there is too much', () => {
  const cache = openLayerCache(folder, 'f')
  for (const n of [1, 2, 3]) {
    cache.put(digest(n), facts)
    utimesSync(files().find(file => file.includes(digest(n).slice(7)))!, n, n)
  }
  assert.ok(cache.get(digest(1)))
  const size = statSync(files()[0]!).size
  cache.prune(2 * size)
  assert.deepEqual(
    [1, 2, 3].map(n => cache.has(digest(n))),
    [true, false, true],
  )
})

test('the fingerprint depends on ids and revisions, not on their order', () => {
  const a = lineExtractor('a', [])
  const b = lineExtractor('b', [])
  assert.equal(fingerprintOf([a, b]), fingerprintOf([b, a]))
  assert.notEqual(fingerprintOf([a, b]), fingerprintOf([a, { ...b, revision: 2 }]))
  assert.notEqual(fingerprintOf([a]), fingerprintOf([a, b]))
})

test('below /proc no folder is made, and that soon', () => assert.equal(makeFolder('/proc/nothing/below'), false))

test('a cache that cannot be made is an empty one', () => {
  writeFileSync(join(folder, 'file'), '')
  const cache = openLayerCache(join(folder, 'file/below'), 'f')
  cache.put(digest(1), facts)
  assert.equal(cache.get(digest(1)), undefined)
  cache.prune(0)
})
