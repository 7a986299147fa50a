import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { announceDrill, askLastEvents, serveSensor } from './sensor-link.ts'

const base = mkdtempSync(join(tmpdir(), 'jenner-link-'))
after(() => rmSync(base, { recursive: true, force: true }))

test('a running sensor is asked for the last events; without one there is no answer', async () => {
  assert.equal(await askLastEvents(base, 'a'), undefined)
  const served = await serveSensor(base, { lastEvents: async id => [`of ${id}`] })
  assert.deepEqual(await askLastEvents(base, 'a'), ['of a'])
  assert.equal(statSync(join(base, 'sensor.sock')).mode & 0o777, 0o600)
  assert.equal(await serveSensor(base, { lastEvents: async () => [] }), undefined, 'a second one took it over')
  served?.close()
  assert.equal(await askLastEvents(base, 'a'), undefined)
})

test('a socket that a killed sensor left is taken over; noise and failures harm nobody', async () => {
  writeFileSync(join(base, 'sensor.sock'), '')
  const served = await serveSensor(base, {
    lastEvents: async id => {
      if (id === 'bad') throw new Error('no')
      return ['x']
    },
  })
  assert.ok(served)
  const noise = connect(join(base, 'sensor.sock'))
  noise.on('error', () => {})
  noise.write(`${'x'.repeat(10_000)}\n`)
  const other = connect(join(base, 'sensor.sock'))
  other.write('not JSON\n')
  assert.equal(await askLastEvents(base, 'bad'), undefined)
  assert.deepEqual(await askLastEvents(base, 'good'), ['x'])
  noise.destroy()
  other.destroy()
  served.close()
})

test('a folder whose path is too long for a socket only goes without', async () => {
  assert.equal(await serveSensor(join(base, 'x'.repeat(120)), { lastEvents: async () => [] }), undefined)
})

test('a drill is announced to the platform alone, by whole ids', async () => {
  const ids: string[] = []
  const command = await serveSensor(base, { lastEvents: async () => [], drilled: async () => true })
  assert.equal(await announceDrill(base, ['ab'.repeat(32)]), false, 'nobody but the platform takes it')
  const agent = await serveSensor(
    base,
    {
      lastEvents: async () => ['of the agent'],
      drilled: async given => {
        ids.push(...given)
        return given[0] !== 'cd'.repeat(32)
      },
    },
    'agent',
  )
  assert.equal(await announceDrill(base, ['ab'.repeat(32)]), true)
  assert.equal(await announceDrill(base, ['cd'.repeat(32)]), false, 'the platform does not take it')
  assert.equal(await announceDrill(base, ['shop']), false, 'a name is no id')
  assert.deepEqual(ids, ['ab'.repeat(32), 'cd'.repeat(32)])
  assert.deepEqual(await askLastEvents(base, 'a'), [])
  command?.close()
  assert.deepEqual(await askLastEvents(base, 'a'), ['of the agent'])
  agent?.close()
})
