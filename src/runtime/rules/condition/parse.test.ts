import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCondition } from './parse.ts'

const valid = [
  'evt.type = open',
  'a',
  'a and b or not c',
  '(a)or(b)',
  'not(a)',
  'not not a',
  'proc.name in (sh, "a b", \'c\')',
  'proc.name in ()',
  'fd.name pmatch (/etc, /var/*)',
  'proc.aname[2] = x',
  'evt.arg["a b"] exists',
  'fd.num >= 0x1f',
  'evt.rawres < -1',
  'proc.args contains "\\x41\\n"',
  'proc.name = "a\\ b"',
  'tolower(proc.name) = a',
  'b64(tolower( proc.name )) contains x',
  'join(":", (evt.type, fd.name)) = x',
  'concat("a", proc.name) = ab',
  'getopt(proc.args, "nt:")[t] = 1',
  'proc.name = val(proc.pname)',
  'proc.name = toupper(proc.pname)',
  'proc.name contains oneof (a, b)',
  'proc.name = oneof allowed',
  'proc.name = allof',
  'fd.name in (known)',
  '\n a \n and\n b \n',
]
for (const text of valid) test(`parses: ${JSON.stringify(text)}`, () => assert.ok(parseCondition(text)))

const invalid = [
  '',
  ' ',
  'a b',
  'a and',
  'a andb',
  'not',
  'and a',
  '(a',
  'a)',
  '()',
  'proc.name',
  'proc.name =',
  'proc.name = a b',
  'proc.name in',
  'proc.name in (',
  'proc.name in (a',
  'proc.name in (a,)',
  'proc.name = "a',
  "proc.name = 'a\\'",
  'proc.name = "\\q"',
  'proc.name inside (a)',
  'proc.name startswithx',
  'fd.num > x',
  'unknown(proc.name) = a',
  'tolower(x) = a',
  'tolower(proc.name = a',
  'proc.name = val(val(proc.pname))',
  'proc.aname[ = a',
  'proc.aname[]= a',
  'a.b',
  'a # b',
  'proc.name exists x',
]
for (const text of invalid)
  test(`refuses: ${JSON.stringify(text)}`, () => assert.throws(() => parseCondition(text), { code: 'malformed' }))

test('and binds closer than or; chains stay flat', () => {
  const ast = parseCondition('a or b and c or d')
  assert.equal(ast.kind, 'or')
  assert.deepEqual('operands' in ast && ast.operands.map(({ kind }) => kind), ['macro', 'and', 'macro'])
})

test('nesting is bounded, by brackets and by not', () => {
  assert.ok(parseCondition(`${'('.repeat(90)}a${')'.repeat(90)}`))
  assert.throws(() => parseCondition(`${'('.repeat(5000)}a${')'.repeat(5000)}`), { code: 'malformed' })
  assert.throws(() => parseCondition(`${'not '.repeat(5000)}a`), { code: 'malformed' })
})

test('an error names line and column', () => {
  assert.throws(() => parseCondition('a and\n  (b or'), /line 2, column/)
})

const reasons: [text: string, reason: RegExp][] = [
  ['a and', /column 3: a condition is expected after 'and'$/],
  ['(a or) and b', /column 4: a condition is expected after 'or'$/],
  ['a and and proc.name = x', /column 7: a condition is expected before 'and'$/],
  ['and proc.name = x', /column 1: a condition is expected before 'and'$/],
  ['a and=x', /column 3: a blank is expected after 'and'$/],
  ['proc.name = "x"and a', /column 16: a blank is expected before 'and'$/],
  ['a && b', /column 3: conditions are joined by 'and' or 'or', not by '&&'$/],
  ['(a AND b)', /column 4: conditions are joined by 'and' or 'or', not by 'AND'$/],
  ['a)', /column 2: a '\)' without its '\('$/],
  ['a not b', /column 3: 'and' or 'or' is expected before "not b"$/],
  ['proc.name = and x', /column 17: 'and' or 'or' is expected before "x"$/],
  ['(a', /column 3: expected a '\)'$/],
]
for (const [text, reason] of reasons)
  test(`says why: ${text}`, () => assert.throws(() => parseCondition(text), { code: 'malformed', detail: reason }))
