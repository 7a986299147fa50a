import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ContainerInfo, RuntimeEvent } from '../../base/model/runtime.ts'
import { someContainer, someEvent, someProcess } from '../fields/testing.ts'
import { withContainers } from './attach.ts'

function setUp() {
  const known = new Map<string, ContainerInfo>()
  const judged: RuntimeEvent[] = []
  const asked: string[] = []
  let answer: () => void = () => {}
  let time = 0
  const attached = withContainers({
    get: id => known.get(id),
    ask: id => {
      asked.push(id)
      return new Promise(resolve => {
        answer = () => resolve(known.get(id))
      })
    },
    judge: event => judged.push(event),
    now: () => time,
  })
  const event = (num: number, containerId = 'c1') =>
    someEvent('execve', { num, container: undefined, process: someProcess({ containerId }) })
  const at = (ms: number): void => {
    time = ms
  }
  return { known, judged, asked, attached, event, answer: () => answer(), at }
}

test('events of a container that is not known yet wait for it, in their order', async () => {
  const { known, judged, asked, attached, event, answer } = setUp()
  attached.take(event(1))
  attached.take(event(2))
  attached.take(event(3, ''))
  assert.deepEqual(
    judged.map(({ num }) => num),
    [3],
  )
  known.set('c1', someContainer({ name: 'late' }))
  answer()
  await new Promise(resolve => setImmediate(resolve))
  assert.deepEqual(
    judged.map(({ num, container }) => [num, container?.name]),
    [
      [3, undefined],
      [1, 'late'],
      [2, 'late'],
    ],
  )
  assert.deepEqual(asked, ['c1'])
})

test('a runtime that does not answer holds nothing up for long, and is not asked at once again', () => {
  const { judged, asked, attached, event, at } = setUp()
  attached.take(event(1))
  attached.tick(200)
  assert.equal(judged.length, 0)
  attached.tick(400)
  assert.equal(judged.length, 1)
  at(500)
  attached.take(event(2))
  assert.equal(judged.length, 2)
  assert.equal(asked.length, 1)
})

test('what waits is bounded, and judged at the end', () => {
  const { judged, attached, event } = setUp()
  for (let num = 1; num <= 2500; num++) attached.take(event(num))
  assert.ok(judged.length >= 2000)
  attached.flush()
  assert.equal(judged.length, 2500)
})

test('a runtime setting a container up is not the container; a program in it is, and so is one that ran before', () => {
  const { judged, attached, known, event } = setUp()
  known.set('c1', someContainer())
  const mount = (comm: string) => someEvent('mount', { process: someProcess({ containerId: 'c1', comm }) })
  attached.take(mount(''))
  assert.equal(judged.length, 0)
  attached.take(mount('postgres'))
  assert.equal(judged.length, 1)
  attached.take(event(1))
  attached.take(mount(''))
  assert.equal(judged.length, 3)
  attached.ended('c1')
  attached.take(mount(''))
  assert.equal(judged.length, 3)
})
