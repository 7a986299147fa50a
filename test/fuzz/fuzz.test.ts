import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FuzzOptions, fuzz } from './fuzz.ts'
import { targets } from './targets.ts'

test('no reader falls over ten seconds of hostile bytes', { timeout: 60_000 }, () => {
  // Always the same here, so that a failure is about the change at hand; `npm run fuzz` draws new ones.
  const seed = 20_261_125
  const { runs, failures } = fuzz({ seconds: 10, seed })
  assert.deepEqual(failures, [], `again: npm run fuzz -- --seed ${seed}`)
  assert.equal(runs.size, targets.length)
  for (const [name, count] of runs) assert.ok(count > 0, `${name} was never run`)
})

test('a reader that throws is caught, and the same seed finds the same input', () => {
  const read = (input: Buffer) => {
    if (input.includes(0xff)) throw new Error('fell over')
  }
  const options: FuzzOptions = {
    seconds: 5,
    seed: 7,
    list: [{ name: 'weak', samples: [Buffer.from('abc')], read, mayThrow: true }],
  }
  const [first, second] = [fuzz(options), fuzz(options)]
  assert.equal(first.failures[0]?.message, 'Error: fell over')
  assert.deepEqual(second.failures, first.failures)
})
