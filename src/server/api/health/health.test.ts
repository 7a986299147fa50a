import { deepEqual, match } from 'node:assert/strict'
import { test } from 'node:test'
import { hello, snapshot } from '../../sample.testing.ts'
import type { Health } from '../../schemas/health.ts'
import { startTestServer } from '../../testing.ts'

const sensor = { state: 'running' as const, losses: [], produced: 10_000, filtered: 0, judged: 10_000, lost: 0 }

test('a sensor is well when it sees: not when it failed, is blind or lost too much, and the reason is told', async () => {
  const server = await startTestServer()
  await server.local('POST', '/agent/hello', hello)
  const cases: [sensor: object, state: string, text: RegExp][] = [
    [{}, 'ok', /1 watching/],
    [{ lost: 50 }, 'ok', /1 watching/],
    [{ lost: 500 }, 'degraded', /web-1 \(95\.23 %\)/],
    [
      { state: 'failed', reason: 'it is attached but sees nothing' },
      'failed',
      /web-1: it is attached but sees nothing/,
    ],
    [{ state: 'unsupported', reason: 'no BTF' }, 'failed', /no BTF/],
  ]
  for (const [more, state, text] of cases) {
    await server.local('POST', '/agent/snapshot', snapshot({ sensor: { ...sensor, ...more } }))
    const part = (await server.local<Health>('GET', '/health')).body.parts.find(({ name }) => name === 'sensor')!
    deepEqual([part.state, text.test(part.detail.en)], [state, true], part.detail.en)
    match(part.detail.ko, /[가-힣]/)
  }
})

test('outputs that do not deliver are told by name', async () => {
  const server = await startTestServer()
  const part = async () =>
    (await server.local<Health>('GET', '/health')).body.parts.find(({ name }) => name === 'outputs')!
  deepEqual((await part()).state, 'off')
  for (const name of ['one', 'two'])
    await server.local('POST', '/outputs', { kind: 'webhook', name, config: { url: 'http://127.0.0.1:9/' } })
  deepEqual((await part()).state, 'ok')
  await server.context.db.updateTable('outputs').set({ last_error: 'HTTP 500' }).where('name', '=', 'one').execute()
  deepEqual((await part()).state, 'degraded')
  match((await part()).detail.en, /2 switched on, not delivering: one \(HTTP 500\)/)
})
