import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AlertRow } from '../../../server/schemas/incidents.ts'
import { type ProcessNode, processTree } from './process-tree.ts'

const alert = (fields: AlertRow['output_fields']): AlertRow => ({ output_fields: fields }) as AlertRow
const shape = (nodes: ProcessNode[]): unknown[] =>
  nodes.map(({ pid, children }) => (children.length === 0 ? pid : [pid, ...shape(children)]))

const lineage = [
  { pid: 10, comm: 'shim', cmdline: 'shim' },
  { pid: 20, comm: 'node', cmdline: 'node x.js' },
  { pid: 30, comm: 'bash', cmdline: 'bash -i' },
]

test('lineage and alerts make one tree, the eldest at its root', () => {
  const samples = [
    alert({ 'proc.pid': 30, 'proc.ppid': 20, 'fd.name': '/etc/shadow' }),
    alert({ 'proc.pid': 31, 'proc.ppid': 30, 'proc.name': 'curl', 'fd.name': '10.0.0.1:443' }),
  ]
  const roots = processTree({ lineage, samples })
  assert.deepEqual(shape(roots), [[10, [20, [30, 31]]]])
  const bash = roots[0]!.children[0]!.children[0]!
  assert.deepEqual([bash.name, bash.alerts, bash.acts], ['bash', 1, ['file /etc/shadow']])
  assert.deepEqual(bash.children[0]!.acts, ['network 10.0.0.1:443'])
})

test('an alert that names no process is told of the youngest', () => {
  const [root] = processTree({ lineage, samples: [alert({ 'fd.name': '/tmp/x' }), alert({})] })
  const bash = root!.children[0]!.children[0]!
  assert.deepEqual([bash.pid, bash.alerts, bash.acts], [30, 2, ['file /tmp/x']])
})

test('the same act is told once, each alert counted', () => {
  const samples = Array.from({ length: 5 }, () => alert({ 'proc.pid': 7, 'fd.name': '/tmp/x' }))
  const [root] = processTree({ lineage: [], samples })
  assert.deepEqual([root!.alerts, root!.acts], [5, ['file /tmp/x']])
})

test('hostile fields end nothing: circles, nonsense, thousands of processes', () => {
  assert.deepEqual(
    shape(
      processTree({
        lineage: [],
        samples: [alert({ 'proc.pid': 1, 'proc.ppid': 2 }), alert({ 'proc.pid': 2, 'proc.ppid': 1 })],
      }),
    ),
    [1, 2],
  )
  assert.deepEqual(
    processTree({ lineage: [], samples: [alert({ 'proc.pid': 'x' }), alert({ 'proc.pid': -1 }), alert({})] }),
    [],
  )
  const many = Array.from({ length: 3000 }, (_, index) => alert({ 'proc.pid': index + 1 }))
  assert.equal(processTree({ lineage: [], samples: many }).length, 500)
})
