import assert from 'node:assert/strict'
import { test } from 'node:test'
import { displayWidth, escapeProse, escapeText, padEnd, truncate, wrap } from './text.ts'

test('escapes what a terminal would obey, and nothing else', () => {
  const cases: [string, string][] = [
    ['plain text, 한글, é', 'plain text, 한글, é'],
    ['\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
    ['\x1b]52;c;aGk=\x07', '\\x1b]52;c;aGk=\\x07'],
    ['\u009b31m', '\\x9b31m'],
    ['a\rb\nc\td', 'a\\rb\\nc\\td'],
    ['evil\u202etxt.exe', 'evil\\u202etxt.exe'],
    ['\u2066iso\u2069', '\\u2066iso\\u2069'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['lone\ud800', 'lone\\ud800'],
    ['line\u2028sep', 'line\\u2028sep'],
    ['nul\u0000', 'nul\\x00'],
  ]
  for (const [given, expected] of cases) assert.equal(escapeText(given), expected)
})

test('prose becomes one line', () => {
  assert.equal(escapeProse('  two\n  lines \x1b[2J'), 'two lines \\x1b[2J')
})

test('measures as a terminal shows', () => {
  const cases: [string, number][] = [
    ['', 0],
    ['abc', 3],
    ['취약점', 6],
    ['ＡＢ', 4],
    ['e\u0301', 1],
    ['한', 2],
    ['🙂', 2],
    ['é', 1],
    ['日本語 ok', 9],
    ['─│', 2],
  ]
  for (const [text, width] of cases) assert.equal(displayWidth(text), width, JSON.stringify(text))
})

test('pads, cuts and wraps by columns', () => {
  assert.equal(padEnd('심각도', 8), '심각도  ')
  assert.equal(truncate('심각도입니다', 7), '심각도…')
  assert.equal(truncate('short', 7), 'short')
  assert.deepEqual(wrap('one two three', 7), ['one two', 'three'])
  assert.deepEqual(wrap('abcdefgh', 3), ['abc', 'def', 'gh'])
  assert.deepEqual(wrap('수정 버전', 5), ['수정', '버전'])
  assert.deepEqual(wrap('취약점', 3), ['취', '약', '점'])
  assert.deepEqual(wrap('a\nb', 5), ['a', 'b'])
})
