import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostileNotice, receive } from '../../reporting/outputs/receiver.test-helper.ts'
import type { Output } from '../schemas/outputs.ts'
import { startTestServer } from '../testing.ts'
import { enqueue } from './store.ts'

test('an output that does not answer holds up neither the others nor what comes later', async t => {
  const { context, local } = await startTestServer()
  const slow = await receive(t, () => {})
  const well = await receive(t)
  const add = async (name: string, url: string): Promise<string> =>
    (await local<Output>('POST', '/outputs', { kind: 'webhook', name, minimum: 'Notice', config: { url } })).body.id
  const [slowId, wellId] = [await add('slow', slow.url), await add('well', well.url)]
  const ids = (): string[] => well.got.map(({ body }) => (JSON.parse(body) as { id: string }).id)
  for (const id of ['first', 'second']) {
    const notice = hostileNotice({ id })
    await enqueue(
      context,
      context.db,
      [slowId, wellId].map(output => ({ output, notice })),
    )
    void context.notifying!.run()
    while (!ids().includes(id)) await new Promise(resolve => setTimeout(resolve, 10))
  }
  assert.deepEqual(ids(), ['first', 'second'])
  assert.equal(slow.got.length, 1)
})

test('what a kind would not open is refused when it is saved', async () => {
  const { local } = await startTestServer()
  const cases: [kind: string, config: object][] = [
    ['webhook', { url: 'http://a.test', template: '{{if' }],
    ['webhook', { url: 'http://user:password@a.test' }],
    ['file', { name: '../jenner.db' }],
    ['slack', { url: 'javascript:alert(1)' }],
  ]
  for (const [kind, config] of cases) {
    const { status, text } = await local('POST', '/outputs', { kind, name: kind, config })
    assert.equal(status, 400, text)
  }
})
