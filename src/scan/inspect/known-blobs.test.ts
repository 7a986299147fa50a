import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { knownBlobs } from './known-blobs.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jenner-known-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const layer = { index: 0, digest: 'sha256:aa', size: 1, mediaType: '' }
const open = () => knownBlobs(join(folder, 'cache'), { kind: 'archive', name: join(folder, 'image.tar') }, undefined)

async function readOnce(): Promise<void> {
  writeFileSync(join(folder, 'image.tar'), 'one')
  await setTimeout(150)
  const known = open()
  known.remember(layer, 'sha256:computed')
  known.save()
}

test('a file that is as it was has the digest that was computed', async () => {
  await readOnce()
  assert.equal(open().digestOf(layer), 'sha256:computed')
  assert.equal(open().digestOf({ ...layer, index: 1 }), undefined)
  assert.equal(open().digestOf({ ...layer, digest: 'sha256:bb' }), undefined)
})

test('a file that was written to, or replaced, is not known', async () => {
  await readOnce()
  appendFileSync(join(folder, 'image.tar'), 'more')
  await setTimeout(150)
  assert.equal(open().digestOf(layer), undefined)
  await readOnce()
  writeFileSync(join(folder, 'other'), 'two')
  renameSync(join(folder, 'other'), join(folder, 'image.tar'))
  await setTimeout(150)
  assert.equal(open().digestOf(layer), undefined)
})

test('a file that changed just now is not remembered', () => {
  writeFileSync(join(folder, 'image.tar'), 'one')
  const known = open()
  known.remember(layer, 'sha256:computed')
  known.save()
  assert.equal(open().digestOf(layer), undefined)
})

test('the daemon addresses layers by diffID; a claim in a file is no knowledge', () => {
  const both = { ...layer, diffId: 'sha256:dd' }
  assert.equal(knownBlobs(folder, { kind: 'image', name: 'x' }, 'diffId').digestOf(both), 'sha256:dd')
  assert.equal(open().digestOf(both), undefined)
})
