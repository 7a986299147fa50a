import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Alert } from '../../base/model/runtime.ts'
import type { WatchMessage } from './messages.ts'
import { type RunningSensor, runSession } from './session.ts'

const counters = { produced: 10, filtered: 4, judged: 5, lost: { file: 1 } }
const alert = (isNew: boolean): WatchMessage => ({
  kind: 'alert',
  alert: { rule: 'R' } as Alert,
  isNew,
  workload: 'w',
})

function session(ended: Promise<string>, signal: AbortSignal) {
  const seen: string[] = []
  const sensor: RunningSensor = {
    losses: [{ what: 'io_uring', why: 'refused' }],
    rules: 3,
    counters: () => counters,
    ended,
    stop: async () => {
      seen.push('stopped')
    },
  }
  const end = runSession({
    start: async ({ onMessage }) => {
      onMessage(alert(true))
      setTimeout(() => onMessage(alert(false)), 1)
      setTimeout(() => onMessage({ kind: 'held', rows: [{ rule: 'R', workload: 'w', count: 7 }] }), 2)
      return sensor
    },
    judge: { rules: [] },
    host: false,
    signal,
    onStart: ({ losses }) => seen.push(...losses.map(({ what }) => `loss ${what}`)),
    onMessage: ({ kind }) => seen.push(kind),
  })
  return { end, seen }
}

test('what is lost is told first; everything is counted; the sensor is stopped', async () => {
  const stop = new AbortController()
  const { end, seen } = session(new Promise(() => {}), stop.signal)
  setTimeout(() => stop.abort(), 20)
  assert.deepEqual(await end, { counters, alerts: 2, incidents: 1, held: 7, open: [] })
  assert.deepEqual(seen, ['loss io_uring', 'alert', 'alert', 'held', 'stopped'])
})

test('a sensor that breaks ends the session and says why', async () => {
  const { end, seen } = session(Promise.resolve('ring gone'), new AbortController().signal)
  assert.equal((await end).broke, 'ring gone')
  assert.equal(seen.at(-1), 'stopped')
})
