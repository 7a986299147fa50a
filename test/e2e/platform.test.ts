/** The first hour of a person with a Docker host: from the one command to an incident that is isolated and released, with the time that each step took. */
import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createHttp } from 'node:http'
import { type AddressInfo, createServer as createTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openApi } from '../../src/agent/api.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'
import type { Action } from '../../src/server/schemas/actions.ts'
import type { Page } from '../../src/server/schemas/common.ts'
import type { Container } from '../../src/server/schemas/containers.ts'
import type { Drill } from '../../src/server/schemas/drills.ts'
import type { Health, Today } from '../../src/server/schemas/health.ts'
import type { Host } from '../../src/server/schemas/hosts.ts'
import type { Image } from '../../src/server/schemas/images.ts'
import type { Incident, IncidentDetail } from '../../src/server/schemas/incidents.ts'
import type { Output } from '../../src/server/schemas/outputs.ts'

const skip = reasonToSkip()
const root = join(import.meta.dirname, '../..')
const base = mkdtempSync(join(tmpdir(), 'jenner-platform-'))
const state = join(base, 'state')
const image = `jenner-e2e-platform-${process.pid}:1.0`
const shop = `jenner-e2e-shop-${process.pid}`
const risky = `jenner-e2e-risky-${process.pid}`
const api = openApi({ socket: join(state, 'jenner.sock') })
/** They stay to the end: the platform is not well while what it tells is taken by nobody. */
const receivers: { close(): unknown }[] = []
const times: [step: string, ms: number][] = []
let up: ChildProcess | undefined
let said = ''
let started = 0

function reasonToSkip(): string | false {
  if (process.getuid?.() !== 0) return 'needs root'
  if (!existsSync('/sys/kernel/btf/vmlinux')) return 'needs a kernel with BTF'
  return spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0 ? false : 'needs Docker'
}

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

