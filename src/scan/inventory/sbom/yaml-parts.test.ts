import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseYamlObject } from '../../../base/yaml.ts'
import { readSbom } from './read.ts'
import { parseYamlParts } from './yaml-parts.ts'

const many = 6_000
const list = (item: (at: number) => string): string => Array.from({ length: many }, (_, at) => item(at)).join('')

/** Each is larger than what is read whole, and must be what the parser makes of it whole. */
const documents: [what: string, text: string][] = [
  [
    'items in the first column',
    `---\nspdxVersion: "SPDX-2.3"\npackages:\n${list(at => `- SPDXID: "SPDXRef-${at}"\n  name: p${at}\n  refs:\n  - a: 1\n    b: "x: y"\n`)}name: end\n`,
  ],
  [
    'items further in',
    `a: 1\npackages:\n${list(at => `  - name: p${at}\n    long: some words to fill it\n`)}\nb: [1, 2]\n`,
  ],
  [
    'windows lines',
    `a: 1\r\npackages:\r\n${list(at => `- name: p${at}\r\n  long: some words to fill it all\r\n`)}b: 2\r\n`,
  ],
  [
    'texts of several lines with what looks like an item or a key in them',
    `packages:\n${list(at => `- name: p${at}\n  text: |\n    - no item\n    key: no\n\n    end\n  other: "folded\n    - too"\n`)}`,
  ],
  [
    'comments and empty lines',
    `# x\npackages:\n\n${list(at => `# of ${at}\n- name: p${at}\n\n  # inside\n  v: some words to fill it\n`)}`,
  ],
  ['a list of plain texts', `"names":\n${list(at => `- text ${at} that is quite long, to fill the document\n`)}`],
  [
    'aliases',
    `a: &x 1\npackages:\n${list(at => `- name: ${at === 5_999 ? '*x' : at}\n  long: some words to fill it all\n`)}`,
  ],
  ['a long mapping that is no list', `packages:\n${list(at => `  p${at}:\n    long: some words to fill it up\n`)}`],
  ['flow style', `{"packages": [${list(at => `{"name": "p${at}", "long": "some words to fill it"},\n`)}]}`],
]
for (const [what, text] of documents)
  test(`YAML by parts: ${what}`, () => {
    assert.ok(text.length > 256 * 1024)
    assert.deepEqual(parseYamlParts(text), parseYamlObject(text))
  })

const bad: [what: string, text: string][] = [
  [
    'cut off within an item',
    `packages:\n${list(at => `- name: "p${at} with some words to fill it up"\n`)}- name: "cut`,
  ],
  ['two documents', `packages:\n${list(at => `- name: p${at} with some words to fill it all\n`)}---\na: 1\n`],
]
for (const [what, text] of bad)
  test(`YAML by parts: ${what} is told`, () => {
    assert.throws(() => parseYamlParts(text), { code: 'malformed' })
  })

test('a large document with sorted keys says at its end what it is', () => {
  const text = `SPDXID: SPDXRef-DOCUMENT\npackages:\n${list(at => `- SPDXID: SPDXRef-${at}\n  name: p${at}\n  versionInfo: '1'\n`)}spdxVersion: SPDX-2.3\n`
  assert.equal(readSbom(text).components.length, many)
})
