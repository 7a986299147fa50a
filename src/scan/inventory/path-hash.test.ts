import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPath, pathHashBuilder, pathHasher, pathLookup } from './path-hash.ts'

test('finds every path that was added, and none that was not', () => {
  const builder = pathHashBuilder()
  for (let i = 0; i < 50_000; i++) builder.add(`node_modules/p${i % 100}/file-${i}.js`)
  const sorted = builder.finish()
  const holds = pathLookup(sorted)
  assert.equal(sorted.length, 50_000)
  for (let i = 0; i < 50_000; i++) assert.ok(holds(hashPath(`node_modules/p${i % 100}/file-${i}.js`)))
  for (let i = 0; i < 50_000; i++) assert.ok(!holds(hashPath(`node_modules/p${i % 100}/file-${i}.ts`)))
})

test('200,000 similar paths have 200,000 hashes', () => {
  const builder = pathHashBuilder()
  for (let i = 0; i < 200_000; i++) builder.add(`a/${i.toString(36)}`)
  assert.equal(new Set(builder.finish()).size, 200_000)
})

test('an empty set holds nothing', () => assert.ok(!pathLookup(pathHashBuilder().finish())(hashPath(''))))

test('going folder by folder gives the same hashes', () => {
  const hashOf = pathHasher()
  for (const path of ['', 'a', 'a/b', 'a/c', 'a/bc/d', 'a/bd/d', 'é/한글', 'é/한', 'a', 'b/a/c', 'b/a/d/e', 'b/a/d/f'])
    assert.deepEqual(hashOf(path), hashPath(path), path)
})
