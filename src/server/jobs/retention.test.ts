import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { onBothStores } from '../db/testing.ts'
import { alerts, hello, snapshot } from '../sample.testing.ts'
import type { AuditVerified } from '../schemas/audit.ts'
import type { Page } from '../schemas/common.ts'
import { startTestServer } from '../testing.ts'
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
})
