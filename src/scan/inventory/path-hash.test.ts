import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPath, hasPath, pathHashBuilder } from './path-hash.ts'

test('finds every path that was added, and none that was not', () => {
  const builder = pathHashBuilder()
  for (let i = 0; i < 50_000; i++) builder.add(`node_modules/p${i % 100}/file-${i}.js`)
  const sorted = builder.finish()
  assert.equal(sorted.length, 50_000)
  for (let i = 0; i < 50_000; i++) assert.ok(hasPath(sorted, hashPath(`node_modules/p${i % 100}/file-${i}.js`)))
  for (let i = 0; i < 50_000; i++) assert.ok(!hasPath(sorted, hashPath(`node_modules/p${i % 100}/file-${i}.ts`)))
})

test('200,000 similar paths have 200,000 hashes', () => {
  const builder = pathHashBuilder()
  for (let i = 0; i < 200_000; i++) builder.add(`a/${i.toString(36)}`)
  assert.equal(new Set(builder.finish()).size, 200_000)
})

test('an empty set holds nothing', () => assert.ok(!hasPath(pathHashBuilder().finish(), hashPath(''))))
