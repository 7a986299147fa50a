import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { after, test } from 'node:test'
import { JennerError } from '../base/errors.ts'
import { translate } from '../base/i18n/translate.ts'
import { explain } from './errors.ts'
import { writeFileAtomically, writeStream } from './output.ts'
import { progressText } from './progress.ts'

const folder = mkdtempSync(join(tmpdir(), 'jenner-output-'))
after(() => rmSync(folder, { recursive: true }))

test('a file appears whole or not at all', () => {
  const file = join(folder, 'report.json')
  writeFileSync(file, 'old')
  const broken = function* () {
    yield 'half'
    assert.equal(readFileSync(file, 'utf8'), 'old')
    throw new JennerError('limit_exceeded', 'x')
  }
  assert.throws(() => writeFileAtomically(file, broken()), /limit_exceeded/)
  assert.equal(readFileSync(file, 'utf8'), 'old')
  writeFileAtomically(file, ['new', ' text'])
  assert.equal(readFileSync(file, 'utf8'), 'new text')
  assert.deepEqual(readdirSync(folder), ['report.json'])
  assert.throws(() => writeFileAtomically(join(folder, 'no/such/x'), ['a']), /output_unwritable/)
})

test('chunks of every length come out whole and in order', () => {
  const file = join(folder, 'long.txt')
  const chunks = ['', 'a', '€'.repeat(400_000), 'b'.repeat(1 << 20), 'é', 'c'.repeat(300_000), '😀'.repeat(10), '']
  writeFileAtomically(file, chunks)
  assert.equal(readFileSync(file, 'utf8'), chunks.join(''))
  rmSync(file)
})

test('a reader that goes away ends the writing quietly', async () => {
  let written = 0
  const stream = new Writable({
    write(_chunk, _encoding, done) {
      written++
      done(Object.assign(new Error('EPIPE'), { code: 'EPIPE' }))
    },
  })
  stream.on('error', () => {})
  const chunks = Array.from({ length: 10 }, () => 'x'.repeat(1 << 17))
  await writeStream(stream, chunks)
  assert.equal(written, 1)
})

test('errors in both languages, with advice, escaped, with causes only when asked', () => {
  const error = new JennerError('target_not_found', '\u001b[2Jimage', new Error('inner \u001b[31m'))
  const english = explain(error, 'en', 'image', false)
  assert.equal(english.exit, 1)
  assert.equal(english.lines[0], 'jenner: not found: \\x1b[2Jimage')
  assert.equal(english.lines.length, 2)
  assert.match(explain(error, 'ko', 'image', false).lines[0]!, /^jenner: 찾을 수 없습니다: /)
  const debug = explain(error, 'en', 'image', true).lines.join('\n')
  assert.match(debug, /inner \\x1b\[31m/)
  assert.ok(!debug.includes('\u001b'))
  assert.equal(explain(new TypeError('oops'), 'en', '', false).exit, 1)
  assert.equal(explain(new JennerError('usage', 'x'), 'en', '', false).exit, 4)
})

test('progress says layers, bytes, rate and time left', () => {
  const text = progressText(
    { phase: 'layers', layer: 2, layers: 12, bytes: 120e6, totalBytes: 410e6 },
    2000,
    (key, values) => translate('en', key, values),
  )
  assert.equal(text, 'reading · layer 3 of 12 · 120 of 410 MB · 60 MB/s · 5 s left')
  const korean = progressText({ phase: 'fetch', bytes: 5e6 }, 500, (key, values) => translate('ko', key, values))
  assert.equal(korean, 'Docker에서 가져오는 중 · 5 MB · 10 MB/s')
})
