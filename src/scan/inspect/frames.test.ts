import assert from 'node:assert/strict'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openUnlinked } from '../image/content.ts'
import { currentFileWriter, readCurrentFile } from './current-file.ts'
import { frameReader, writeFrame } from './frames.ts'
import { createSkip } from './skip.ts'

test('messages arrive whole, in whatever pieces they come', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-frames-'))
  const fd = openSync(join(folder, 'pipe'), 'w')
  const sent = [{ a: 1 }, 'x'.repeat(1000), [], { b: new Map([[1, 2n]]) }]
  for (const message of sent) writeFrame(fd, message)
  closeSync(fd)
  const bytes = readFileSync(join(folder, 'pipe'))
  rmSync(folder, { recursive: true })
  for (const step of [1, 2, 3, 7, 500, bytes.length]) {
    const got: unknown[] = []
    const feed = frameReader(message => got.push(message))
    for (let at = 0; at < bytes.length; at += step) feed(bytes.subarray(at, at + step))
    assert.deepEqual(got, sent, `in steps of ${step}`)
  }
})

test('an absurd length is refused', () => {
  assert.throws(() => frameReader(() => {})(Buffer.from([0xff, 0xff, 0xff, 0xff, 0])), { code: 'malformed' })
})

test('the current file is known while it is parsed, and no longer', async () => {
  const fd = openUnlinked(tmpdir())
  const writer = currentFileWriter(fd)
  assert.equal(readCurrentFile(fd), undefined)
  writer.begin('a/한글')
  assert.deepEqual(readCurrentFile(fd), { path: 'a/한글', count: 1 })
  writer.begin('b')
  assert.deepEqual(readCurrentFile(fd), { path: 'b', count: 2 })
  writer.end()
  writer.begin('c')
  await new Promise(setImmediate)
  assert.deepEqual(readCurrentFile(fd), { path: 'c', count: 3 })
  writer.end()
  await new Promise(setImmediate)
  assert.equal(readCurrentFile(fd), undefined)
  writer.begin('x'.repeat(10_000))
  assert.equal(readCurrentFile(fd)?.path.length, 4096)
  closeSync(fd)
})

const skips: [string[], string[], string, boolean][] = [
  [['/usr/lib/'], [], 'usr/lib/x', true],
  [['usr/lib'], [], 'usr/lib', true],
  [['usr/lib'], [], 'usr/lib64/x', false],
  [['**/node_modules'], [], 'a/node_modules/b/package.json', true],
  [['a/*'], [], 'a/b/c', true],
  [['a/*'], [], 'b/b/c', false],
  [[], ['./a/b.json'], 'a/b.json', true],
  [[], ['**/*.jar'], 'x/y.jar', true],
  [[], ['*.jar'], 'x/y.jar', false],
]
for (const [dirs, files, path, expected] of skips) {
  test(`--skip-dirs ${dirs} --skip-files ${files}: ${path}`, () =>
    assert.equal(createSkip(dirs, files)?.(path), expected))
}
