import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { classifyLicense } from './classify.ts'

const full = createRequire(import.meta.url)('spdx-license-list/full.js') as Record<string, { licenseText: string }>
const textOf = (id: string): string => full[id]!.licenseText

/** As people copy it: their name above, other line breaks, comment signs. */
const copied = (id: string): string =>
  `Copyright (c) 2024 Someone Else <someone@example.org>\n\n${textOf(id)
    .replace(/\s*\n\s*\n\s*/g, '\n\n')
    .replace(/([^\n]{20,60}) /g, '$1\n# ')}`

const common =
  'MIT Apache-2.0 BSD-2-Clause BSD-3-Clause ISC GPL-2.0-only GPL-3.0-only LGPL-2.1-only LGPL-3.0-only AGPL-3.0-only MPL-2.0 EPL-2.0 CDDL-1.0 Unlicense 0BSD Zlib BSL-1.0 Artistic-2.0 OFL-1.1 CC0-1.0 WTFPL PSF-2.0 BSD-4-Clause PostgreSQL CC-BY-4.0 CC-BY-SA-4.0 BUSL-1.1 SSPL-1.0 Elastic-2.0 EUPL-1.2 MS-PL Vim NCSA'
for (const id of common.split(' ')) {
  test(`the text of ${id} is told`, () => assert.equal(classifyLicense(copied(id))[0]?.name, id))
}

test('nine of ten texts of the SPDX list are told as themselves, whoever copied them', () => {
  const ids = Object.keys(full).filter(id => !/-or-later$|\+$|-with-|invariants|^(?:[AL]?GPL|GFDL)-\d\.\d$/.test(id))
  const right = ids.filter(id => classifyLicense(copied(id))[0]?.name === id)
  assert.ok(right.length >= ids.length * 0.9, `${right.length} of ${ids.length}`)
})

test('two licences in one file are two', () => {
  const names = classifyLicense(`${textOf('MIT')}\n\n----\n\n${textOf('Apache-2.0')}`).map(({ name }) => name)
  assert.deepEqual(names.sort(), ['Apache-2.0', 'MIT'])
})

test('the identifier in a header counts', () => {
  assert.deepEqual(classifyLicense('# SPDX-License-Identifier: MIT OR Apache-2.0\n'), [
    { name: 'MIT OR Apache-2.0', confidence: 1 },
  ])
})

const none: [string, string][] = [
  ['an empty text', ''],
  ['other words', 'This is the manual of a program that prints its licence when asked. '.repeat(50)],
  ['the first half of a licence', textOf('GPL-3.0-only').slice(0, 12_000)],
  ['binary', String.fromCharCode(...Array.from({ length: 5000 }, (_, at) => at % 256))],
]
for (const [what, text] of none) test(`no licence in ${what}`, () => assert.deepEqual(classifyLicense(text), []))
