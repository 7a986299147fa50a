import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { onBothStores } from '../db/testing.ts'
import { pruneOld } from '../jobs/retention.ts'
import { alerts, container, hello, snapshot } from '../sample.testing.ts'
import type { Action } from '../schemas/actions.ts'
import type { AuditRow } from '../schemas/audit.ts'
import type { Page } from '../schemas/common.ts'
import type { Evidence, EvidenceAnswer, EvidenceDetail } from '../schemas/evidence.ts'
import type { Incident, IncidentDetail } from '../schemas/incidents.ts'
import { startTestServer, type TestServer } from '../testing.ts'
import { evidenceFile, mostBytes } from './receive.ts'

/** As agents make it: `processes.json` …, `manifest.json` last. */
function makeTar(): Buffer {
  const processes = [
    {
      pid: 7,
      ppid: 1,
      vpid: 1,
      comm: 'sh',
      exe: '/bin/sh',
      cwd: '/',
      cmdline: ['sh', '-c', 'x'],
      uid: 0,
      capEffective: '00',
      files: [{ fd: 3, target: '/etc/shadow' }],
    },
  ]
  const sockets = [{ protocol: 'tcp', local: 'a:1', remote: 'b:2', state: 'LISTEN', pids: [7] }]
  const texts = {
    'processes.json': JSON.stringify(processes),
    'sockets.json': JSON.stringify(sockets),
    'big.txt': 'x'.repeat(9000),
  }
  const members = Object.entries(texts).map(([name, text]) => ({ name, sha256: sha(Buffer.from(text)) }))
  const manifest = { created: '2026-01-02T00:00:00.000Z', missing: [{ what: 'mounts', why: 'gone' }], members }
  const all = { ...texts, 'manifest.json': JSON.stringify(manifest) }
  return Buffer.concat([...Object.entries(all).map(([name, text]) => memberOf(name, text)), Buffer.alloc(1024)])
}

