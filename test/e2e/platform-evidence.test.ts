/** What playbooks and people do about a real attack is on its incident, with the evidence, fetched from the server; a drill of the command raises none, whoever else calls himself a drill does. */
import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openApi } from '../../src/agent/api.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'
import type { Action } from '../../src/server/schemas/actions.ts'
import type { Page } from '../../src/server/schemas/common.ts'
import type { Container } from '../../src/server/schemas/containers.ts'
import type { Drill } from '../../src/server/schemas/drills.ts'
import type { EvidenceDetail } from '../../src/server/schemas/evidence.ts'
import type { Host } from '../../src/server/schemas/hosts.ts'
import type { Incident, IncidentDetail } from '../../src/server/schemas/incidents.ts'
import type { Job } from '../../src/server/schemas/jobs.ts'

const root = join(import.meta.dirname, '../..')
const base = mkdtempSync(join(tmpdir(), 'jenner-evidence-'))
const state = join(base, 'state')
const socket = join(state, 'jenner.sock')
const image = `jenner-e2e-evidence-${process.pid}:1.0`
const shop = `jenner-e2e-evidence-${process.pid}`
/** Named and labelled as drills are. */
const liar = `jenner-drill-${process.pid}`
/** A connection a request: those that are kept are closed while a command holds this process up. */
const api = {
  get: async (path: string): Promise<unknown> => JSON.parse((await asked('GET', path)).toString()),
  post: async (path: string, body: object): Promise<unknown> =>
    JSON.parse((await asked('POST', path, JSON.stringify(body))).toString()),
}
const skip = reasonToSkip()
let up: ChildProcess | undefined
let said = ''

function reasonToSkip(): string | false {
  if (process.getuid?.() !== 0) return 'needs root'
  if (!existsSync('/sys/kernel/btf/vmlinux')) return 'needs a kernel with BTF'
  return spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0 ? false : 'needs Docker'
}

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
}

/** Of this test's image alone: nobody else's container may be held. */
const rule = `- rule: Foreign program of the test
  desc: for the test
  condition: evt.type in (execve, execveat) and container.image startswith jenner-e2e-evidence-${process.pid} and proc.exepath startswith /tmp/
  output: A program was run (exe=%proc.exepath)
  priority: CRITICAL
  tags: [T1105]
`
const ofThisTest = ({ image: from }: { image: string }): boolean => from.startsWith(image.split(':')[0]!)

const asleep = ['sh', '-c', 'exec 7</etc/hostname; while :; do sleep 1; done']

before(async () => {
  if (skip !== false) return
  buildImage(image)
  docker('run', '-d', '--name', shop, image, ...asleep)
  const args = ['up', '--state', state, '--listen', '127.0.0.1:0', '--offline', '--lang', 'en']
  up = spawn(join(root, 'jenner'), args, { cwd: base, stdio: ['ignore', 'ignore', 'pipe'] })
  up.stderr!.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  await until(() => /Sensor +running/.test(said), 'the sensor')
  const playbooks = `enabled: true
playbooks:
  - name: hold foreign programs
    when: { rules: [Foreign program of the test] }
    steps: [evidence, pause]
`
  await asked('PUT', '/rules/files', JSON.stringify({ name: 'e2e.yaml', text: rule }))
  await asked('PATCH', '/settings', JSON.stringify({ playbooks }))
  // The rules are loaded anew: what is done meanwhile is not seen.
  await until(async () => {
    const [job] = await list<Job>('/jobs?kind=rules')
    const [host] = await list<Host>('/hosts')
    return job?.state === 'done' && host?.sensor.state === 'running'
  }, 'the playbooks')
})

after(async () => {
  if (skip === false) {
    spawnSync(join(root, 'jenner'), ['down', '--state', state], { stdio: 'ignore' })
    up?.kill('SIGKILL')
    for (const name of [shop, liar]) {
      spawnSync('docker', ['unpause', name], { stdio: 'ignore' })
      spawnSync('docker', ['rm', '-f', name], { stdio: 'ignore' })
    }
    spawnSync('docker', ['rmi', '-f', image], { stdio: 'ignore' })
  }
  rmSync(base, { recursive: true, force: true })
})

test('a playbook saves evidence and pauses: both are on the incident, the evidence on the server', {
  skip,
}, async () => {
  spawnSync('docker', ['exec', shop, 'sh', '-c', 'cp /bin/id /tmp/.x && /tmp/.x'], { timeout: 20_000, stdio: 'ignore' })
  // The bytes of the evidence come by one way, what was done by another: either may be here first.
  const { timeline, evidence } = await incidentOf(
    shop,
    detail => detail.evidence.some(({ state: now }) => now === 'whole') && deedsOf(detail).length >= 2,
  )
  assert.deepEqual(
    deedsOf({ timeline }).map(({ title, actor }) => [title, actor]),
    [
      ['evidence: done', 'playbook:hold foreign programs'],
      ['pause: active', 'playbook:hold foreign programs'],
    ],
  )
  assert.ok(timeline.some(({ kind, actor }) => kind === 'evidence' && actor === 'playbook:hold foreign programs'))
  const [kept] = evidence
  const { contents } = (await api.get(`/evidence/${kept!.id}`)) as EvidenceDetail
  assert.ok(contents!.processes.items.some(one => one.files.some(file => file.endsWith('/etc/hostname'))))
  assert.ok(contents!.members.items.length > 3 && contents!.members.items.every(({ ok }) => ok))
  assert.ok(
    contents!.events.items.some(line => line.includes('/tmp/.x')),
    contents!.events.items.join('\n'),
  )
  const file = join(base, 'fetched.tar')
  const bytes = await asked('GET', `/evidence/${kept!.id}/file`)
  writeFileSync(file, bytes)
  assert.equal(createHash('sha256').update(bytes).digest('hex'), kept!.sha256)
  assert.match(execFileSync('tar', ['-tf', file], { encoding: 'utf8' }), /manifest\.json/)
  await until(() => readdirSync(join(state, 'evidence')).length === 0, 'the host to let go of what the server has')
  docker('unpause', shop)
})

