import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openContainers } from '../../src/runtime/containers/open.ts'
import { verifyAudit } from '../../src/runtime/respond/audit.ts'
import { keepInForce } from '../../src/runtime/respond/keep.ts'
import { hostTable } from '../../src/runtime/respond/network/rules.ts'
import { createPlaybookRunner } from '../../src/runtime/respond/playbooks.ts'
import { openResponder } from '../../src/runtime/respond/responder.ts'

const works = (command: string, ...words: string[]): boolean =>
  spawnSync(command, words, { stdio: 'ignore' }).status === 0
const busybox = ['/bin/busybox', '/usr/bin/busybox'].find(path => existsSync(path))
const skip =
  process.getuid?.() !== 0
    ? 'needs root'
    : !works('docker', 'version')
      ? 'needs Docker'
      : !works('nft', 'list', 'tables')
        ? 'needs nft'
        : !works('nsenter', '--version') || !works('ip', '-V')
          ? 'needs nsenter and ip'
          : busybox === undefined || !works('sh', '-c', `! ldd ${busybox} | grep -q '=>'`)
            ? 'needs a static busybox'
            : false

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const base = mkdtempSync(join(tmpdir(), 'jenner-respond-'))
const state = join(base, 'state')
const prefix = `jenner-respond-${process.pid}`
const image = `${prefix}:1`
const network = `${prefix}-net`
const server = `${prefix}-server`
let address = ''

const docker = (...words: string[]): string =>
  execFileSync('docker', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

function jenner(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, LC_ALL: 'C', NODE_OPTIONS: '' }
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...words, '--state', state], {
    encoding: 'utf8',
    env,
  })
}

/** A container of ours that waits; answers its id. */
function start(name: string, ...options: string[]): string {
  return docker(
    'run',
    '-d',
    '--name',
    `${prefix}-${name}`,
    '--network',
    network,
    ...options,
    image,
    '/bin/sleep',
    '600',
  )
}

/** Whether a download from our server works, from inside a container. What must be cut is tried once; for what must work see `reaches`. */
function downloads(container: string): boolean {
  const words = ['/bin/timeout', '2', '/bin/wget', '-q', '-O', '/dev/null', `http://${address}:8000/small`]
  return works('docker', 'exec', container, ...words)
}

/** The same where it must work: a machine that is busy needs more than one try. */
async function reaches(container: string): Promise<boolean> {
  for (let tries = 0; tries < 10; tries++) {
    if (downloads(container)) return true
    await sleep(200)
  }
  return false
}

const ours = (): string[] =>
  docker('ps', '-aq', '--filter', `name=^${prefix}-`)
    .split('\n')
    .filter(id => id !== '')

/** The tables of this host that are for containers of ours. */
function tables(): string[] {
  const names = ours().map(hostTable)
  const all = execFileSync('nft', ['list', 'tables'], { encoding: 'utf8' }).split('\n')
  return all.filter(line => names.some(name => line.endsWith(` ${name}`)))
}

/** The host's own way out and everything on our network: other containers may come and go meanwhile. */
function links(): string {
  const bridge = `br-${docker('network', 'inspect', '-f', '{{.Id}}', network).slice(0, 12)}`
  const way = execFileSync('ip', ['route', 'show', 'default'], { encoding: 'utf8' })
  const device = /dev (\S+)/.exec(way)?.[1] ?? 'none'
  const all = execFileSync('ip', ['-o', 'link'], { encoding: 'utf8' }).split('\n')
  return [way, ...all.filter(line => line.includes(bridge) || line.includes(` ${device}: `))].join('\n')
}

before(async () => {
  if (skip !== false) return
  const root = join(base, 'root')
  for (const folder of ['bin', 'tmp', 'etc']) mkdirSync(join(root, folder), { recursive: true })
  copyFileSync(busybox!, join(root, 'bin/busybox'))
  const applets = 'sh sleep wget timeout httpd true nc cat cp dd wc touch chmod'.split(' ')
  for (const name of applets) symlinkSync('busybox', join(root, 'bin', name))
  execFileSync('tar', ['-C', root, '-cf', join(base, 'root.tar'), '.'])
  docker('import', join(base, 'root.tar'), image)
  docker('network', 'create', network)
  const script =
    'cd /tmp; dd if=/dev/zero of=big bs=1M count=2 2>/dev/null; echo hello >small; sh=/bin/sh; nc -ll -p 9000 -e $sh -c "while echo tick; do sleep 0.1; done" & httpd -f -p 8000'
  docker('run', '-d', '--name', server, '--network', network, image, '/bin/sh', '-c', script)
  address = docker('inspect', '-f', `{{(index .NetworkSettings.Networks "${network}").IPAddress}}`, server)
  for (let tries = 0; tries < 100 && !downloads(server); tries++) await sleep(100)
  assert.ok(await reaches(server), 'the server answers')
})

