import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { onBothStores } from '../db/testing.ts'
import { storeEvents } from '../ingest/events.ts'
import { alerts, hello, snapshot } from '../sample.testing.ts'
import type { AuditVerified } from '../schemas/audit.ts'
import type { Page } from '../schemas/common.ts'
import { startTestServer, type TestServer } from '../testing.ts'
import { pruneOld } from './retention.ts'

const day = 86_400_000

onBothStores('retention', place => {
  test('takes out whole days that are too old, their words too, and leaves a log that verifies', async () => {
    const { database } = await place.options()
    let now = Date.parse('2026-01-02T12:00:00Z')
    const server = await startTestServer({ ...(database && { database }), now: () => now })
    await server.local('POST', '/agent/hello', hello)
    await server.local('POST', '/agent/snapshot', snapshot())
    await server.local('POST', '/agent/alerts', alerts(30, { incident: 'old' }))
    await server.local('POST', '/users', { name: 'kim', role: 'viewer' })
    await server.local('POST', '/users', { name: 'lee', role: 'viewer' })
    const { items } = (await server.local<Page<{ id: string }>>('GET', '/incidents')).body
    await server.local('PATCH', `/incidents/${items[0]!.id}`, { state: 'closed' })
    now += 91 * day
    await server.local('POST', '/agent/alerts', alerts(5, { incident: 'new', time: new Date(now).toISOString() }))
    await pruneOld(server.context)
    const count = async (path: string) => (await server.local<Page<unknown>>('GET', path)).body.items.length
    deepEqual([await count('/alerts'), await count('/alerts?q=shell'), await count('/incidents')], [5, 5, 1])
    now += 400 * day
    await server.local('POST', '/users', { name: 'park', role: 'viewer' })
    await pruneOld(server.context)
    const verified = (await server.local<AuditVerified>('GET', '/audit/verify')).body
    deepEqual([verified.ok, verified.rows], [true, 1])
    equal(await count('/alerts'), 0)
    await server.close()
  })

  test('takes many out in parts, while alerts come in; what is freed is used again', async () => {
    const { database } = await place.options()
    let now = Date.parse('2026-01-02T12:00:00Z')
    const server = await startTestServer({ ...(database && { database }), now: () => now })
    const { db, kind } = server.context.store
    await server.local('POST', '/agent/hello', hello)
    await server.local('POST', '/agent/snapshot', snapshot())
    const rows = 20_000
    await putEvents(server, 'old', rows, now)
    const pages = async () =>
      Number((await sql<{ page_count: number }>`pragma page_count`.execute(db)).rows[0]!.page_count)
    const before = kind === 'sqlite' ? await pages() : 0
    now += 91 * day
    const time = new Date(now).toISOString()
    let gone = false
    const pruning = pruneOld(server.context).then(() => {
      gone = true
    })
    let batches = 0
    for (; !gone || batches === 0; batches++)
      equal((await server.local('POST', '/agent/alerts', alerts(20, { from: batches * 20, time }))).status, 200)
    await pruning
    deepEqual(
      [
        (await db.selectFrom('events').select('id').where('id', 'like', '%old-%').execute()).length,
        (await db.selectFrom('alerts').select('id').execute()).length,
        (await server.local<Page<unknown>>('GET', '/events?q=program')).body.items.length,
      ],
      [0, batches * 20, 0],
    )
    await putEvents(server, 'new', rows, now)
    if (kind === 'sqlite') ok((await pages()) < before * 1.2, `${before} pages, then ${await pages()}`)
    await server.close()
  })
})

async function putEvents({ context }: TestServer, name: string, count: number, now: number): Promise<void> {
  const time = new Date(now).toISOString()
  for (let from = 0; from < count; from += 5000) {
    const items = Array.from({ length: 5000 }, (_, at) => ({
      id: `${name}-${from + at}`,
      time,
      kind: 'container' as const,
      name: 'running',
      containerId: 'c1',
      container: 'web',
      text: `program ${from + at} of image shop/web`,
    }))
    await storeEvents(context, { hostId: '', items })
  }
}
