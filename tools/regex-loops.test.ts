import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ambiguousLoop } from './regex-loops.ts'
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

test('no expression of ours can take exponential time', () => {
  assert.deepEqual(checkRegexes(new URL('..', import.meta.url).pathname), [])
})
