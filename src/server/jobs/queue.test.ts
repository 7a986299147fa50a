import { deepEqual, equal, notEqual, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { onBothStores, type TestPlace } from '../db/testing.ts'
import { createBus } from '../live/bus.ts'
import { createQueue, leaseTime } from './queue.ts'
import { lastTime } from './scheduler.ts'

async function open(place: TestPlace) {
  const store = await place.open()
  const clock = { now: 1e12 }
  const stop = new AbortController()
  const queue = createQueue({ ...store, now: () => clock.now, bus: createBus(), stopping: stop.signal })
  return { store, clock, queue, stop }
}

const scan = { kind: 'scan_image' as const, target: 'sha256:1', title: 'a', hostId: 'h' }

onBothStores('the queue', place => {
  test('gives the most urgent job to one host, once, and never asks twice for the same', async () => {
    const { store, queue } = await open(place)
    const id = await queue.add(scan)
    equal(await queue.add(scan), id)
    const urgent = await queue.add({ ...scan, target: 'sha256:2', priority: 50 })
    equal(await queue.lease('a', 'other', ['scan_image'], 0), undefined)
    equal(await queue.lease('a', 'h', ['drill'], 0), undefined)
    const [first, second] = await Promise.all([
      queue.lease('a', 'h', ['scan_image'], 0),
      queue.lease('b', 'h', ['scan_image'], 0),
    ])
    deepEqual([first?.id, second?.id], [urgent, id])
    equal(await queue.lease('c', 'h', ['scan_image'], 0), undefined)
    equal(await queue.done(first!.id, 'b'), undefined)
    equal((await queue.done(first!.id, 'a'))?.id, urgent)
    notEqual(await queue.add({ ...scan, target: 'sha256:2' }), urgent)
    await store.close()
  })

  test('takes a job back from who says nothing, tries again later and later, and gives up', async () => {
    const { store, queue, clock } = await open(place)
    const id = await queue.add(scan)
    for (let attempt = 1; attempt <= 5; attempt++) {
      const job = await queue.lease('a', 'h', ['scan_image'], 0)
      equal(job?.id, id)
      clock.now += leaseTime - 1
      equal(await queue.progress(id, 'a', { phase: 'x', done: 1 }), true)
      clock.now += leaseTime - 1
      deepEqual(await queue.expire(), [])
      clock.now += 2
      equal((await queue.expire()).length, attempt === 5 ? 1 : 0)
      equal(await queue.progress(id, 'a', { phase: 'x', done: 1 }), false)
      equal(await queue.lease('a', 'h', ['scan_image'], 0), undefined)
      clock.now += 45_000 * 2 ** attempt
    }
    await store.close()
  })

  test('does an act on a container once or says that it failed', async () => {
    const { store, queue, clock } = await open(place)
    await queue.add({ kind: 'action', target: 'x', title: 'isolate', hostId: 'h' })
    await queue.lease('a', 'h', ['action'], 0)
    clock.now += leaseTime + 1
    deepEqual(
      (await queue.expire()).map(job => job.state),
      ['failed'],
    )
    await store.close()
  })

  test('a clock that is set back takes no job away for ever', async () => {
    const { store, queue, clock } = await open(place)
    await queue.add(scan)
    await queue.lease('a', 'h', ['scan_image'], 0)
    clock.now -= 86_400_000
    await queue.expire()
    const row = await store.db.selectFrom('jobs').select('state').executeTakeFirst()
    equal(row?.state, 'queued')
    await store.close()
  })

  test('answers who waits as soon as there is work', async () => {
    const { store, queue, stop } = await open(place)
    const waiting = queue.lease('a', 'h', ['rules'], 60_000)
    const id = await queue.add({ kind: 'rules', target: 'h', title: '', hostId: 'h' })
    equal((await waiting)?.id, id)
    const ending = queue.lease('a', 'h', ['rules'], 60_000)
    stop.abort()
    equal(await ending, undefined)
    await store.close()
  })
})

test('the nightly time is the last one that passed', () => {
  const at = (hour: number, minute: number, day = 5) => new Date(2026, 0, day, hour, minute).getTime()
  equal(lastTime('02:30', at(2, 30)), at(2, 30))
  equal(lastTime('02:30', at(2, 29)), at(2, 30, 4))
  ok(lastTime('23:59', at(0, 0)) < at(0, 0))
})
