import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ambiguousLoop } from './regex-loops.ts'
import { squareLoop } from './regex-squares.ts'
import { checkRegexes } from './regexes.ts'

const cases: [pattern: string, flags: string, ambiguous: boolean][] = [
  ['(a+)+$', '', true],
  ['(a*)*b', '', true],
  ['(?:a|a)*b', '', true],
  ['(?:a|ab|b)*c', '', true],
  ['^\\d+(?:[._]\\w+)*$', '', true],
  ['stable(?:[.-]?\\d+)*$', '', true],
  ['(?:\\s|\\s+x)*y', '', true],
  ['(?:[ab]|B)*c', 'i', true],
  ['(?:.|\\n)*x', 's', true],
  ['(?:[^"]{1,40}){1,40}"', '', true],
  ['^\\d+(?:\\.\\d+)*$', '', false],
  ['^\\d+(?:[._][a-z]+)*$', '', false],
  ['(?:[^\\s"]|"[^"]*")+', '', false],
  ['(?:--\\S+\\s+)*x', '', false],
  ['(?:a{1,3}){1,4}b', '', false],
  ['(?<n>[^,]*,)*x', '', false],
  ['(?=(a+)+)x', '', false],
]
for (const [pattern, flags, ambiguous] of cases)
  test(`/${pattern}/${flags} ${ambiguous ? 'reads a text in two ways' : 'reads a text in one way'}`, () =>
    assert.equal(ambiguousLoop(pattern, flags), ambiguous))

const squares: [pattern: string, flags: string, square: boolean][] = [
  ['\\s*foo$', '', true],
  ['^\\s*foo', '', false],
  ['a+b', '', true],
  ['a+', '', false],
  ['\\s+$', '', true],
  ['^\\s+|\\s+$', '', true],
  ['\\bfoo\\b', '', false],
  ['\\b\\w+=', '', false],
  ['(?<!\\w)\\w+=', '', false],
  ['(?<=a)b+c', '', false],
  ['^a*a*b', '', true],
  ['^a*,a*b', '', false],
  ['^(?:a+,)+$', '', false],
  ['\\d{1,20}x', '', false],
  ['\\d+(?:\\.\\d+)*', '', false],
  ['\\d+\\.\\d+', '', true],
  ['"[^"]*"', '', false],
  ['"(?:[^"\\\\]|\\\\.)*"', '', true],
  ['^\\s*#', 'm', true],
  ['^[ \\t]*#', 'm', false],
  ['x*y', 'y', false],
  ['#.*$', '', true],
  ['#.*$', 's', false],
  ['^(\\w+)[ ]*[=:]?[ ]*([\\s\\S]*)$', '', false],
  ['^.*foo.*bar', '', true],
  ['<!--[\\s\\S]*?-->', '', true],
  ['a[^a]*b', '', false],
]
for (const [pattern, flags, square] of squares)
  test(`/${pattern}/${flags} ${square ? 'takes the square of a text' : 'takes no square'}`, () =>
    assert.equal(squareLoop(pattern, flags), square))

test('no expression of ours can take exponential time, nor the square of a text that may be long', () => {
  assert.deepEqual(checkRegexes(new URL('..', import.meta.url).pathname), [])
})
