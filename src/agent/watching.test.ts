import { deepEqual, equal, match } from 'node:assert/strict'
import { test } from 'node:test'
import type { WatchMessage } from '../runtime/watch/messages.ts'
import type { RunningSensor } from '../runtime/watch/session.ts'
import { seesNothing } from './blind.ts'
import { createWatching } from './watching.ts'

const at = (seconds: number) => new Date(1_750_000_000_000 + seconds * 1000).toISOString()
const now = 1_750_000_000_000 + 100_000
const [one, two] = ['a'.repeat(64), 'b'.repeat(64)]

test('a start without an event is blindness, silence of what runs is none', () => {
  const cases: [starts: [string, string][], seen: string[], blind: boolean][] = [
    [[], [], false],
    // Ran before, began with the sensor, began just now.
    [[[one, at(-50)]], [], false],
    [[[one, at(1)]], [], false],
    [[[one, at(95)]], [], false],
    [[[one, 'no time']], [], false],
    [[[one, at(50)]], [], true],
    [[[one, at(50)]], [two.slice(0, 12)], true],
    [
      [
        [one, at(50)],
        [two, at(60)],
      ],
      [two.slice(0, 12)],
      false,
    ],
  ]
  for (const [starts, seen, blind] of cases) {
    const list = starts.map(([id, time]) => ({ id, at: time }))
    const reason = seesNothing({ since: at(0), seen: new Set(seen), starts: list, now })
    equal(reason !== undefined, blind, JSON.stringify([list, seen]))
  }
})

function watching(sensor: Partial<RunningSensor> = {}) {
  let tell = (_: WatchMessage): void => {}
  const guard = createWatching({
    start: async ({ onMessage }) => {
      tell = onMessage
      return {
        losses: [],
        rules: 1,
        counters: () => ({ produced: 0, filtered: 0, judged: 0, lost: {} }),
        ended: new Promise(() => {}),
        stop: async () => {},
        ...sensor,
      }
    },
    onAlert() {},
    onLoaded() {},
    say() {},
  })
  const loaded = (containerId: string): void =>
    tell({ kind: 'loaded', rows: [{ containerId, imageId: '', paths: ['bin/sh'] }] })
  return { guard, loaded }
}

test('a sensor that sees nothing has failed, with its reason, and nobody takes silence for an answer', async () => {
  const { guard, loaded } = watching()
  await guard.run({})
  const later = Date.now() + 60_000
  const starts = [{ id: one, at: new Date(Date.now() + 30_000).toISOString() }]
  deepEqual([(await guard.state([], later)).state, guard.since() !== undefined], ['running', true])
  const blind = await guard.state(starts, later)
  deepEqual([blind.state, guard.since()], ['failed', undefined])
  match(blind.reason ?? '', /sees nothing/)
  loaded(one.slice(0, 12))
  deepEqual([(await guard.state(starts, later)).state, guard.since() !== undefined], ['running', true])
  await guard.stop()
})

test('what the sensor’s own trial did not see is told at once, until something is seen', async () => {
  const { guard, loaded } = watching({ blind: 'its own trial was not seen' })
  await guard.run({})
  deepEqual([(await guard.state([])).reason, guard.since()], ['its own trial was not seen', undefined])
  loaded(two)
  deepEqual([(await guard.state([])).state, guard.since() !== undefined], ['running', true])
  await guard.stop()
})
