import assert from 'node:assert/strict'
import { test } from 'node:test'
import { breathing } from './breathe.ts'

test('work that breathes lets others through, and ends once it is asked to', async () => {
  const stop = new AbortController()
  const breathe = breathing(stop.signal, 0)
  setTimeout(() => stop.abort(new Error('asked')), 1)
  const work = async (): Promise<never> => {
    for (;;) await breathe()
  }
  await assert.rejects(work, { message: 'asked' })
})

test('in between it answers at once', () => {
  const breathe = breathing(AbortSignal.abort(), 1e9)
  for (let round = 0; round < 1000; round++) assert.equal(breathe(), undefined)
})
