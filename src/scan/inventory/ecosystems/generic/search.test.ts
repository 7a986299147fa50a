import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { sourceOf } from '../../../../base/byte-source.ts'
import { type Classifier, signal } from './classifier.ts'
import { classify } from './search.ts'

const step = 4 * 1024 * 1024
const thing: Classifier = {
  product: 'thing',
  cpe: ['a:thing'],
  names: ['thing'],
  signals: [signal('thing/', '\0thing/{v}\0', 1), signal('v{file}', 'v{v}\0')],
  also: ['marker'],
}

function source(parts: [at: number, text: string][], size = 2 * step + 1000) {
  const bytes = Buffer.alloc(size)
  for (const [at, text] of parts) bytes.write(text, at, 'latin1')
  return sourceOf(bytes)
}

const found = (parts: [number, string][], fileVersion?: string) =>
  classify(source(parts), [thing], fileVersion).map(({ version, matched }) => `${version} [${matched}]`)

test('wherever it stands, also across two steps', () => {
  for (const at of [1, step - 8, step - 1, step, step + 511, 2 * step - 3, 2 * step + 900])
    deepEqual(
      found([
        [at, 'thing/1.2.3\0'],
        [100, 'marker'],
      ]),
      ['1.2.3 [thing/1.2.3]'],
      String(at),
    )
})

test('the first signal decides, the second where it is missing; the marker has to be there', () => {
  deepEqual(
    found(
      [
        [step, 'thing/1.2.3\0'],
        [10, 'v9.1.0\0marker'],
      ],
      '9.1',
    ),
    ['1.2.3 [thing/1.2.3]'],
  )
  deepEqual(found([[10, 'v9.1.0\0marker']], '9.1'), ['9.1.0 [v9.1.0]'])
  deepEqual(found([[10, 'v9.1.0\0marker']]), [])
  deepEqual(found([[10, 'thing/1.2.3\0']]), [])
})
