import assert from 'node:assert/strict'
import { closeSync, existsSync, openSync } from 'node:fs'
import { test } from 'node:test'
import { writeAll } from './buckets.ts'

test('a full disk ends a build, and is no fault of what was being read', { skip: !existsSync('/dev/full') }, () => {
  const full = openSync('/dev/full', 'w')
  try {
    assert.throws(() => writeAll(full, Buffer.from('x')), { code: 'output_unwritable' })
  } finally {
    closeSync(full)
  }
})
