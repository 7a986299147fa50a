import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createOutbox } from './outbox.ts'

function place(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-outbox-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'waiting.jsonl')
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !holds(); tries++) await new Promise(resolve => setTimeout(resolve, 5))
  assert.ok(holds())
}

test('sends in order, in batches', async t => {
  const sent: number[][] = []
  const outbox = createOutbox<number>({
    file: place(t),
    batch: 3,
    every: 1,
    send: async items => void sent.push(items),
  })
  for (let item = 1; item <= 7; item++) outbox.put(item)
  await until(() => sent.flat().length === 7)
  assert.deepEqual(sent, [[1, 2, 3], [4, 5, 6], [7]])
  await outbox.close()
})

test('keeps what the server does not take, also beyond its memory, and sends it once it does', async t => {
  const sent: number[] = []
  let away = true
  const outbox = createOutbox<number>({
    file: place(t),
    batch: 10,
    held: 20,
    every: 1,
    send: async items => {
      if (away) throw new Error('away')
      sent.push(...items)
    },
  })
  for (let item = 0; item < 200; item++) {
    outbox.put(item)
    if (item % 40 === 0) await new Promise(resolve => setTimeout(resolve, 5))
  }
  away = false
  await until(() => sent.length === 200)
  assert.deepEqual(
    sent.toSorted((a, b) => a - b),
    Array.from({ length: 200 }, (_, index) => index),
  )
  assert.equal(outbox.dropped(), 0)
  await outbox.close()
})

test('what is left when it closes is sent by the next one; a line cut off is counted', async t => {
  const file = place(t)
  const first = createOutbox<string>({ file, every: 1, send: () => Promise.reject(new Error('away')) })
  first.put('a')
  first.put('b')
  await first.close(10)
  writeFileSync(file, `${readFileSync(file, 'utf8')}{"cut`)
  const sent: string[] = []
  const second = createOutbox<string>({ file, every: 1, send: async items => void sent.push(...items) })
  await until(() => sent.length === 2)
  assert.deepEqual(sent, ['a', 'b'])
  assert.equal(second.dropped(), 1)
  await second.close()
})

test('counts what the file has no room for', async t => {
  const outbox = createOutbox<string>({
    file: place(t),
    held: 2,
    maxBytes: 40,
    every: 1,
    send: () => Promise.reject(new Error('away')),
  })
  for (let item = 0; item < 50; item++) outbox.put('x'.repeat(10))
  await outbox.close(10)
  assert.ok(outbox.dropped() >= 40)
})
