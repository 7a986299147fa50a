import assert from 'node:assert/strict'
import { test } from 'node:test'
import { destinationsOf } from './destinations.ts'

const cases: [name: string, format: string, output: string | undefined, expected: [string, string?][]][] = [
  ['nothing', 'table', undefined, [['table']]],
  ['a file', 'sarif', 'x.sarif', [['sarif', 'x.sarif']]],
  ['a table in a file', 'table', 'report.txt', [['table', 'report.txt']]],
  ['a format alone', 'table', 'json', [['json']]],
  ['an alias alone', 'table', 'cyclonedx-json', [['cyclonedx-json']]],
  ['a format and a file', 'table', 'sarif=x.sarif', [['sarif', 'x.sarif']]],
  ['with a version', 'table', 'spdx-json@2.3=x.json', [['spdx-json', 'x.json']]],
  [
    'two',
    'table',
    'sarif=a\njson=b',
    [
      ['sarif', 'a'],
      ['json', 'b'],
    ],
  ],
  ['one to read and one to keep', 'table', 'table\njson=b', [['table'], ['json', 'b']]],
  ['a comma in a name', 'json', 'a,b.json', [['json', 'a,b.json']]],
  ['both flags: a file it is', 'json', 'html', [['json', 'html']]],
  ['a file called like a format', 'table', './json', [['table', './json']]],
  ['no format', 'table', 'what=ever', [['table', 'what=ever']]],
]
for (const [name, format, output, expected] of cases) {
  test(`where a report goes: ${name}`, () => {
    const found = destinationsOf({ format, output })
    assert.deepEqual(
      found.map(one => (one.output === undefined ? [one.format] : [one.format, one.output])),
      expected,
    )
  })
}

test('two reports do not go to one place', () => {
  for (const output of ['sarif=a\njson=a', 'sarif\njson', 'a.txt\nb.txt\na.txt'])
    assert.throws(() => destinationsOf({ format: 'table', output }), { code: 'usage' }, output)
})
