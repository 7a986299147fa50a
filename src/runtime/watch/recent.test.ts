import assert from 'node:assert/strict'
import { test } from 'node:test'
import { someEvent, someProcess } from '../fields/testing.ts'
import { createRecentEvents } from './recent.ts'

test('the last events of a container, oldest first, masked; those of others apart', () => {
  const recent = createRecentEvents()
  const secret = 'hunter-two'
  for (let index = 0; index < 250; index++)
    recent.note(
      someEvent('openat', {
        fd: { num: 3, typechar: 'f', name: `/tmp/${index}` },
        process: someProcess({ args: ['--password', secret] }),
      }),
    )
  recent.note(someEvent('execve', { process: someProcess({ containerId: 'other' }) }))
  const lines = recent.lines(someProcess().containerId)
  assert.equal(lines.length, 100)
  assert.match(lines[0]!, /openat pid=4242 uid=0 .*fd=3\(\/tmp\/150\)/)
  assert.match(lines.at(-1)!, /\/tmp\/249\)/)
  assert.ok(!lines.some(line => line.includes(secret)))
  assert.equal(recent.lines('other').length, 1)
  assert.deepEqual(recent.lines('nobody'), [])
  recent.forget('other')
  assert.deepEqual(recent.lines('other'), [])
})
