import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDrilled } from './drilled.ts'

const id = 'ab12'.repeat(16)

const rows: [name: string, asked: string, own: boolean][] = [
  ['the whole id', id, true],
  ['its short form', id.slice(0, 12), true],
  ['too short to be one', id.slice(0, 6), false],
  ['none: an event of the host', '', false],
  ['another', 'cd34'.repeat(16), false],
  ['another of full length with the same beginning', `${id.slice(0, 63)}0`, false],
]
for (const [name, asked, own] of rows)
  test(`a drill's container: ${name}`, () => {
    const drilled = createDrilled()
    drilled.add(id)
    assert.equal(drilled.has(asked), own)
  })

test('it is forgotten after an hour', () => {
  let now = 0
  const drilled = createDrilled(() => now)
  drilled.add(id)
  now = 3_600_001
  assert.equal(drilled.has(id), false)
})
