import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JennerError } from '../../../base/errors.ts'
import { conditionReason } from '../../../base/i18n/condition-reasons.ts'
import { parseCondition } from './parse.ts'

/** One text for each reason of the parser. */
const texts = [
  'a and',
  'a and and b',
  'a and=b',
  'proc.name = "x"and a',
  'a && b',
  'a b',
  'a)',
  '(a',
  '',
  'proc.name(x)',
  'proc.aname[ = a',
  'proc.name = "x',
  'proc.name = "\\q"',
  'tolower(proc.name = a',
  'tolower(x) = a',
  'concat((proc.name, x), proc.name) = a',
  'join(",", (proc.name) = a',
  'proc.name = val(val(proc.pname))',
  'proc.name',
  'proc.name contains',
  'fd.num < x',
  'proc.name in',
  'proc.name in (a, )',
  'proc.name in (a b)',
  'proc.name startswith,',
  `${'('.repeat(200)}a`,
  'a'.repeat(2 ** 20 + 1),
]

test('every reason of the parser is told in Korean, with what it is about', () => {
  for (const text of texts) {
    const said = reasonOf(text)
    assert.equal(conditionReason(said, 'en'), said)
    const korean = conditionReason(said, 'ko')
    assert.match(korean, /^\d+번째 줄 \d+번째 열: .*[가-힣]/, said)
    assert.doesNotMatch(korean, /expected|\{\}|is no/, korean)
  }
  assert.equal(conditionReason(reasonOf('a && b'), 'ko').includes("'&&'"), true)
})

test('what the parser did not say stays as it is', () => {
  for (const text of ['unknown field x.y', 'line 1: a', 'line 1, column 2: something else', ''])
    assert.equal(conditionReason(text, 'ko'), text)
})

function reasonOf(text: string): string {
  try {
    parseCondition(text)
  } catch (error) {
    assert.ok(error instanceof JennerError)
    return error.detail
  }
  return assert.fail(`${text.slice(0, 40)} was read`)
}
