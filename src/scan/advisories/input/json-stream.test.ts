import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JennerError } from '../../../base/errors.ts'
import { jsonParts } from './json-stream.ts'

async function* bytewise(text: string, step: number) {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step)
}

async function partsOf(text: string, path: string[], step: number) {
  const found: [string, unknown][] = []
  for await (const { key, text: part } of jsonParts(bytewise(text, step), path)) found.push([key, JSON.parse(part)])
  return found
}

const cases: [name: string, text: string, path: string[], expected: [string, unknown][]][] = [
  [
    'members of an object',
    '{"a": {"x": [1,2]}, "b":"}{", "c" : 3}',
    [],
    [
      ['a', { x: [1, 2] }],
      ['b', '}{'],
      ['c', 3],
    ],
  ],
  [
    'elements of an array',
    '[{"a":1}, [2,[3]], "\\"],", null]',
    [],
    [
      ['0', { a: 1 }],
      ['1', [2, [3]]],
      ['2', '"],'],
      ['3', null],
    ],
  ],
  [
    'a path',
    '{"n": 1, "data": [{"id": "é"}, 2], "z": {"data": [9]}}',
    ['data'],
    [
      ['0', { id: 'é' }],
      ['1', 2],
    ],
  ],
  [
    'a deeper path',
    '{"a":{"b":{"c":1,"d":[{}]}, "e": 5}}',
    ['a', 'b'],
    [
      ['c', 1],
      ['d', [{}]],
    ],
  ],
  [
    'escaped keys',
    '{"a\\"b": 1, "\\u00e9": {}}',
    [],
    [
      ['a"b', 1],
      ['é', {}],
    ],
  ],
  ['nothing', '{"data": []}', ['data'], []],
  ['an absent path', '{"other": [1]}', ['data'], []],
]

for (const [name, text, path, expected] of cases) {
  for (const step of [1, 3, 1000]) {
    test(`${name}, in pieces of ${step}`, async () => assert.deepEqual(await partsOf(text, path, step), expected))
  }
}

for (const text of ['{"a": [1, 2', '{"a": "', '', 'hello']) {
  test(`refuses ${JSON.stringify(text)}`, async () => {
    await assert.rejects(
      partsOf(text, [], 2),
      (error: unknown) => error instanceof JennerError && error.code === 'truncated',
    )
  })
}
