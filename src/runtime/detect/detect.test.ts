import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Process, RuntimeEvent } from '../../base/model/runtime.ts'
import { createDetectors } from './detect.ts'
import { createRecent, createRecentSet } from './recent.ts'
import { detectionTypes, thresholds } from './thresholds.ts'

const containerId = 'c'.repeat(64)

function processOf(pid: number, over: Partial<Process> = {}): Process {
  const none = {
    capPermitted: 0n,
    capEffective: 0n,
    capInheritable: 0n,
    exeInode: 0n,
    exeCtime: 0n,
    exeMtime: 0n,
    cgroupId: 1n,
  }
  const flags = { exeUpperLayer: false, exeMemfd: false, exeWritable: false }
  const numbers = { ppid: 1, vpid: pid, vpgid: pid, sid: 1, tty: 0, uid: 0, gid: 0, loginuid: -1, startedAt: 0n }
  return {
    pid,
    ...numbers,
    ...none,
    ...flags,
    comm: 'x',
    exe: 'x',
    exepath: '/x',
    args: [],
    env: [],
    cwd: '/',
    containerId,
    ...over,
  }
}

function at(second: number, type: string, over: Partial<RuntimeEvent> = {}): RuntimeEvent {
  const time = BigInt(Math.round(second * 1e6)) * 1000n + 1_700_000_000_000_000_000n
  return { num: 1, type, time, cpu: 0, tid: 1, result: 0n, process: processOf(1), args: {}, ...over }
}

function connect(second: number, remoteIp: string, remotePort: number): RuntimeEvent {
  return at(second, 'connect', { result: -115n, fd: { num: 3, typechar: '4', name: '', remoteIp, remotePort } })
}

let nextPid = 1000
/** fork, exec, exit of one child. */
function* child(second: number): Generator<RuntimeEvent> {
  const pid = nextPid++
  yield at(second, 'fork', { result: BigInt(pid) })
  yield at(second + 0.002, 'execve', { process: processOf(pid) })
  yield at(second + 0.02, 'procexit', { process: processOf(pid) })
}

function* every(
  from: number,
  to: number,
  step: number,
  make: (second: number, index: number) => Iterable<RuntimeEvent>,
): Generator<RuntimeEvent> {
  for (let index = 0; from + index * step < to; index++) yield* make(from + index * step, index)
}

const attacks: [what: string, type: string, events: Iterable<RuntimeEvent>][] = [
  [
    'a fork bomb',
    'jenner.fork_bomb',
    every(0, 2, 0.002, second => [at(second, 'fork', { result: BigInt(nextPid++) })]),
  ],
  [
    'a bomb beside a build',
    'jenner.fork_bomb',
    every(0, 3, 0.004, second => [...child(second), at(second, 'fork', { result: BigInt(nextPid++) })]),
  ],
  ['an exec storm', 'jenner.exec_storm', every(0, 40, 0.0025, child)],
  ['a port scan', 'jenner.port_scan', every(0, 10, 0.1, (second, index) => [connect(second, '10.0.0.7', 1 + index)])],
  [
    'a sweep of the network',
    'jenner.lateral_fan_out',
    every(0, 20, 0.1, (second, index) => [connect(second, `10.0.0.${1 + index}`, 22)]),
  ],
  [
    'no descriptor left',
    'jenner.descriptor_flood',
    every(0, 2, 0.005, second => [at(second, 'openat', { result: -24n })]),
  ],
]
for (const [what, type, events] of attacks)
  test(`told once: ${what}`, () => {
    const detectors = createDetectors(2)
    const found = [...events].flatMap(event => detectors.observe(event))
    assert.deepEqual(
      found.map(event => event.type),
      [type],
    )
    const [{ args, process }] = found as [RuntimeEvent]
    assert.ok(Number(args.count) >= Number(args.limit) && process.containerId === containerId)
  })