async function until<T>(look: () => Promise<T | undefined>, what: string | (() => string), limit = 90_000): Promise<T> {
  const end = Date.now() + limit
  for (;;) {
    const found = await look().catch(() => undefined)
    if (found !== undefined) return found
    if (Date.now() > end)
      throw new Error(
        `${typeof what === 'string' ? what : what()}: not within ${limit / 1000} s; the platform said:\n${said}`,
      )
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

async function list<T>(path: string): Promise<T[]> {
  return ((await api.get(path)) as Page<T>).items
}

function step(name: string): void {
  times.push([name, Math.round(performance.now() - started)])
}

before(async () => {
  if (skip !== false) return
  buildImage(image)
  const run = ['run', '-d', '--label', 'com.docker.compose.project=shop', '--label', 'com.docker.compose.service=web']
  docker(...run, '--name', shop, image, 'sh', '-c', 'while :; do sleep 1; done')
  docker(
    'run',
    '-d',
    '--name',
    risky,
    '--cap-add',
    'SYS_ADMIN',
    '-v',
    '/etc:/host-etc:ro',
    '-p',
    '127.0.0.1::80',
    image,
    'sleep',
    '900',
  )
  started = performance.now()
  up = spawn(join(root, 'jenner'), ['up', '--state', state, '--listen', '127.0.0.1:0', '--offline', '--lang', 'en'], {
    cwd: base,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  up.stderr!.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
})

after(() => {
  if (skip === false) {
    spawnSync(join(root, 'jenner'), ['down', '--state', state], { stdio: 'ignore' })
    up?.kill('SIGKILL')
    for (const name of [shop, risky]) spawnSync('docker', ['rm', '-f', name], { stdio: 'ignore' })
    spawnSync('docker', ['rmi', '-f', image], { stdio: 'ignore' })
  }
  for (const receiver of receivers) receiver.close()
  rmSync(base, { recursive: true, force: true })
})

test('the platform starts, and the sensor with it', { skip }, async () => {
  await until(async () => ((await api.get('/health')) as Health).version, 'the server')
  step('server answers')
  const host = await until(
    async () => (await list<Host>('/hosts')).find(({ sensor }) => sensor.state === 'running'),
    'the sensor',
  )
  step('sensor runs')
  assert.ok(host.runtimes.some(({ name, connected }) => name === 'docker' && connected))
  await until(
    async () => /Console +http:\/\/127\.0\.0\.1:\d+/.test(said) || undefined,
    'the address of the console on the terminal',
  )
  assert.match(readFileSync(join(state, 'setup-link'), 'utf8'), /^http:\/\/127\.0\.0\.1:\d+\/setup#\S{20,}/)
  assert.ok(!said.includes('/setup#'), 'the link is in what may be a log')
})

test('every container is listed with owner, ports, privileges and what to change', { skip }, async () => {
  const containers = await until(async () => {
    const found = await list<Container>('/containers?limit=500')
    return found.some(({ name }) => name === shop) && found.some(({ name }) => name === risky) ? found : undefined
  }, 'the containers')
  step('containers listed')
  const web = containers.find(({ name }) => name === shop)!
  assert.deepEqual([web.owner, web.service, web.state, web.user], ['shop', 'web', 'running', 'root'])
  const other = containers.find(({ name }) => name === risky)!
  assert.deepEqual(
    other.risks
      .map(({ id }) => id)
      .filter(id => /^(cap|mount)/.test(id))
      .sort(),
    ['cap:SYS_ADMIN', 'mount:/etc:ro'],
  )
  assert.equal(other.ports[0]?.exposed, false)
  const fix = web.risks.find(({ id }) => id === 'writable-root')?.fix
  assert.equal(fix?.kind, 'compose')
  assert.match(fix?.diff ?? '', /\+ {4}read_only: true/)
})

test('images are scanned on sight; with the starter advisories alone nothing is called clean', { skip }, async () => {
  const scanned = await until(async () => {
    const found = (await list<Image>('/images?limit=500')).find(({ names }) => names.includes(image))
    return found?.scan.state === 'done' ? found : undefined
  }, 'the scan')
  step('image scanned')
  assert.equal(scanned.running, 2)
  const { advisories } = (await api.get('/health')) as Health
  assert.equal(advisories.starter, true)
  const today = (await api.get('/today')) as Today
  assert.ok(today.items.length > 0)
  assert.ok(today.fixes.length > 0 && today.fixes.every(({ diff }) => diff.includes('+') || diff.includes('-')))
  step('first fixes')
})

test('a drill is run from the server, and is no incident', { skip }, async () => {
  const { id } = (await api.post('/drills', { scenarios: [await firstScenario()] })) as Drill
  const done = await until(async () => {
    const drill = (await list<Drill>('/drills')).find(each => each.id === id)
    return drill?.state === 'done' || drill?.state === 'failed' ? drill : undefined
  }, 'the drill')
  step('drill done')
  assert.deepEqual([done.state, done.detected, done.total], ['done', 1, 1], JSON.stringify(done))
  const [result] = done.results
  assert.ok(result!.detected && result!.cleanedUp)
  assert.ok(
    !(await list<Incident>('/incidents?limit=500')).some(
      ({ rule, container }) => rule === result!.rule && ![shop, risky].includes(container),
    ),
  )
})

async function firstScenario(): Promise<string> {
  const [first] = (await api.get('/drills/scenarios')) as { id: string }[]
  return first!.id
}

test('an alert arrives at a webhook and a mailbox; its container is isolated and released', { skip }, async () => {
  const hook = await receiveHooks()
  const mail = await receiveMail()
  const outputs = [
    { kind: 'webhook', name: 'hook', minimum: 'Notice', config: { url: hook.url } },
    {
      kind: 'email',
      name: 'mail',
      minimum: 'Notice',
      config: { host: '127.0.0.1', port: mail.port, tls: 'none', from: 'jenner@example.test', to: 'ops@example.test' },
    },
  ]
  for (const output of outputs) assert.ok(((await api.post('/outputs', output)) as Output).id)
  docker(
    'exec',
    shop,
    'sh',
    '-c',
    'cp /usr/bin/cat /tmp/dropped 2>/dev/null || cp /bin/cat /tmp/dropped; /tmp/dropped /etc/passwd >/dev/null',
  )
  const incident = await until(
    async () =>
      (await list<Incident>('/incidents?limit=500')).find(
        ({ container, priority }) => container === shop && priority !== 'Notice',
      ),
    'the incident',
  )
  step('incident')
  await until(async () => hook.got.find(body => body.includes(shop)), 'the webhook')
  step('webhook')
  await until(async () => mail.got.find(text => text.includes(shop)), 'the mail')
  step('mail')
  const detail = (await api.get(`/incidents/${incident.id}`)) as IncidentDetail
  assert.ok(detail.lineage.length > 0 && detail.samples.length > 0)
  const isolated = await act({
    step: 'isolate',
    containerId: incident.containerId,
    incidentId: incident.id,
    reason: 'e2e',
  })
  step('isolated')
  assert.equal(isolated.state, 'active', isolated.detail)
  const seen = await until(
    async () =>
      (await list<Container>('/containers?limit=500')).find(
        ({ name, actions }) => name === shop && actions.includes('isolate'),
      ),
    'the isolation in the inventory',
  )
  assert.ok(seen)
  await api.post(`/actions/${isolated.id}/undo`, {})
  const undone = await until(
    async () => (await list<Action>('/actions')).find(({ id, state: now }) => id === isolated.id && now === 'undone'),
    'the release',
  )
  step('released')
  assert.equal(undone.undoable, false)
  const story = (await api.get(`/incidents/${incident.id}`)) as IncidentDetail
  assert.ok(story.timeline.some(({ kind }) => kind === 'action'))
})

async function act(input: object): Promise<Action> {
  const { id } = (await api.post('/actions', input)) as Action
  return until(async () => {
    const found = (await list<Action>('/actions')).find(each => each.id === id)
    return found !== undefined && !['requested', 'running'].includes(found.state) ? found : undefined
  }, 'the action')
}

test('whatever happens to its parts, the platform comes back with all that it knew; then it ends', {
  skip,
}, async () => {
  const before = (await list<Incident>('/incidents?limit=500')).length
  const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(up!.pid)], { encoding: 'utf8' }).split('\n')
  const server = children.find(line => line.includes('server-main'))!
  process.kill(Number.parseInt(server, 10), 'SIGKILL')
  await until(
    async () => ((await list<Incident>('/incidents?limit=500')).length >= before ? true : undefined),
    'the server after its death',
  )
  step('server killed and back')
  let told = ''
  const status = await until(
    async () => {
      const {
        status: code,
        stdout,
        stderr,
      } = spawnSync(join(root, 'jenner'), ['status', '--state', state, '-f', 'json'], { encoding: 'utf8' })
      told = stdout + stderr
      return code === 0 ? (JSON.parse(stdout) as { running: boolean }) : undefined
    },
    () => `every part to be well: ${told}`,
  )
  assert.equal(status.running, true)
  const verified = spawnSync(join(root, 'jenner'), ['audit', 'verify', '--state', state, '--lang', 'en'], {
    encoding: 'utf8',
  })
  assert.equal(verified.status, 0, verified.stderr)
  assert.match(verified.stdout, /whole: \d+ entries/)
  const down = spawnSync(join(root, 'jenner'), ['down', '--state', state, '--lang', 'en'], { encoding: 'utf8' })
  assert.equal(down.status, 0, down.stderr)
  assert.equal(spawnSync(join(root, 'jenner'), ['status', '--state', state], { encoding: 'utf8' }).status, 1)
  for (const [name, ms] of times) console.log(`# ${name}: ${(ms / 1000).toFixed(1)} s after the command`)
})

async function receiveHooks(): Promise<{ url: string; got: string[] }> {
  const got: string[] = []
  const server = createHttp((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      got.push(body)
      response.end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  receivers.push(server)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, got }
}

/** A mailbox: as much of RFC 5321 as it takes to be handed a mail. */
async function receiveMail(): Promise<{ port: number; got: string[] }> {
  const got: string[] = []
  const server = createTcp(socket => {
    let held = ''
    let data: string[] | undefined
    socket.write('220 mailbox.test\r\n')
    socket.on('error', () => {})
    socket.on('data', chunk => {
      held += chunk.toString()
      const lines = held.split('\r\n')
      held = lines.pop()!
      for (const line of lines) {
        if (data !== undefined && line !== '.') data.push(line)
        else if (data !== undefined) {
          got.push(data.join('\n'))
          data = undefined
          socket.write('250 taken\r\n')
        } else if (/^DATA$/i.test(line)) {
          data = []
          socket.write('354 go on\r\n')
        } else if (/^QUIT$/i.test(line)) socket.end('221 bye\r\n')
        else socket.write(/^(EHLO|HELO|MAIL FROM|RCPT TO|RSET|NOOP)/i.test(line) ? '250 ok\r\n' : '502 no\r\n')
      }
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  receivers.push(server)
  return { port: (server.address() as AddressInfo).port, got }
}
