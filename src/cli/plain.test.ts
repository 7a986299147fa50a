import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPlain, plainText } from './plain.ts'

test('lines, JSON or a template; another format is refused, not taken for one of these', () => {
  const lines = (): string => 'for people\n'
  assert.equal(plainText('table', { A: 1 }, lines), 'for people\n')
  assert.deepEqual(JSON.parse(plainText('json', { A: 1 }, lines)), { A: 1 })
  assert.equal(plainText('{{.A}} {{.B}}', { A: 1, B: 'x' }, lines), '1 x\n')
  for (const format of ['sarif', 'yaml', '', 'JSON']) {
    assert.throws(() => plainText(format, {}, lines), { code: 'usage' }, format)
    assert.throws(() => checkPlain(format), { code: 'usage' }, format)
  }
  checkPlain('{{.A}}')
})
