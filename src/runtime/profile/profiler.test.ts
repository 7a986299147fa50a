import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ContainerInfo, RuntimeEvent } from '../../base/model/runtime.ts'
import { createProfiler } from './profiler.ts'
import { connectTo, testEvent } from './testing.ts'

const containerOf = (imageId: string): ContainerInfo => ({
  id: 'c'.repeat(64),
  name: 'x',
  runtime: 'docker',
  image: 'x',
  imageRepository: 'x',
  imageTag: '',
  imageId,
  labels: {},
  privileged: false,
  capAdd: [],
  hostNetwork: false,
  hostPid: false,
  hostIpc: false,
  mounts: [],
  user: '',
  createdAt: '',
  state: 'running',
  pid: 1,
})
const of = (image: string, event: RuntimeEvent): RuntimeEvent => ({ ...event, container: containerOf(image) })

function teach(profiler: ReturnType<typeof createProfiler>, image: string): void {
  for (let second = 0; second < 7200; second += 10)
    for (const type of 'accept4 read write close epoll_wait futex openat fstat lseek getpid'.split(' '))
      profiler.take(of(image, testEvent(type, second)))
}

test('each image is judged by its own profile, and a profile can be carried to another machine', () => {
  const profiler = createProfiler()
  teach(profiler, 'sha256:a')
  assert.equal(profiler.profiles.get('sha256:a')?.learning.done, true)
  const strange = connectTo(9000, '203.0.113.1', 4444)
  const deviation = profiler.take(of('sha256:a', strange))
  assert.deepEqual(
    deviation?.reasons.map(reason => reason.facet),
    ['peer', 'syscall'],
  )
  assert.equal(profiler.take(of('sha256:a', strange)), undefined, 'the same is told once')
  assert.equal(profiler.take(of('sha256:b', strange)), undefined, 'another image learns')
  assert.equal(profiler.take(strange), undefined, 'the host has no profile')

  const other = createProfiler()
  assert.equal(other.import(profiler.export('sha256:a') ?? ''), undefined)
  assert.equal(other.take(of('sha256:a', strange))?.score, deviation?.score)
  assert.equal(typeof other.import('{}'), 'string')
})

test('what is learned further is no deviation any more; what is learned anew is forgotten', () => {
  const profiler = createProfiler({ calls: false })
  teach(profiler, 'sha256:a')
  profiler.relearn('sha256:a', true)
  assert.equal(profiler.take(of('sha256:a', connectTo(9000, '203.0.113.1', 4444))), undefined)
  assert.ok(profiler.profiles.get('sha256:a')!.facets.peer.entries.size === 1)
  profiler.relearn('sha256:a', false)
  assert.equal(profiler.profiles.get('sha256:a')!.facets.syscall.entries.size, 0)
})

test('images beyond the limit are counted, not kept', () => {
  const profiler = createProfiler({ maxImages: 2 })
  for (const image of ['a', 'b', 'c', 'd']) profiler.take(of(image, testEvent('read', 1)))
  assert.deepEqual([profiler.profiles.size, profiler.overflow], [2, 2])
})
