import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAcceptedSockets } from './accepted.ts'

test('the sockets that were met last are known, however many come', () => {
  const accepted = createAcceptedSockets()
  accepted.meet(1n, true, false)
  accepted.meet(2n, true, false)
  accepted.meet(1n, true, false)
  for (let inode = 10n; inode < 10n + 65_535n; inode++) accepted.meet(inode, true, false)
  assert.deepEqual(
    [1n, 2n, 10n].map(inode => accepted.meet(inode, false, false)),
    [true, false, true],
  )
})

test('a socket without a number is one when the call accepts', () => {
  const accepted = createAcceptedSockets()
  assert.deepEqual([accepted.meet(undefined, true, false), accepted.meet(undefined, false, false)], [true, false])
})
