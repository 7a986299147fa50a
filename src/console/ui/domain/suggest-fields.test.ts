import assert from 'node:assert/strict'
import { test } from 'node:test'
import { suggestFields } from './suggest-fields.ts'

test('an exception begins with at most three telling fields of the alert', () => {
  const values = {
    'user.name': 'root',
    'proc.name': 'curl',
    'proc.pname': 'sh',
    'fd.name': '/etc/passwd',
    'proc.pid': 12,
  }
  assert.deepEqual(suggestFields(values), [
    { field: 'proc.name', operator: '=', value: ['curl'] },
    { field: 'proc.pname', operator: '=', value: ['sh'] },
    { field: 'fd.name', operator: '=', value: ['/etc/passwd'] },
  ])
})

test('fields without a value are no condition', () => {
  assert.deepEqual(suggestFields({ 'proc.name': '<NA>', 'fd.name': '', 'user.name': 'www' }), [
    { field: 'user.name', operator: '=', value: ['www'] },
  ])
  assert.deepEqual(suggestFields({}), [{ field: 'proc.name', operator: '=', value: [''] }])
})

test('a connection’s two ends are no condition: the port is another next time', () => {
  const values = { 'proc.name': 'bash', 'fd.name': '172.18.0.4:52114->203.0.113.9:4444' }
  assert.deepEqual(
    suggestFields(values).map(({ field }) => field),
    ['proc.name'],
  )
})
