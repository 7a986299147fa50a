import assert from 'node:assert/strict'
import { test } from 'node:test'
import { questionsIn } from './calls.ts'

function event(fd: number, pid: number, size = 24): Buffer {
  const bytes = Buffer.alloc(size)
  bytes.writeUInt32LE(size, 0)
  bytes.writeInt32LE(fd, 16)
  bytes.writeInt32LE(pid, 20)
  return bytes
}

test('questions are read one behind the other, longer ones too; an overflow has no file', () => {
  const events = Buffer.concat([event(7, 100), event(-1, 0), event(8, 101, 32)])
  assert.deepEqual(questionsIn(events, events.length), [
    { fd: 7, pid: 100 },
    { fd: 8, pid: 101 },
  ])
})

test('what is cut short or has no length is left', () => {
  assert.deepEqual(questionsIn(event(7, 100), 23), [])
  assert.deepEqual(questionsIn(Buffer.alloc(24), 24), [])
  assert.deepEqual(questionsIn(event(7, 100), -1), [])
})