after(async () => {
  if (skip === false) {
    if (ours().length > 0) spawnSync('docker', ['rm', '-f', ...ours()], { stdio: 'ignore' })
    for (const folder of [state, join(base, 'playbook'), join(base, 'timed'), join(base, 'kept')]) {
      const responder = openResponder({ folder })
      await responder.tidy()
      responder.close()
    }
    spawnSync('docker', ['network', 'rm', network], { stdio: 'ignore' })
    spawnSync('docker', ['rmi', '-f', image], { stdio: 'ignore' })
  }
  rmSync(base, { recursive: true, force: true })
})

test('the first exec of a container that lives for a moment finds it known', { skip }, async () => {
  const containers = await openContainers()
  try {
    const created = new Map<string, number>()
    containers.onChange(({ id, state }) => void (state === 'created' && created.set(id, Date.now())))
    const id = docker('create', '--name', `${prefix}-brief`, '--label', 'team=$(id)', image, '/bin/sh', '-c', 'true')
    for (let tries = 0; tries < 3000 && !created.has(id); tries++) await sleep(10)
    assert.ok(created.has(id), 'known when created')
    assert.equal(containers.get(id)?.labels.team, '$(id)')
    spawnSync('docker', ['start', '-a', id], { stdio: 'ignore' })
    docker('rm', '-f', id)
    await sleep(200)
    assert.equal(containers.get(id.slice(0, 12))?.image, image, 'known after it is gone')
    assert.equal(containers.byCgroupPath(`/docker/${id}`)?.id, id)
  } finally {
    containers.close()
  }
})

test('isolate cuts a running download and an established connection; release, by another process, gives them back', {
  skip,
}, async t => {
  const name = `${prefix}-client`
  start('client')
  assert.ok(await reaches(name), 'downloads before')
  const before = links()
  const ticks: number[] = []
  const stream = spawn('docker', ['exec', name, '/bin/nc', address, '9000'], { stdio: ['pipe', 'pipe', 'ignore'] })
  stream.stdout.on('data', () => ticks.push(Date.now()))
  for (let tries = 0; tries < 600 && ticks.length < 3; tries++) await sleep(50)
  assert.ok(ticks.length >= 3, 'the connection stands')

  const cut = jenner('isolate', name, '--reason', 'test', '-f', 'json')
  assert.equal(cut.status, 0, cut.stderr)
  const [step] = (JSON.parse(cut.stdout) as { steps: { milliseconds: number; warnings: string[] }[] }).steps
  t.diagnostic(`decision to cut: ${step!.milliseconds.toFixed(1)} ms`)
  assert.deepEqual(step!.warnings, [])
  assert.equal(tables().length, 1)
  // What was on its way may still arrive; what is cut is silent from then on, though the server says something ten times a second.
  const end = Date.now() + 15_000
  const silence = (): number => Date.now() - Math.max(ticks.at(-1)!, end - 15_000)
  while (silence() < 1500 && Date.now() < end) await sleep(50)
  assert.ok(silence() >= 1500, 'something arrives on the established connection')
  assert.equal(downloads(name), false)
  assert.ok(
    works(
      'docker',
      'exec',
      name,
      '/bin/sh',
      '-c',
      '(nc -l -p 7000 -e /bin/cat &); for n in 1 2 3 4 5 6 7 8 9 10; do [ "$(echo x | nc -w 2 127.0.0.1 7000)" = x ] && exit 0; sleep 0.2; done; exit 1',
    ),
    'loopback works',
  )
  assert.equal(links(), before, 'no interface changed')
  assert.match(jenner('ps').stdout, new RegExp(`${name.slice(0, 25)}.*isolated`))

  const given = jenner('release', name)
  assert.equal(given.status, 0, given.stderr)
  assert.match(given.stdout, /reaches the host again/)
  assert.ok(await reaches(name), 'downloads again')
  assert.deepEqual(tables(), [])
  stream.kill()
  const again = jenner('release', name)
  assert.equal(again.status, 1)
  assert.match(again.stderr, /nothing that Jenner did is in force/)
})