const quiet: [what: string, events: () => Iterable<RuntimeEvent>][] = [
  [
    'npm install: fifty connections to a registry, hundreds of node children',
    function* () {
      yield* every(0, 60, 0.1, (second, index) => [connect(second, `104.16.${index % 4}.34`, 443)])
      yield* every(0, 60, 0.2, child)
    },
  ],
  ['make -j on two cores: sixty compilers a second', () => every(0, 60, 1 / 60, child)],
  ['configure: 290 short programs a second for ten seconds', () => every(0, 10, 1 / 290, child)],
  [
    'nginx reload: a new set of sixty-four workers',
    () => every(0, 1, 1 / 64, second => [at(second, 'fork', { result: BigInt(nextPid++) })]),
  ],
  [
    'PostgreSQL: three hundred connections at once, a process each',
    () => every(0, 5, 5 / 300, second => [at(second, 'fork', { result: BigInt(nextPid++) })]),
  ],
  [
    'a JVM that starts two thousand threads',
    () =>
      every(0, 5, 5 / 2000, second => [at(second, 'clone', { result: BigInt(nextPid++), args: { flags: 0x10000 } })]),
  ],
  [
    'a crawler: two hundred public hosts',
    () => every(0, 60, 0.3, (second, index) => [connect(second, `203.0.${index % 250}.9`, 443)]),
  ],
  [
    'a proxy to thirty neighbours',
    () => every(0, 120, 0.05, (second, index) => [connect(second, `10.0.1.${index % 30}`, 8080)]),
  ],
  [
    'a service out of descriptors now and then',
    () => every(0, 60, 1, second => [at(second, 'accept4', { result: -24n })]),
  ],
]
for (const [what, events] of quiet)
  test(`silent: ${what}`, () => {
    const detectors = createDetectors(2)
    for (const event of events()) assert.deepEqual(detectors.observe(event), [])
  })

function readings(shares: readonly number[], step = 30) {
  const detectors = createDetectors(2)
  let used = 0
  return shares.flatMap((share, index) => {
    used += share * 2 * step
    const reading = {
      containerId,
      time: BigInt(index * step) * 1_000_000_000n,
      used: BigInt(Math.round(used * 1e9)),
      cores: 2,
    }
    return detectors.reading(reading, processOf(1))
  })
}
const cpu: [what: string, shares: number[], found: number][] = [
  ['a miner for sixteen minutes', Array(33).fill(0.97), 1],
  ['a miner for ten minutes', Array(21).fill(0.97), 0],
  [
    'a build for an hour: full, but it waits now and then',
    Array.from({ length: 120 }, (_, index) => (index % 7 === 6 ? 0.6 : 0.98)),
    0,
  ],
  ['half the cores for an hour', Array(120).fill(0.5), 0],
  ['a restart in between', [...Array(20).fill(0.97), -30, ...Array(15).fill(0.97)], 0],
]
for (const [what, shares, count] of cpu) test(`cpu: ${what}`, () => assert.equal(readings(shares).length, count))

test('a detection is told again after a minute, not before', () => {
  const detectors = createDetectors(2)
  const found = [...every(0, 130, 0.1, (second, index) => [connect(second, '10.0.0.7', 1 + index)])].flatMap(event =>
    detectors.observe(event),
  )
  assert.equal(found.length, 3)
})

test('ten thousand containers and a clock that jumps leave memory bounded and answers right', () => {
  const detectors = createDetectors(2)
  for (let index = 0; index < 10_000; index++)
    detectors.observe(at(index % 100, 'fork', { result: 5n, process: processOf(1, { containerId: String(index) }) }))
  const recent = createRecent(10)
  recent.add(1_000_000)
  recent.add(5)
  assert.equal(recent.sum(1_000_000), 2)
  assert.equal(recent.sum(1_000_010), 0)
  const set = createRecentSet(10, 3)
  assert.deepEqual(
    [1, 2, 3, 4, 5].map(value => set.add(1, String(value))),
    [1, 2, 3, 3, 3],
  )
})

test('every threshold says why', () => {
  for (const type of detectionTypes) assert.ok(thresholds[type].why.length > 40 && thresholds[type].seconds > 0)
})