function memberOf(name: string, text: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write(`${text.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  return Buffer.concat([header, Buffer.from(text), Buffer.alloc((512 - (text.length % 512)) % 512)])
}

const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

function offerOf(bytes: Buffer, more: object = {}) {
  return {
    hostId: hello.id,
    key: 'k1',
    actionId: '',
    incident: 'inc-1',
    containerId: container().id,
    container: 'shop-web-1',
    name: '20260102T000000-000Z-cccccccccccc.tar',
    size: bytes.length,
    sha256: sha(bytes),
    madeBy: 'playbook:shells',
    createdAt: '2026-01-02T00:00:00.000Z',
    ...more,
  }
}

async function agentOf(server: TestServer) {
  const made = await server.local<{ secret: string }>('POST', '/tokens', { name: 'a', scopes: ['agent'], days: 1 })
  const token = made.body.secret
  return {
    offer: (body: object) => server.call<EvidenceAnswer & { code: string }>('POST', '/agent/evidence', { token, body }),
    put: (id: string, offset: number, raw: Buffer, more: Record<string, string> = {}) =>
      server.call<EvidenceAnswer & { code: string }>('PUT', `/agent/evidence/${id}?offset=${offset}`, {
        token,
        raw,
        headers: { 'content-type': 'application/octet-stream', ...more },
      }),
  }
}

onBothStores('evidence that is handed over', place => {
  test('comes in pieces, goes on where it stopped, is shown with its manifest and fetched whole', async () => {
    const { database } = await place.options()
    const server = await startTestServer({ ...(database && { database }) })
    await server.local('POST', '/agent/hello', hello)
    await server.local('POST', '/agent/snapshot', snapshot())
    const agent = await agentOf(server)
    const bytes = makeTar()
    const deed = {
      id: 'host-1.d1',
      step: 'evidence',
      containerId: container().id,
      container: 'shop-web-1',
      incident: 'inc-1',
      dryRun: false,
      state: 'done',
      undoable: false,
      reason: 'Terminal shell in container',
      by: 'playbook:shells',
      time: '2026-01-02T00:00:01.000Z',
      detail: '3 members',
    }
    // Before its incident is known, and told twice.
    for (const stored of [1, 0])
      equal(
        (await server.local<{ stored: number }>('POST', '/agent/actions', { hostId: hello.id, items: [deed] })).body
          .stored,
        stored,
      )
    const first = await agent.offer(offerOf(bytes, { actionId: deed.id }))
    deepEqual([first.status, first.body.received, first.body.whole], [200, 0, false])
    const { id } = first.body
    await agent.put(id, 0, bytes.subarray(0, 5000))
    // Lost answers, and pieces out of turn.
    equal((await agent.put(id, 0, bytes.subarray(0, 5000))).body.received, 5000)
    equal((await agent.put(id, 9000, bytes.subarray(9000))).body.received, 5000)
    equal((await agent.offer(offerOf(bytes, { actionId: deed.id }))).body.received, 5000)
    equal((await server.local<EvidenceDetail>('GET', `/evidence/${id}`)).body.state, 'receiving')
    equal((await agent.put(id, 5000, bytes.subarray(5000))).body.whole, true)
    equal((await agent.offer(offerOf(bytes))).body.whole, true)

    await server.local('POST', '/agent/alerts', alerts(1))
    const [incident] = (await server.local<Page<Incident>>('GET', '/incidents')).body.items
    const { evidence, timeline } = (await server.local<IncidentDetail>('GET', `/incidents/${incident!.id}`)).body
    deepEqual(
      evidence.map(({ id: each, state, madeBy, host, sha256 }) => [each, state, madeBy, host, sha256]),
      [[id, 'whole', 'playbook:shells', 'web-1', sha(bytes)]],
    )
    deepEqual(
      timeline.map(({ kind, actor }) => [kind, actor]).filter(([kind]) => kind === 'action' || kind === 'evidence'),
      [
        ['evidence', 'playbook:shells'],
        ['action', 'playbook:shells'],
      ],
    )
    const { contents } = (await server.local<EvidenceDetail>('GET', `/evidence/${id}`)).body
    deepEqual(
      contents?.members.items.map(one => [one.name, one.ok]),
      [
        ['processes.json', true],
        ['sockets.json', true],
        ['big.txt', true],
      ],
    )
    deepEqual(contents?.processes.items[0]?.files, ['/etc/shadow'])
    deepEqual(contents?.missing, [{ what: 'mounts', why: 'gone' }])
    equal(contents?.sockets.items[0]?.remote, 'b:2')

    const viewer = await server.signIn('the-viewer', 'viewer')
    for (const path of ['/evidence', `/evidence/${id}`, `/evidence/${id}/file`])
      equal((await server.call('GET', path, viewer)).status, 403, path)
    const analyst = await server.signIn('the-analyst', 'analyst')
    const got = await server.call('GET', `/evidence/${id}/file`, analyst)
    deepEqual([got.status, sha(Buffer.from(got.text))], [200, sha(bytes)])
    match(String(got.headers['content-disposition']), /^attachment; filename="[\w.-]+\.tar"$/)
    // The file is on its way before its line is in the log.
    const read = async () => (await server.local<Page<AuditRow>>('GET', '/audit')).body.items
    let audit = await read()
    for (let left = 50; left > 0 && audit[0]?.action !== 'evidence.read'; left--) {
      await new Promise(resolve => setTimeout(resolve, 20))
      audit = await read()
    }
    for (const [actor, action] of [
      ['the-analyst', 'evidence.read'],
      ['playbook:shells', 'evidence.keep'],
      ['playbook:shells', 'action.playbook'],
    ])
      ok(
        audit.some(row => row.actor === actor && row.action === action),
        `${actor} ${action}`,
      )

    writeFileSync(evidenceFile(server.state, id), bytes.fill(1, 2000, 2010))
    equal((await server.local('GET', `/evidence/${id}/file`)).status, 409)
    await server.close()
  })

  test('an incident, its steps and its evidence find each other also when they come at the same time', async () => {
    const { database } = await place.options()
    const server = await startTestServer({ ...(database && { database }) })
    await server.local('POST', '/agent/hello', hello)
    await server.local('POST', '/agent/snapshot', snapshot())
    const agent = await agentOf(server)
    const bytes = makeTar()
    const refs = Array.from({ length: 30 }, (_, number) => `at-once-${number}`)
    await Promise.all(
      refs.map(async (incident, number) => {
        const batch = alerts(1, { from: 1000 + number })
        Object.assign(batch.items[0]!, { incident })
        const step = {
          containerId: container().id,
          container: 'shop-web-1',
          incident,
          by: 'playbook:shells',
          reason: '',
        }
        const outcome = { dryRun: false, state: 'done', undoable: false, time: '2026-01-02T00:00:01.000Z', detail: '' }
        const items = [{ id: `host-1.${incident}`, step: 'pause', ...step, ...outcome }]
        await Promise.all([
          server.local('POST', '/agent/alerts', batch),
          server.local('POST', '/agent/actions', { hostId: hello.id, items }),
          agent.offer(offerOf(bytes, { key: incident, incident })),
        ])
      }),
    )
    const found = (await server.local<Page<Incident>>('GET', '/incidents?limit=100')).body.items
    equal(found.length, refs.length)
    const ids = found.map(({ id }) => id).sort()
    const actions = (await server.local<Page<Action>>('GET', '/actions?limit=100')).body.items
    deepEqual(actions.map(({ incidentId }) => incidentId).sort(), ids)
    for (const id of ids) {
      const { evidence } = (await server.local<IncidentDetail>('GET', `/incidents/${id}`)).body
      equal(evidence.length, 1, id)
    }
    await server.close()
  })

  test('is thrown away when it is not what was said, refused when it is too large, and taken out by age', async () => {
    const { database } = await place.options()
    let now = Date.parse('2026-01-02T12:00:00Z')
    const server = await startTestServer({ ...(database && { database }), now: () => now })
    await server.local('POST', '/agent/hello', hello)
    const agent = await agentOf(server)
    const bytes = makeTar()
    const { id } = (await agent.offer(offerOf(bytes))).body
    equal((await agent.put(id, 0, Buffer.from(bytes).fill(1, 700, 710))).body.code, 'conflict')
    equal((await agent.offer(offerOf(bytes))).body.received, 0)
    equal((await agent.put(id, 0, Buffer.concat([bytes, bytes]))).body.code, 'bad_argument')
    const tooLong = { 'content-type': 'application/octet-stream', 'content-length': `${5 << 20}` }
    equal((await agent.put(id, 0, Buffer.alloc(1), tooLong)).status, 413)
    equal((await agent.put('nowhere', 0, bytes)).status, 404)
    equal((await agent.offer(offerOf(bytes, { key: 'k2', size: mostBytes + 1 }))).status, 413)
    for (const name of ['../x.tar', 'x.tgz', 'a/b.tar'])
      equal((await agent.offer(offerOf(bytes, { name }))).status, 400)
    equal((await agent.put(id, 0, bytes)).body.whole, true)
    ok(existsSync(evidenceFile(server.state, id)))
    now += 401 * 86_400_000
    await pruneOld(server.context)
    ok(!existsSync(evidenceFile(server.state, id)))
    const { items } = (await server.local<Page<Evidence>>('GET', '/evidence')).body
    deepEqual([items[0]!.state, items[0]!.sha256], ['expired', sha(bytes)])
    equal((await server.local('GET', `/evidence/${id}/file`)).status, 404)
    await server.close()
  })
})
