import assert from 'node:assert/strict'
import { test } from 'node:test'
import { categoryOf } from './category.ts'
import { licensesOfPackage } from './judge.ts'

const none = { allow: [], deny: [] }
const stated: [statement: string, ...parts: string[]][] = [
  ['MIT', 'MIT notice LOW'],
  ['Apache License, Version 2.0', 'Apache-2.0 notice LOW'],
  ['BSD-3-Clause OR MIT', 'BSD-3-Clause OR MIT notice LOW'],
  ['GPL-2+', 'GPL-2.0-or-later restricted HIGH'],
  ['GPLv2+ and BSD', 'GPL-2.0-or-later restricted HIGH', 'BSD-3-Clause notice LOW'],
  ['License :: OSI Approved :: MIT License', 'MIT notice LOW'],
  ['License :: OSI Approved :: GNU Affero General Public License v3', 'AGPL-3.0-only forbidden CRITICAL'],
  ['License :: OSI Approved :: GNU General Public License v3 or later (GPLv3+)', 'GPL-3.0-or-later restricted HIGH'],
  ['GPL (>= 2)', 'GPL-2.0-or-later restricted HIGH'],
  ['GPL-2 | MIT', 'GPL-2.0-only OR MIT notice LOW'],
  ['MIT + file LICENSE', 'MIT notice LOW'],
  ['perl_5', 'Artistic-1.0-Perl OR GPL-1.0-or-later notice LOW'],
  ['BSD3', 'BSD-3-Clause notice LOW'],
  ['GPL-2.0-only WITH Classpath-exception-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0 restricted HIGH'],
  ['MPL 2.0', 'MPL-2.0 reciprocal MEDIUM'],
  ['CC0-1.0', 'CC0-1.0 unencumbered LOW'],
  ['Acme Commercial', 'Acme Commercial unknown UNKNOWN'],
  ['AGPL-3.0-only OR Acme', 'AGPL-3.0-only OR LicenseRef-Acme forbidden CRITICAL'],
  ['http://www.apache.org/licenses/LICENSE-2.0', 'Apache-2.0 notice LOW'],
  ['GPL-2+ with OpenSSL exception', 'GPL-2+ with OpenSSL exception restricted HIGH'],
  ['LGPL-2.1', 'LGPL-2.1-only restricted HIGH'],
  ['Eclipse Public License v2.0', 'EPL-2.0 reciprocal MEDIUM'],
  ['UNLICENSED', 'UNLICENSED unknown UNKNOWN'],
  ['Unlicense', 'Unlicense unencumbered LOW'],
  ['NOASSERTION'],
  ['  '],
]
for (const [statement, ...parts] of stated) {
  test(`judges ${statement}`, () =>
    assert.deepEqual(
      licensesOfPackage({ licenses: [statement] }, none).map(
        ({ name, category, severity }) => `${name} ${category} ${severity}`,
      ),
      parts,
    ))
}

const policies: [statement: string, allow: string, deny: string, ruling: string | undefined][] = [
  ['GPL-3.0-only', '', 'GPL-3.0', 'deny'],
  ['GPL-3.0-or-later', '', 'gpl-3.0', 'deny'],
  ['GPL-3.0-only', '', 'GPL-*', 'deny'],
  ['LGPL-3.0-only', '', 'GPL-*', undefined],
  ['AGPL-3.0-only', '', 'forbidden', 'deny'],
  ['GPL-3.0-only OR MIT', '', 'GPL-3.0', undefined],
  ['GPL-3.0-only OR AGPL-3.0-only', '', 'GPL-3.0,AGPL-3.0', 'deny'],
  ['GPL-3.0-only OR MIT', 'MIT', 'GPL-3.0', 'allow'],
  ['MIT', 'notice', '', 'allow'],
  ['MIT', 'MIT', 'MIT', 'deny'],
  ['GPL-2.0-only WITH Classpath-exception-2.0', '', 'GPL-2.0-only', 'deny'],
  ['MIT', '', 'MIT-0', undefined],
]
for (const [statement, allow, deny, ruling] of policies) {
  test(`policy allow "${allow}" deny "${deny}" of ${statement}: ${ruling}`, () => {
    const policy = { allow: allow.split(',').filter(Boolean), deny: deny.split(',').filter(Boolean) }
    assert.equal(licensesOfPackage({ licenses: [statement] }, policy)[0]?.ruling, ruling)
  })
}

test('identifiers without a category are unknown, not harmless', () =>
  assert.equal(categoryOf('LicenseRef-x'), 'unknown'))
