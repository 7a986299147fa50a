import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { onBothStores } from '../../db/testing.ts'
import { alerts, hello, snapshot } from '../../sample.testing.ts'
import type { AuditRow } from '../../schemas/audit.ts'
import type { Page } from '../../schemas/common.ts'
import type { Assignees, Incident, IncidentDetail } from '../../schemas/incidents.ts'
import { startTestServer } from '../../testing.ts'

onBothStores('an incident', place => {
  test('is given to whoever may handle it, found by that, and the log says so', async () => {
    const { database } = await place.options()
    const server = await startTestServer({ ...(database && { database }) })
    await server.local('POST', '/agent/hello', hello)
    await server.local('POST', '/agent/snapshot', snapshot())
    await server.local('POST', '/agent/alerts', alerts(1, { incident: 'a' }))
    await server.local('POST', '/agent/alerts', alerts(1, { incident: 'b' }))
    const kim = await server.signIn('kim', 'analyst')
    await server.signIn('lee', 'admin')
    const park = await server.signIn('park', 'viewer')
    const gone = (await server.local<{ user: { id: string } }>('POST', '/users', { name: 'choi', role: 'analyst' }))
      .body
    await server.local('PATCH', `/users/${gone.user.id}`, { disabled: true })
    deepEqual((await server.call<Assignees>('GET', '/incidents/assignees', kim)).body, [
      { name: 'kim', role: 'analyst' },
      { name: 'lee', role: 'admin' },
    ])
    const [first, second] = (await server.local<Page<Incident>>('GET', '/incidents')).body.items
    const give = (assignee: string | null, as: typeof kim, id = first!.id) =>
      server.call<Incident>('PATCH', `/incidents/${id}`, { ...as, body: { assignee } })
    equal((await give('lee', kim)).body.assignee, 'lee')
    equal((await give('lee', park)).status, 403)
    for (const nobody of ['park', 'choi', 'mallory']) equal((await give(nobody, kim)).status, 400, nobody)
    const found = async (assignee: string) =>
      (await server.local<Page<Incident>>('GET', `/incidents?assignee=${assignee}`)).body.items.map(({ id }) => id)
    deepEqual([await found('lee'), await found('-'), await found('kim')], [[first!.id], [second!.id], []])
    equal((await give(null, kim)).body.assignee, undefined)
    deepEqual((await found('-')).length, 2)
    const { timeline } = (await server.local<IncidentDetail>('GET', `/incidents/${first!.id}`)).body
    deepEqual(
      timeline.filter(({ kind }) => kind === 'state').map(({ title, actor }) => [title, actor]),
      [
        ['assignee: lee', 'kim'],
        ['assignee: -', 'kim'],
      ],
    )
    const audit = (await server.local<Page<AuditRow>>('GET', '/audit?limit=100')).body.items
    for (const detail of ['assignee: lee', 'assignee: -'])
      ok(audit.some(row => row.action === 'incident.change' && row.detail === detail && row.actor === 'kim'))
    await server.close()
  })
})
