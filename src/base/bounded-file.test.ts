import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readBoundedText } from './bounded-file.ts'

test('a text is read whole up to the limit, and refused beyond it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-bounded-'))
  try {
    const file = join(folder, 'a')
    const text = '가나다\n'.repeat(20_000)
    writeFileSync(file, text)
    const size = Buffer.byteLength(text)
    assert.equal(readBoundedText(file, size), text)
    assert.throws(() => readBoundedText(file, size - 1), { code: 'limit_exceeded' })
    assert.throws(() => readBoundedText(join(folder, 'none'), 1), { code: 'ENOENT' })
    assert.throws(() => readBoundedText(folder, 1), { code: 'EISDIR' })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('what never ends is refused too', { skip: !existsSync('/dev/zero') }, () => {
  assert.throws(() => readBoundedText('/dev/zero', 1 << 20), { code: 'limit_exceeded' })
})
