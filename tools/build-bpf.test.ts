import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readStructs } from './btf.ts'
import { hashSources, layoutText } from './build-bpf.ts'

const dist = join(import.meta.dirname, '../bpf/dist')
const sums = new Map(
  readFileSync(join(dist, 'sums.txt'), 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split(' ') as [string, string]),
)

for (const arch of ['x86', 'arm64']) {
  const object = readFileSync(join(dist, `jenner.bpf.${arch}.o`))

  test(`C and TypeScript agree on every record of the ${arch} object`, () => {
    const written = readFileSync(join(import.meta.dirname, '../src/runtime/sensor/layout.ts'), 'utf8')
    assert.equal(layoutText(readStructs(object)), written)
  })

  test(`the ${arch} object is the one that was built`, () => {
    assert.equal(createHash('sha256').update(object).digest('hex'), sums.get(arch))
  })
}

test('the objects were built from these sources', () => assert.equal(hashSources(), sums.get('sources')))