test('decision to cut takes less than 100 ms, or four times what one run of its programs takes', { skip }, async t => {
  const name = `${prefix}-timed`
  start('timed')
  const pid = docker('inspect', '-f', '{{.State.Pid}}', name)
  const bare: number[] = []
  const responder = openResponder({ folder: join(base, 'timed') })
  const times: number[] = []
  try {
    for (let round = 0; round < 5; round++) {
      const began = performance.now()
      execFileSync('nsenter', ['-t', pid, '-n', 'nft', 'list', 'tables'])
      bare.push(performance.now() - began)
      const { steps } = await responder.act({ action: 'isolate', container: name })
      times.push(steps[0]!.milliseconds!)
      await responder.release(name)
    }
  } finally {
    responder.close()
  }
  times.sort((a, b) => a - b)
  const told = `decision to cut, five times: ${times.map(time => time.toFixed(1)).join(' ')} ms; its programs alone: ${Math.min(...bare).toFixed(1)} ms`
  t.diagnostic(told)
  // Process starts are slow while other suites or builds run: the best round, beside the best of theirs, shows what the code needs.
  assert.ok(times[0]! <= Math.max(100, 4 * Math.min(...bare)), told)
})

for (const [what, option] of [
  ['NET_ADMIN', '--cap-add=NET_ADMIN'],
  ['all rights', '--privileged'],
] as const) {
  test(`a container with ${what} is cut from the host, whatever it does inside`, { skip }, async t => {
    if (!works('docker', 'run', '--rm', option, image, '/bin/true'))
      return t.skip(`needs Docker to start containers with ${option}`)
    const name = `${prefix}-${option.replace(/\W/g, '')}`
    start(name.slice(prefix.length + 1), option)
    assert.ok(await reaches(name))
    assert.equal(jenner('isolate', name).status, 0)
    const pid = docker('inspect', '-f', '{{.State.Pid}}', name)
    // What the container could do itself: take the inner table away.
    execFileSync('nsenter', ['-t', pid, '-n', 'nft', 'delete', 'table', 'inet', 'jenner'])
    assert.equal(downloads(name), false, 'still cut')
    assert.equal(jenner('release', name).status, 0)
    assert.ok(await reaches(name), 'back')
  })
}

test('an allow-list stays reachable, the rest does not', { skip }, async () => {
  const name = `${prefix}-allowed`
  start('allowed')
  assert.equal(jenner('isolate', name, '--allow', `${address}/32`).status, 0)
  assert.ok(await reaches(name))
  assert.equal(jenner('isolate', name, '--allow', '192.0.2.1').status, 0)
  assert.equal(downloads(name), false)
  assert.equal(jenner('release', name).status, 0)
  assert.ok(await reaches(name))
  assert.equal(jenner('isolate', name, '--allow', '1.2.3.4/99').status, 4)
})

test('isolation holds over a restart of the container', { skip }, async () => {
  const name = `${prefix}-restarted`
  start('restarted')
  assert.equal(jenner('isolate', name).status, 0)
  docker('restart', '-t', '0', name)
  const seen = jenner('ps')
  assert.match(seen.stderr, /isolated again/)
  assert.equal(downloads(name), false)
  assert.equal(jenner('release', name).status, 0)
  assert.ok(await reaches(name))
})

test('while something of ours runs, isolation is renewed at once and a time box ends by itself', { skip }, async () => {
  const name = `${prefix}-kept`
  const folder = join(base, 'kept')
  const id = start('kept')
  const responder = openResponder({ folder })
  const containers = await openContainers()
  const done: string[] = []
  const stop = keepInForce(responder, containers, ({ renewed, expired }) => {
    done.push(...renewed.map(() => 'renewed'), ...expired.map(() => 'expired'))
  })
  try {
    await responder.act({ action: 'isolate', container: id, for: 600_000 })
    docker('restart', '-t', '0', name)
    for (let tries = 0; tries < 300 && done.length === 0; tries++) await sleep(100)
    assert.deepEqual(done, ['renewed'])
    assert.equal(downloads(name), false)
    await responder.act({ action: 'isolate', container: id, for: 1000 })
    for (let tries = 0; tries < 300 && done.length === 1; tries++) await sleep(100)
    assert.deepEqual(done, ['renewed', 'expired'])
    assert.ok(await reaches(name))
  } finally {
    stop()
    containers.close()
    responder.close()
  }
})

