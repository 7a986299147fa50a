import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Alert, Process, RuntimeEvent } from '../../base/model/runtime.ts'
import { createFloodControl } from './flood.ts'
import { createIncidents } from './incidents.ts'
import { lineageOf } from './lineage.ts'

const makeProcess = (pid: number, comm: string, parent?: Process, args: string[] = []): Process =>
  ({ pid, comm, exepath: `/bin/${comm}`, args, containerId: 'c1', ...(parent && { parent }) }) as Process
const makeEvent = (process: Process, name = 'web'): RuntimeEvent => ({ process, container: { name } }) as RuntimeEvent
const rule = { name: 'Shell', priority: 'Warning', tags: ['T1059'] }

test('alerts of one workload, rule and lineage are one incident, whatever the pids', () => {
  const incidents = createIncidents()
  const nginx = makeProcess(1, 'nginx')
  const first = incidents.count(rule, makeEvent(makeProcess(5, 'sh', nginx)), 't1', 0)
  const second = incidents.count(rule, makeEvent(makeProcess(9, 'sh', nginx)), 't2', 1000)
  assert.equal(first.isNew, true)
  assert.equal(second.isNew, false)
  assert.equal(second.incident.id, first.incident.id)
  assert.deepEqual([second.incident.count, second.incident.first, second.incident.last], [2, 't1', 't2'])
})

test('another workload, rule or lineage is another incident', () => {
  const incidents = createIncidents()
  const nginx = makeProcess(1, 'nginx')
  const sh = makeProcess(5, 'sh', nginx)
  const ids = [
    incidents.count(rule, makeEvent(sh), 't', 0),
    incidents.count(rule, makeEvent(sh, 'db'), 't', 0),
    incidents.count({ ...rule, name: 'Other' }, makeEvent(sh), 't', 0),
    incidents.count(rule, makeEvent(makeProcess(6, 'sh', makeProcess(2, 'cron'))), 't', 0),
  ].map(({ incident }) => incident.id)
  assert.equal(new Set(ids).size, 4)
})

test('an incident that was quiet for long is over', () => {
  const incidents = createIncidents({ incidents: 10, samples: 4, quiet: 1000 })
  const event = makeEvent(makeProcess(1, 'sh'))
  incidents.count(rule, event, 't', 0)
  assert.equal(incidents.count(rule, event, 't', 999).isNew, false)
  assert.equal(incidents.count(rule, event, 't', 2500).isNew, true)
})

test('the worst priority stays; first and last alerts are kept, a bounded number', () => {
  const incidents = createIncidents({ incidents: 10, samples: 4, quiet: 1000 })
  const event = makeEvent(makeProcess(1, 'sh'))
  const { incident } = incidents.count(rule, event, 't', 0)
  incidents.count({ ...rule, priority: 'Critical' }, event, 't', 0)
  incidents.count({ ...rule, priority: 'Notice' }, event, 't', 0)
  assert.equal(incident.priority, 'Critical')
  for (let index = 0; index < 100; index++) incidents.keep(incident, { output: String(index) } as Alert)
  assert.deepEqual(
    incident.samples.map(({ output }) => output),
    ['0', '1', '98', '99'],
  )
})

test('memory is bounded: the quietest incident makes room, and is counted', () => {
  const incidents = createIncidents({ incidents: 3, samples: 4, quiet: 1e9 })
  for (let index = 0; index < 10; index++)
    incidents.count(rule, makeEvent(makeProcess(1, 'sh'), `w${index}`), 't', index)
  assert.deepEqual(
    incidents.list().map(({ workload }) => workload),
    ['w7', 'w8', 'w9'],
  )
  assert.equal(incidents.forgotten(), 7)
})

test('a lineage is masked, bounded and ends at the container’s edge', () => {
  const shim = { ...makeProcess(1, 'containerd-shim'), containerId: '' }
  let at = makeProcess(2, 'init', shim)
  for (let pid = 3; pid < 50; pid++) at = makeProcess(pid, 'sh', at)
  const lineage = lineageOf(makeProcess(50, 'mysql', at, ['-phunter-two', 'shop']))
  assert.equal(lineage.length, 12)
  assert.equal(lineage.at(-1)?.cmdline, 'mysql -p*** shop')
  assert.deepEqual(
    lineageOf(makeProcess(9, 'sh', makeProcess(2, 'init', shim))).map(({ comm }) => comm),
    ['init', 'sh'],
  )
})

test('a flood of one rule on one workload is held back and counted; nothing else is', () => {
  const flood = createFloodControl({ burst: 5, perMinute: 60 })
  const shown = Array.from({ length: 1000 }, () => flood.admit('A', 'web', 0)).filter(Boolean).length
  assert.equal(shown, 5)
  assert.equal(flood.admit('B', 'web', 0), true)
  assert.equal(flood.admit('A', 'db', 0), true)
  assert.deepEqual(flood.drain(), [{ rule: 'A', workload: 'web', count: 995 }])
  assert.deepEqual(flood.drain(), [])
  assert.equal(flood.admit('A', 'web', 1000), true)
  assert.equal(flood.admit('A', 'web', 1000), false)
  assert.equal(flood.held(), 996)
})

test('a clock that jumps back or forth neither stops nor opens the flood gate', () => {
  const flood = createFloodControl({ burst: 2, perMinute: 60 })
  flood.admit('A', 'w', 1e9)
  flood.admit('A', 'w', 1e9)
  assert.equal(flood.admit('A', 'w', 0), false)
  assert.equal(flood.admit('A', 'w', 1000), true)
  assert.equal([1, 2, 3].filter(() => flood.admit('A', 'w', 1e15)).length, 2)
})

test('more rules and workloads than there is room for stay bounded', () => {
  const flood = createFloodControl({ burst: 1, perMinute: 1 })
  for (let index = 0; index < 50_000; index++) assert.equal(flood.admit('A', `w${index}`, 0), true)
})
