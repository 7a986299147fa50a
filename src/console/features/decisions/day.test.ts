import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayIn, endOfDay } from './day.ts'

test('a day that is shown and taken back is the same day, whatever the zone', () => {
  for (const day of ['2026-01-01', '2026-03-29', '2026-10-25', '2028-02-29']) assert.equal(dayIn(endOfDay(day)), day)
})

test('no day is no end', () => {
  assert.equal(dayIn(undefined), '')
  for (const none of ['', 'x', '2026-00-01', '2026']) assert.equal(endOfDay(none), undefined)
})