test('a time box ends with the next command', { skip }, async () => {
  const name = `${prefix}-boxed`
  start('boxed')
  assert.equal(jenner('pause', name, '--for', '1s').status, 0)
  assert.equal(docker('inspect', '-f', '{{.State.Status}}', name), 'paused')
  await sleep(1100)
  assert.match(jenner('ps').stderr, /time is up/)
  assert.equal(docker('inspect', '-f', '{{.State.Status}}', name), 'running')
})

test('pause, stop and their undo; kill has none', { skip }, () => {
  const name = `${prefix}-ladder`
  const status = (): string => docker('inspect', '-f', '{{.State.Status}}', name)
  start('ladder')
  assert.equal(jenner('pause', name).status, 0)
  assert.equal(status(), 'paused')
  assert.equal(jenner('release', name).status, 0)
  assert.equal(status(), 'running')
  docker('rm', '-f', name)
  docker('run', '-d', '--name', name, image, '/bin/sh', '-c', 'trap "exit 0" TERM; while :; do sleep 0.1; done')
  assert.equal(jenner('stop', name).status, 0)
  assert.equal(status(), 'exited')
  assert.equal(jenner('release', name).status, 0)
  assert.equal(status(), 'running')
  const killed = jenner('kill', name)
  assert.match(killed.stdout, /cannot be undone/)
  assert.equal(status(), 'exited')
  assert.equal(jenner('release', name).status, 1)
  assert.equal(jenner('kill', name).status, 1, 'it does not run')
})

test('evidence is whole, its manifest is true, and it holds no secret', { skip }, () => {
  const name = `${prefix}-evidence`
  start('evidence', '-e', 'DB_PASSWORD=not-to-be-seen')
  const script =
    'cp /bin/busybox /tmp/dropped; cp /bin/busybox /tmp/sleep; /tmp/sleep 500 & until /bin/busybox readlink /proc/$!/exe | /bin/busybox grep -q /tmp/sleep; do sleep 0.1; done; /bin/busybox rm /tmp/sleep; /bin/busybox ln -s /etc/shadow /tmp/link; echo data >/tmp/plain'
  docker('exec', name, '/bin/sh', '-c', script)
  const saved = jenner('isolate', name, '--evidence', '-f', 'json')
  assert.equal(saved.status, 0, saved.stderr)
  const { steps } = JSON.parse(saved.stdout) as { steps: { action: string; file: string }[] }
  assert.deepEqual(
    steps.map(({ action }) => action),
    ['evidence', 'isolate'],
  )
  const { file } = steps[0]!
  assert.equal(statSync(file).mode & 0o777, 0o600)
  const out = join(base, 'evidence')
  mkdirSync(out)
  execFileSync('tar', ['-C', out, '-xf', file])
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
    members: { name: string; sha256: string; path?: string }[]
  }
  for (const { name: member, sha256 } of manifest.members)
    assert.equal(
      createHash('sha256')
        .update(readFileSync(join(out, member)))
        .digest('hex'),
      sha256,
      member,
    )
  const program = createHash('sha256').update(readFileSync(busybox!)).digest('hex')
  const copies = manifest.members.filter(({ sha256 }) => sha256 === program).map(({ path }) => path)
  assert.deepEqual(
    copies.toSorted(),
    ['/tmp/dropped', '/tmp/sleep (deleted)'],
    'the dropped program, and the one that was deleted while it runs',
  )
  assert.doesNotMatch(readFileSync(file, 'latin1'), /not-to-be-seen/)
  assert.match(readFileSync(join(out, 'processes.json'), 'utf8'), /DB_PASSWORD/)
  assert.match(readFileSync(join(out, 'changes.json'), 'utf8'), /dropped/)
  assert.equal(jenner('release', name).status, 0)
})

