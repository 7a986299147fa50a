import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { trimmedOf, withoutEnd } from './trim.ts'

const text = fc.string({ unit: fc.constantFrom('-', '.', 'a', 'é') })

test('what stands at the ends goes, as by an expression', () => {
  fc.assert(
    fc.property(text, one => {
      assert.equal(withoutEnd(one, '-.'), one.replace(/[-.]+$/, ''))
      assert.equal(trimmedOf(one, '-'), one.replace(/^-+|-+$/g, ''))
    }),
  )
})

test('a million of them in the middle are gone over once', () => {
  const long = `a${'-'.repeat(1_000_000)}b`
  assert.equal(trimmedOf(`-${long}-`, '-'), long)
})
