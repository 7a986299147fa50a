import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entriesAt, own, parseJson, parseJsonObject, stripJsonComments } from './json.ts'

const texts: [text: string, value: unknown][] = [
  ['{"a": [1, 2, ], }', { a: [1, 2] }],
  ['// x\n{"a": "//, ]", /* , } */ "b": 1, // y\n}', { a: '//, ]', b: 1 }],
  ['{"a": "\\",]"}', { a: '",]' }],
  ['[1 /* x */, /* y */ ]', [1]],
  ['\uFEFF[]', []],
]
for (const [text, value] of texts) {
  test(`with comments and commas: ${JSON.stringify(text)}`, () =>
    assert.deepEqual(parseJson(stripJsonComments(text)), value))
}

test('an unclosed string or comment ends with the text', () => {
  for (const text of ['"a', '/* a', '[1, // a', '"a\\'])
    assert.throws(() => parseJson(stripJsonComments(text)), SyntaxError)
})

test('keys of the language itself are no values', () => {
  assert.equal(own({}, 'constructor'), undefined)
  assert.equal(own({}, '__proto__'), undefined)
  assert.deepEqual(entriesAt(parseJson('{"__proto__": {"a": 1}}'), '__proto__'), [['a', 1]])
})

test('only an object is an object', () => {
  for (const text of ['[]', 'null', '1', '"a"']) assert.throws(() => parseJsonObject(text), SyntaxError)
})
