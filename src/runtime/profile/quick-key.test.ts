import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RuntimeEvent } from '../../base/model/runtime.ts'
import { observationsOf } from './observations.ts'
import { quickKey } from './quick-key.ts'
import { connectTo, testEvent, testProcess } from './testing.ts'

const file = (name: string) => ({ num: 3, typechar: 'f', name })
const events: RuntimeEvent[] = [
  testEvent('read', 1),
  testEvent('setuid', 1, { result: -1n }),
  testEvent('execve', 1, { process: testProcess({ exepath: '/a', args: ['x'] }) }),
  testEvent('execve', 1, { process: testProcess({ exepath: '/a', args: ['y', 'z'] }) }),
  testEvent('execve', 1, { process: testProcess({ exepath: '/a', args: ['x'], uid: 5 }) }),
  testEvent('execve', 1, {
    process: testProcess({ exepath: '/a', args: ['x'], parent: testProcess({ exepath: '/p' }) }),
  }),
  testEvent('execve', 1, { process: testProcess({ exepath: '/a', args: ['x'], exeUpperLayer: true }) }),
  testEvent('openat', 1, { fd: file('/a/b'), args: { flags: 0, name: '/a/b' } }),
  testEvent('openat', 1, { fd: file('/a/b'), args: { flags: 0o101, name: '/a/b' } }),
  testEvent('openat', 1, { fd: file('/c/d'), args: { flags: 0o101, name: '/c/d' } }),
  testEvent('openat', 1, { fd: file('/c/d'), args: { flags: 0o101, name: '/c/d' }, result: -13n }),
  testEvent('unlink', 1, { args: { path: '/e/f' } }),
  testEvent('unlink', 1, { args: { path: '/g/f' } }),
  testEvent('rename', 1, { args: { oldpath: '/a', newpath: '/h/f' } }),
  testEvent('listen', 1, { fd: { ...file('s'), localPort: 80, l4proto: 'tcp' } }),
  testEvent('listen', 1, { fd: { ...file('s'), localPort: 81, l4proto: 'tcp' } }),
  connectTo(1, '203.0.113.1', 443),
  connectTo(1, '203.0.113.1', 444),
  connectTo(1, '203.0.113.1', 444, { result: -111n }),
  connectTo(1, '203.0.113.1', 444, { result: -115n }),
  testEvent('capable', 1, { args: { cap: 21 } }),
  testEvent('capable', 1, { args: { cap: 12 } }),
]

test('events with one key tell a profile the same', () => {
  for (const one of events)
    for (const other of events)
      if (quickKey(one) === quickKey(other)) assert.deepEqual(observationsOf(one), observationsOf(other), quickKey(one))
  assert.ok(new Set(events.map(quickKey)).size >= 18)
})
