import { deepEqual, equal, match } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { alerts, container, hello, snapshot } from '../../sample.testing.ts'
import type { Action } from '../../schemas/actions.ts'
import type { Lease } from '../../schemas/agent.ts'
import type { AuditRow } from '../../schemas/audit.ts'
import type { Page } from '../../schemas/common.ts'
import type { Incident, IncidentDetail } from '../../schemas/incidents.ts'
import { startTestServer, type TestServer } from '../../testing.ts'

const bytes = Buffer.from('a tar of evidence')

async function setUp(): Promise<{ server: TestServer; incident: string; folder: string }> {
  const server = await startTestServer()
  await server.local('POST', '/agent/hello', hello)
  await server.local('POST', '/agent/snapshot', snapshot())
  await server.local('POST', '/agent/alerts', alerts(1))
  const { items } = (await server.local<Page<Incident>>('GET', '/incidents')).body
  const folder = join(server.state, 'evidence')
  mkdirSync(folder)
  return { server, incident: items[0]!.id, folder }
}

/** What the agent answers for the step that takes evidence. */
async function taken(server: TestServer, incidentId: string, ref: string): Promise<IncidentDetail['evidence'][number]> {
  const input = { step: 'evidence', containerId: container().id, incidentId, reason: 'test' }
  equal((await server.local<Action>('POST', '/actions', input)).status, 202)
  const asked = { hostId: hello.id, kinds: ['action'], wait: 0 }
  const { job } = (await server.local<{ job: Lease }>('POST', '/agent/jobs/lease', asked)).body
  const action = { state: 'done', detail: '', undoable: false, ref }
  equal((await server.local('POST', `/agent/jobs/${job.id}/done`, { action })).status, 204)
  return (await server.local<IncidentDetail>('GET', `/incidents/${incidentId}`)).body.evidence.at(-1)!
}

test('evidence in the state folder is fetched whole, with its hash told and the fetch in the audit log', async () => {
  const { server, incident, folder } = await setUp()
  const path = join(folder, '20260102T120000-000Z-0123456789ab.tar')
  writeFileSync(path, bytes)
  const evidence = await taken(server, incident, path)
  deepEqual([evidence.size, evidence.sha256], [bytes.length, createHash('sha256').update(bytes).digest('hex')])
  const url = `/incidents/${incident}/evidence/${evidence.id}`
  const got = await server.local('GET', url)
  deepEqual([got.status, got.text, got.headers['content-length']], [200, bytes.toString(), String(bytes.length)])
  match(String(got.headers['content-disposition']), /^attachment; filename="20260102T120000-000Z-0123456789ab\.tar"$/)
  const entries = (await server.local<Page<AuditRow>>('GET', '/audit')).body.items
  equal(entries.filter(one => one.action === 'evidence.read' && one.target === incident).length, 1)
  const viewer = await server.signIn('looker', 'viewer')
  equal((await server.call('GET', url, viewer)).status, 403)
  equal((await server.local('GET', `/incidents/other/evidence/${evidence.id}`)).status, 404)
  appendFileSync(path, 'changed')
  equal((await server.local('GET', url)).status, 409)
  await server.close()
})

test('a name that leads out of the folder is told, and not read', async () => {
  const { server, incident, folder } = await setUp()
  const outside = join(server.state, 'key')
  symlinkSync(outside, join(folder, 'link.tar'))
  mkdirSync(join(folder, 'folder.tar'))
  const refs = [
    outside,
    join(folder, 'link.tar'),
    join(folder, 'folder.tar'),
    join(folder, 'gone.tar'),
    `${folder}/../key`,
    '/etc/passwd',
    'other machine.tar',
  ]
  for (const ref of refs) {
    const evidence = await taken(server, incident, ref)
    deepEqual([evidence.name, evidence.size, evidence.sha256], [ref, 0, ''])
    equal((await server.local('GET', `/incidents/${incident}/evidence/${evidence.id}`)).status, 404, ref)
  }
  await server.close()
})