test('a protected container is refused, a dry run changes nothing', { skip }, async () => {
  const safe = `${prefix}-safe`
  start('safe', '--label', 'jenner.protect=true')
  for (const verb of ['isolate', 'pause', 'stop', 'kill']) {
    const refused = jenner(verb, safe)
    assert.equal(refused.status, 1)
    assert.match(refused.stderr, /protected/)
  }
  assert.equal(docker('inspect', '-f', '{{.State.Status}}', safe), 'running')
  const name = `${prefix}-dry`
  start('dry')
  const records = (): string[] => readdirSync(join(state, 'responses'))
  const before = records()
  const dry = jenner('isolate', name, '--dry-run', '--evidence')
  assert.equal(dry.status, 0, dry.stderr)
  assert.match(dry.stdout, /policy drop/)
  for (const verb of ['pause', 'stop', 'kill']) assert.equal(jenner(verb, name, '--dry-run').status, 0)
  assert.ok(await reaches(name))
  assert.equal(docker('inspect', '-f', '{{.State.Status}}', name), 'running')
  assert.deepEqual(tables(), [])
  assert.deepEqual(records(), before)
})

test("a container on the host's network, and one that is not there, are refused", { skip }, () => {
  const name = `${prefix}-host`
  docker('run', '-d', '--name', name, '--network', 'host', image, '/bin/sleep', '600')
  const refused = jenner('isolate', name)
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, /host's network/)
  const korean = jenner('isolate', name, '--lang', 'ko')
  assert.match(korean.stderr, /대응 조치가 실패했습니다/)
  assert.equal(jenner('isolate', `${prefix}-nobody`).status, 1)
  assert.equal(jenner('isolate').status, 4)
  assert.equal(jenner('isolate', name, '--for', 'soon').status, 4)
  assert.deepEqual(tables(), [])
})

test('containers that share a network are named, and protect each other', { skip }, async () => {
  const owner = `${prefix}-owner`
  start('owner')
  docker('run', '-d', '--name', `${prefix}-guest`, '--network', `container:${owner}`, image, '/bin/sleep', '600')
  const cut = jenner('isolate', owner)
  assert.equal(cut.status, 0, cut.stderr)
  assert.match(cut.stdout, new RegExp(`${prefix}-guest`))
  assert.equal(jenner('release', owner).status, 0)
  docker(
    'run',
    '-d',
    '--name',
    `${prefix}-guard`,
    '--label',
    'jenner.protect=true',
    '--network',
    `container:${owner}`,
    image,
    '/bin/sleep',
    '600',
  )
  const refused = jenner('isolate', owner)
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, new RegExp(`${prefix}-guard`))
  assert.ok(await reaches(owner))
})

test('a playbook acts on an alert, once, within its limit', { skip }, async () => {
  const folder = join(base, 'playbook')
  mkdirSync(folder)
  const rule = (enabled: boolean): string =>
    `enabled: ${enabled}\nplaybooks:\n  - { name: cut, when: { tags: [reverse_shell], severity: critical }, steps: [evidence, isolate], for: 10m, max: 1 }\n`
  const id = start('attacked')
  const other = start('attacked2')
  const alert = (container: string) => ({
    time: new Date().toISOString(),
    rule: 'Reverse shell',
    priority: 'Critical',
    source: 'syscall',
    output: '',
    output_fields: {},
    hostname: 'h',
    tags: ['reverse_shell'],
    container: { id: container.slice(0, 12), name: '', image: '', imageId: '' },
  })
  writeFileSync(join(folder, 'respond.yaml'), rule(false))
  let responder = openResponder({ folder })
  const dry = await createPlaybookRunner(responder).respond(alert(id))
  assert.equal(dry?.mode, 'dry-run')
  assert.ok(await reaches(`${prefix}-attacked`))
  responder.close()

  writeFileSync(join(folder, 'respond.yaml'), rule(true))
  responder = openResponder({ folder })
  try {
    const runner = createPlaybookRunner(responder)
    const [first, second] = await Promise.all([runner.respond(alert(id), [{ num: 1 }]), runner.respond(alert(id))])
    assert.deepEqual([first?.mode, first?.errors, second?.mode], ['run', [], 'answered'])
    assert.equal(downloads(`${prefix}-attacked`), false)
    assert.equal((await runner.respond(alert(other)))?.mode, 'limited')
    assert.ok(await reaches(`${prefix}-attacked2`))
    assert.equal(await runner.respond({ ...alert(other), tags: [] }), undefined)
    await responder.release(id)
    assert.ok(await reaches(`${prefix}-attacked`))
  } finally {
    responder.close()
  }
})

test('the audit log tells it all, and its chain holds', { skip }, () => {
  const file = join(state, 'responses.log')
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.ok(verifyAudit(file) > 20)
})
