import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { onBothStores } from '../db/testing.ts'
import { hello, imageId, inventory, snapshot } from '../sample.testing.ts'
import type { AuditRow } from '../schemas/audit.ts'
import type { Page } from '../schemas/common.ts'
import type { Decision, DecisionDetail } from '../schemas/decisions.ts'
import type { Vulnerability } from '../schemas/vulnerabilities.ts'
import { startTestServer, type TestServer } from '../testing.ts'
import { expireDecisions } from './expire.ts'

const expat = 'CVE-2024-45490'
const ssl = 'CVE-2024-5535'
const packages = [
  { name: 'libssl3', source: 'openssl', version: '3.0.11-1' },
  { name: 'libexpat1', source: 'expat', version: '2.5.0-1' },
]

async function open(server: TestServer): Promise<[boolean, boolean]> {
  const { items } = (await server.local<Page<Vulnerability>>('GET', '/vulnerabilities?state=open&limit=500')).body
  const ids = items.map(({ id }) => id)
  return [ids.includes(expat), ids.includes(ssl)]
}

onBothStores('a decision that is changed', place => {
  test('covers what it says now, ends when it says now, and tells what it was', async () => {
    const { database } = await place.options()
    let now = Date.parse('2026-01-02T12:00:00Z')
    const server = await startTestServer({ ...(database && { database }), now: () => now })
    await server.local('POST', '/agent/hello', hello)
    await server.local('POST', '/agent/snapshot', snapshot())
    await server.context.verdicts.scanned(imageId, inventory(packages))
    deepEqual(await open(server), [true, true])
    const input = {
      scope: { vulnerability: expat },
      status: 'accepted',
      owner: 'kim',
      comment: 'behind a proxy',
      expires: '2026-01-05T00:00:00.000Z',
    }
    const { id } = (await server.local<Decision>('POST', '/decisions', input)).body
    deepEqual(await open(server), [false, true])

    const change = (more: object) => server.local<Decision>('PUT', `/decisions/${id}`, { ...input, ...more })
    // Another end: past the first one it still holds.
    equal((await change({ expires: '2026-01-09T00:00:00.000Z' })).status, 200)
    now = Date.parse('2026-01-06T00:00:00Z')
    await expireDecisions(server.context)
    deepEqual(await open(server), [false, true])
    // Another scope: the old one comes back.
    const scope = { vulnerability: ssl, image: 'shop/*' }
    const moved = await change({ scope, expires: '2026-01-09T00:00:00.000Z', comment: 'the other one' })
    deepEqual([moved.body.scope, moved.body.matches], [scope, 1])
    deepEqual(await open(server), [true, false])
    // A wider one.
    await change({ scope: { vulnerability: '*' }, expires: '2026-01-09T00:00:00.000Z' })
    deepEqual(await open(server), [false, false])
    equal((await change({ scope, expires: '2026-01-05T00:00:00.000Z' })).status, 400, 'an end in the past')
    await change({ scope, expires: '2026-01-09T00:00:00.000Z', status: 'fixing' })
    now = Date.parse('2026-01-10T00:00:00Z')
    await expireDecisions(server.context)
    deepEqual(await open(server), [true, true])
    // One that has ended goes on.
    equal((await change({ scope, expires: '2026-02-01T00:00:00.000Z' })).body.state, 'active')
    deepEqual(await open(server), [true, false])
    const analyst = await server.signIn('lee', 'analyst')
    equal((await server.call('DELETE', `/decisions/${id}`, analyst)).status, 204)
    deepEqual(await open(server), [true, true])
    equal((await change({ scope })).status, 409, 'it was taken back')

    const { history } = (await server.local<DecisionDetail>('GET', `/decisions/${id}`)).body
    deepEqual(
      history.map(({ actor, what, fields }) => [actor, what, fields.map(({ field }) => field).join()]),
      [
        ['lee', 'revoked', 'state'],
        ['local', 'changed', 'status,expires,state'],
        ['jenner', 'expired', 'state'],
        ['local', 'changed', 'status,vulnerability,image'],
        ['local', 'changed', 'comment,vulnerability,image'],
        ['local', 'changed', 'comment,vulnerability,image'],
        ['local', 'changed', 'expires'],
      ],
    )
    deepEqual(history.at(-1)!.fields, [
      { field: 'expires', from: '2026-01-05T00:00:00.000Z', to: '2026-01-09T00:00:00.000Z' },
    ])
    const audit = (await server.local<Page<AuditRow>>('GET', '/audit?limit=100')).body.items
    const changes = audit.filter(({ action }) => action === 'decision.change')
    ok(changes.some(({ detail }) => detail.includes('shop/*') && detail.includes('2026-02-01')))
    await server.close()
  })
})
