import assert from 'node:assert/strict'
import { test } from 'node:test'
import { childrenOf } from './evidence-tree.ts'

const rows: [name: string, pairs: [pid: number, ppid: number][], roots: number[], children: [number, number[]][]][] = [
  ['none', [], [], []],
  [
    'a line whose first parent is outside',
    [
      [10, 1],
      [11, 10],
      [12, 11],
    ],
    [10],
    [
      [10, [11]],
      [11, [12]],
    ],
  ],
  [
    'two entered from outside',
    [
      [10, 1],
      [20, 2],
    ],
    [10, 20],
    [],
  ],
  ['its own parent', [[10, 10]], [10], []],
  [
    'a circle, with somebody hanging on it',
    [
      [10, 11],
      [11, 10],
      [12, 11],
    ],
    [10, 11],
    [[11, [12]]],
  ],
  [
    'one pid told twice',
    [
      [10, 1],
      [10, 1],
    ],
    [10],
    [],
  ],
]
for (const [name, pairs, roots, children] of rows)
  test(`processes of evidence: ${name}`, () => {
    const tree = childrenOf(pairs.map(([pid, ppid]) => ({ pid, ppid })))
    assert.deepEqual(
      tree.roots.map(({ pid }) => pid),
      roots,
    )
    assert.deepEqual(
      [...tree.children].map(([pid, list]) => [pid, list.map(one => one.pid)]),
      children,
    )
  })
