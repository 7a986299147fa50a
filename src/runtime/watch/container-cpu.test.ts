import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RuntimeEvent } from '../../base/model/runtime.ts'
import { someContainer, someProcess } from '../fields/testing.ts'
import { usageFile, watchContainerCpu } from './container-cpu.ts'

test('the cgroup’s file is found for both versions, and read', () => {
  const first = usageFile('12:pids:/docker/abc\n4:cpu,cpuacct:/docker/abc\n0::/')
  assert.equal(first?.path, '/sys/fs/cgroup/cpuacct/docker/abc/cpuacct.usage')
  assert.equal(first?.read('12345\n'), 12345n)
  const second = usageFile('0::/system.slice/docker-abc.scope')
  assert.equal(second?.path, '/sys/fs/cgroup/system.slice/docker-abc.scope/cpu.stat')
  assert.equal(second?.read('usage_usec 7\nuser_usec 5\n'), 7000n)
  assert.equal(second?.read('nothing'), undefined)
  assert.equal(usageFile(''), undefined)
})

test('readings of a container go to its detector once a minute, with the limit of the container', () => {
  const container = someContainer({ pid: 7, cpuLimit: 0.5 })
  const taken: { used: bigint; cores: number }[] = []
  const judged: RuntimeEvent[] = []
  const tick = watchContainerCpu({
    containers: () => [container, someContainer({ id: 'd'.repeat(64), pid: 0 })],
    used: () => 5n,
    processOf: pid => someProcess({ pid, containerId: container.id }),
    reading: ({ used, cores }, process) => {
      taken.push({ used, cores })
      return [{ num: 0, type: 'jenner.sustained_cpu', time: 0n, cpu: 0, tid: 1, result: 0n, process, args: {} }]
    },
    judge: event => judged.push(event),
    cores: 8,
  })
  for (const now of [100_000, 130_000, 161_000]) tick(now)
  assert.deepEqual(taken, [
    { used: 5n, cores: 0.5 },
    { used: 5n, cores: 0.5 },
  ])
  assert.deepEqual(
    judged.map(({ type, time }) => [type, time]),
    [
      ['jenner.sustained_cpu', 100_000_000_000n],
      ['jenner.sustained_cpu', 161_000_000_000n],
    ],
  )
})
