import assert from 'node:assert/strict'
import { test } from 'node:test'
import { referenceName, toLicenseExpression } from './expression.ts'

const cases: [statements: string[], expression: string | undefined, references?: string[]][] = [
  [[], undefined],
  [['  '], undefined],
  [['MIT'], 'MIT'],
  [['mit'], 'MIT'],
  [['Apache License 2.0'], 'Apache-2.0'],
  [['GPL-2+'], 'GPL-2.0-or-later'],
  [['LGPLv2+'], 'LGPL-2.0-or-later'],
  [['LGPL-2.1'], 'LGPL-2.1'],
  [['MIT OR Apache-2.0'], 'MIT OR Apache-2.0'],
  [['(MIT AND (BSD-2-Clause or ISC))'], '(MIT AND (BSD-2-Clause OR ISC))'],
  [['MIT OR Apache-2.0', 'ISC'], '(MIT OR Apache-2.0) AND ISC'],
  [['MIT', 'MIT'], 'MIT'],
  [['GPLv2+ and custom'], 'GPL-2.0-or-later AND LicenseRef-custom', ['custom']],
  [['GPL-2.0-only WITH Classpath-exception-2.0'], 'GPL-2.0-only WITH Classpath-exception-2.0'],
  [['EPL-1.0+'], 'EPL-1.0+'],
  [['LicenseRef-acme'], 'LicenseRef-acme', ['LicenseRef-acme']],
  [['GPL-2.0 WITH nonsense'], referenceName('GPL-2.0 WITH nonsense'), ['GPL-2.0 WITH nonsense']],
  [['see LICENSE\u001b[31m'], referenceName('see LICENSE\u001b[31m'), ['see LICENSE\u001b[31m']],
  [['('.repeat(100)], referenceName('('.repeat(100)), ['('.repeat(100)]],
  [['constructor'], 'LicenseRef-constructor', ['constructor']],
]

for (const [statements, expression, references = []] of cases) {
  test(`licence: ${JSON.stringify(statements).slice(0, 60)}`, () => {
    const found = toLicenseExpression(statements)
    assert.equal(found?.expression, expression)
    assert.deepEqual([...(found?.references.values() ?? [])], references)
  })
}

test('names of references hold only letters, digits, dots and dashes', () => {
  for (const text of ['한글 라이선스', '<script>', 'a'.repeat(1000), '...', '--', '']) {
    assert.match(referenceName(text), /^LicenseRef-[A-Za-z0-9.-]+$/)
  }
  assert.notEqual(referenceName('a b'), referenceName('a_b'))
})
