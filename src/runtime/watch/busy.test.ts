import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RuntimeEvent } from '../../base/model/runtime.ts'
import { someProcess } from '../fields/testing.ts'
import { parseUsage, type Usage, watchBusy } from './busy.ts'

function run(
  use: (look: number) => Usage[],
  looks: number,
  step = 10_000,
  coresOf?: (id: string) => number | undefined,
): RuntimeEvent[] {
  const events: RuntimeEvent[] = []
  let look = 0
  const tick = watchBusy({
    usages: () => use(look),
    processOf: pid => someProcess({ pid }),
    ...(coresOf && { coresOf }),
    judge: event => events.push(event),
  })
  for (; look < looks; look++) tick(1_000_000 + look * step)
  return events
}

test('a process that is busy for two minutes is told once', () => {
  const events = run(look => [{ pid: 5, started: '1', ticks: look * 1000, containerId: 'c' }], 40)
  assert.deepEqual(
    events.map(({ type, process, args }) => [type, process.pid, args]),
    [['jenner.sustained_cpu', 5, { share: 100, seconds: 120 }]],
  )
})

test('one that rests in between, starts anew or is half busy is not', () => {
  assert.deepEqual(
    run(look => [{ pid: 5, started: '1', ticks: look * 1000 - Math.floor(look / 10) * 1000, containerId: 'c' }], 40),
    [],
  )
  assert.deepEqual(
    run(look => [{ pid: 5, started: String(Math.floor(look / 8)), ticks: look * 1000, containerId: 'c' }], 40),
    [],
  )
  assert.deepEqual(
    run(look => [{ pid: 5, started: '1', ticks: look * 500, containerId: 'c' }], 40),
    [],
  )
})

test('of a container that may use a fifth of a processor, a fifth is all', () => {
  const quota = (containerId: string) => (containerId === 'c' ? 0.2 : undefined)
  const use = (look: number) => [{ pid: 5, started: '1', ticks: look * 200, containerId: 'c' }]
  assert.equal(run(use, 40, 10_000, quota).length, 1)
  assert.equal(run(use, 40).length, 0)
})

test('a clock that jumps is no work', () => {
  assert.deepEqual(
    run(look => [{ pid: 5, started: '1', ticks: look * 1000, containerId: 'c' }], 40, 3_600_000),
    [],
  )
})

test('a process is named by whoever it likes; its usage is read behind that', () => {
  const rest = Array.from({ length: 40 }, (_, index) => String(index + 3))
  assert.deepEqual(parseUsage(7, `7 (a) b (c) S ${rest.slice(1).join(' ')}`), {
    pid: 7,
    started: '22',
    ticks: 29,
    containerId: '',
  })
  assert.equal(parseUsage(7, '7 (x) S 1'), undefined)
})