test('evidence that a person asks for is on the incident too, with the last events', { skip }, async () => {
  const before = await incidentOf(shop, () => true)
  const asked = (await api.post('/actions', {
    step: 'evidence',
    containerId: before.containerId,
    incidentId: before.id,
  })) as Action
  const { evidence } = await incidentOf(shop, detail =>
    detail.evidence.some(({ actionId, state: now }) => actionId === asked.id && now === 'whole'),
  )
  const mine = evidence.find(({ actionId }) => actionId === asked.id)!
  assert.equal(mine.madeBy, 'local')
  const { contents } = (await api.get(`/evidence/${mine.id}`)) as EvidenceDetail
  assert.ok(contents!.events.total > 0)
})

test('a drill of the command is a drill, no incident, and nothing answers it', { skip }, async () => {
  const known = new Set((await list<Incident>('/incidents?limit=500')).map(({ id }) => id))
  const done = new Set((await list<Action>('/actions?limit=500')).map(({ id }) => id))
  const ran = spawnSync(
    join(root, 'jenner'),
    ['drill', 'dropped-program', 'temporary-program', '--image', image, '--state', state, '-f', 'json', '--lang', 'en'],
    { cwd: base, encoding: 'utf8', timeout: 180_000 },
  )
  assert.equal(ran.status, 0, ran.stderr)
  assert.match(ran.stderr, /shows this as a drill/)
  // What it raised, if it were told, would be here before what comes now.
  docker('run', '-d', '--name', liar, '--label', 'io.jenner.drill=1', image, ...asleep)
  spawnSync('docker', ['exec', liar, 'sh', '-c', 'cp /bin/id /tmp/.y && /tmp/.y'], { timeout: 20_000, stdio: 'ignore' })
  const incident = await incidentOf(liar, detail => deedsOf(detail).length > 0)
  assert.equal(incident.state, 'open', 'a name and a label hide nobody')
  const fresh = (await list<Incident>('/incidents?limit=500')).filter(one => ofThisTest(one) && !known.has(one.id))
  assert.deepEqual([...new Set(fresh.map(one => one.container))], [liar])
  const answers = (await list<Action>('/actions?limit=500')).filter(({ id }) => !done.has(id))
  assert.deepEqual([...new Set(answers.map(one => one.container))], [liar])
  const [drill] = await list<Drill>('/drills')
  assert.deepEqual([drill?.origin, drill?.state, drill?.detected, drill?.total], ['command', 'done', 2, 2])
  assert.ok(drill!.requestedBy !== '')
  // Containers are told by another way than what happens in them.
  let names: string[] = []
  await until(async () => {
    names = (await list<Container>('/containers?limit=500')).filter(ofThisTest).map(({ name }) => name)
    return names.includes(liar)
  }, 'the container in the inventory')
  assert.deepEqual(names.sort(), [liar, shop].sort())
})

test('only containers that have not run may be announced, and only to the socket', { skip }, async () => {
  const id = docker('inspect', '-f', '{{.Id}}', liar)
  const { announceDrill } = await import('../../src/runtime/respond/sensor-link.ts')
  assert.equal(await announceDrill(state, [id]), false)
  const token = ((await api.post('/tokens', { name: 'x', scopes: ['agent'], days: 1 })) as { secret: string }).secret
  const [host] = await list<Host>('/hosts')
  const outside = openApi({ url: /http:\/\/127\.0\.0\.1:\d+/.exec(said)![0], token })
  const body = { hostId: host!.id, by: 'mallory', scenarios: ['x'] }
  await assert.rejects(outside.post('/drills/beside', body), { code: 'server_refused' })
})

const deedsOf = ({ timeline }: Pick<IncidentDetail, 'timeline'>) => timeline.filter(({ kind }) => kind === 'action')

async function list<T>(path: string): Promise<T[]> {
  return ((await api.get(path)) as Page<T>).items
}

/** The container's incident, once it is as `holds` says. */
async function incidentOf(container: string, holds: (detail: IncidentDetail) => boolean): Promise<IncidentDetail> {
  let last: IncidentDetail | undefined
  for (let left = 300; left > 0; left--) {
    for (const { id } of await list<Incident>(`/incidents?container=${container}`)) {
      last = (await api.get(`/incidents/${id}`)) as IncidentDetail
      if (holds(last)) return last
    }
    await pause()
  }
  throw new Error(`${container}: ${JSON.stringify(last?.timeline)} ${JSON.stringify(last?.evidence)}\n${said}`)
}

function asked(method: string, path: string, body?: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = { host: 'localhost', ...(body !== undefined && { 'content-type': 'application/json' }) }
    const outgoing = request({ socketPath: socket, agent: false, method, path: `/api/v1${path}`, headers }, answer => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const bytes = Buffer.concat(chunks)
        if ((answer.statusCode ?? 500) < 400) resolve(bytes)
        else reject(new Error(`${method} ${path}: ${answer.statusCode} ${bytes.toString()}`))
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let left = 600; left > 0; left--) {
    if (await holds()) return
    await pause()
  }
  throw new Error(`${what}: not in time; the platform said:\n${said}`)
}

function pause(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 200))
}
