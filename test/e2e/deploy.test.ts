/**
 * What is shipped to run Jenner: its image, built by the Dockerfile on a debootstrapped Debian, started by the compose file with Debian's docker-compose; the systemd unit;
 * the built package on its own.
 */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openApi } from '../../src/agent/api.ts'
import type { Page } from '../../src/server/schemas/common.ts'
import type { ReportRow } from '../../src/server/schemas/reports.ts'
import { buildServices } from './quiet/root.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'jenner-deploy-'))
const name = `jenner-deploy-${process.pid}`
const images = { debian: `${name}-debian:1`, base: `${name}-base:1`, jenner: `${name}:1` }
const withoutDocker =
  process.getuid?.() !== 0
    ? 'needs root'
    : run('docker', ['version']).status !== 0
      ? 'needs Docker'
      : run('docker-compose', ['version']).status !== 0 && 'needs docker-compose'
let refused: string | false = withoutDocker

function run(program: string, words: string[], more: { env?: NodeJS.ProcessEnv; seconds?: number } = {}) {
  const { env = process.env, seconds = 60 } = more
  return spawnSync(program, words, { cwd: root, env, encoding: 'utf8', timeout: seconds * 1000, maxBuffer: 1 << 26 })
}

after(() => {
  if (withoutDocker === false) {
    compose('down', '--volumes')
    const stages = run('docker', ['images', '-q', '--filter', `label=jenner.test=${name}`])
      .stdout.split('\n')
      .filter(Boolean)
    for (const image of [images.jenner, ...stages, images.base, images.debian])
      run('docker', ['rmi', '--force', image], { seconds: 120 })
  }
  rmSync(folder, { recursive: true, force: true })
})

/** The shipped compose file, without the capabilities that this machine itself does not have: nobody can give those away. */
function composeFile(): { path: string; left: string[] } {
  const own = BigInt(`0x${/CapBnd:\s*(\w+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]}`)
  const numbers: Record<string, bigint> = { SYS_ADMIN: 21n, SYS_PTRACE: 19n, SYS_RESOURCE: 24n, NET_ADMIN: 12n }
  const left = Object.keys(numbers).filter(each => ((own >> numbers[each]!) & 1n) === 0n)
  const text = readFileSync(join(root, 'deploy/compose/compose.yml'), 'utf8')
  const lines = text.split('\n').filter(line => !left.some(each => line.trim().startsWith(`- ${each}`)))
  const path = join(folder, 'compose.yml')
  writeFileSync(path, lines.join('\n'))
  return { path, left }
}

let port = 0
function compose(...words: string[]) {
  const env = { ...process.env, JENNER_IMAGE: images.jenner, JENNER_LISTEN: `127.0.0.1:${port}` }
  return run('docker-compose', ['-p', name, '-f', join(folder, 'compose.yml'), ...words], { env, seconds: 120 })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port: free } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return free
}

async function until<T>(
  look: () => Promise<T | undefined> | T | undefined,
  what: () => string,
  seconds = 90,
): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const found = await (async () => look())().catch(() => undefined)
    if (found !== undefined) return found
    assert.ok(Date.now() < end, what())
    await sleep(250)
  }
}

const answers = (url: string) => async (): Promise<true | undefined> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
  return response.ok ? true : undefined
}

/** Debian with npm, and with this machine's certificates. */
async function prepareBase(): Promise<void> {
  if (refused === false) refused = await buildServices(images.debian)
  if (refused !== false) return
  // Packages may come by way of a mirror that only this machine's certificates know.
  const context = join(folder, 'base')
  mkdirSync(context)
  copyFileSync('/etc/ssl/certs/ca-certificates.crt', join(context, 'ca.crt'))
  const lines = [
    `FROM ${images.debian}`,
    'COPY ca.crt /etc/ssl/certs/ca-certificates.crt',
    'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt',
    // Inherited by the stage that builds, which has no name to be removed by.
    `LABEL jenner.test=${name}`,
  ]
  writeFileSync(join(context, 'Dockerfile'), lines.join('\n'))
  if (run('docker', ['build', '-q', '-t', images.base, context]).status !== 0)
    refused = 'docker build of the base failed'
}

function unable(t: TestContext): boolean {
  if (refused !== false) t.skip(refused)
  return refused !== false
}

test('the Dockerfile builds on Debian', async t => {
  await prepareBase()
  if (unable(t)) return
  const words = [
    'build',
    '--force-rm',
    '-f',
    'deploy/Dockerfile',
    '--build-arg',
    `BASE=${images.base}`,
    '-t',
    images.jenner,
    '.',
  ]
  const { status, stdout, stderr } = run('docker', words, { seconds: 900 })
  assert.equal(status, 0, `${stdout.slice(-2000)}\n${stderr.slice(-2000)}`)
  const version = run('docker', ['run', '--rm', images.jenner, '--version'])
  assert.match(version.stdout, /^jenner \d+\.\d+\.\d+\n$/, version.stderr)
  const size = run('docker', ['run', '--rm', '--entrypoint', 'du', images.jenner, '-sm', '/opt/jenner']).stdout
  t.diagnostic(`/opt/jenner: ${Number.parseInt(size, 10)} MB`)
})

test('the compose service answers, says what it sees, and remembers over a restart', async t => {
  if (unable(t)) return
  port = await freePort()
  const { left } = composeFile()
  if (left.length > 0) t.diagnostic(`this machine has no ${left.join(', ')} to give: left out`)
  const started = compose('up', '-d', '--no-build')
  assert.equal(started.status, 0, started.stderr)
  const logs = (): string => compose('logs', '--tail', '40').stdout
  await until(answers(`http://127.0.0.1:${port}/healthz`), logs)
  const status = async () => JSON.parse(compose('exec', '-T', 'jenner', 'jenner', 'status', '-f', 'json').stdout)
  const parts =
    (await until(async () => ((await status()) as { running: boolean }).running || undefined, logs)) && (await status())
  assert.ok(JSON.stringify(parts).includes('docker'), JSON.stringify(parts))
  const page = await fetch(`http://127.0.0.1:${port}/`)
  assert.match(await page.text(), /<div id="root"/)
  const said = compose('exec', '-T', 'jenner', 'jenner', 'status', '--lang', 'en').stdout
  const sensor = /^sensor +(\w+) +(.*)$/m.exec(said)
  t.diagnostic(`sensor: ${sensor?.[1]}, ${sensor?.[2]}`)
  // Where the kernel lets it load, a container beside it is seen at work; where not, the status says so.
  if (sensor?.[1] === 'ok') {
    await until(
      () => {
        run('docker', ['run', '--rm', '--entrypoint', '/bin/ls', images.jenner, '/'])
        const judged = /(\d+) judged/.exec(compose('exec', '-T', 'jenner', 'jenner', 'status', '--lang', 'en').stdout)
        return Number(judged?.[1]) > 0 || undefined
      },
      () => `the sensor runs and sees nothing: ${logs()}`,
    )
  }
  const added = compose('exec', '-T', 'jenner', 'jenner', 'user', 'add', 'keeper', '--role', 'viewer')
  assert.equal(added.status, 0, added.stderr)
  const again = compose('restart')
  assert.equal(again.status, 0, again.stderr)
  await until(answers(`http://127.0.0.1:${port}/healthz`), logs)
  const users = await until(() => {
    const { status: code, stdout } = compose('exec', '-T', 'jenner', 'jenner', 'user', 'list')
    return code === 0 ? stdout : undefined
  }, logs)
  assert.match(users, /keeper/)
})

test('the systemd unit is sound, and its command runs', async t => {
  const unit = readFileSync(join(root, 'deploy/systemd/jenner.service'), 'utf8')
  const command = /^ExecStart=(.*)$/m.exec(unit)![1]!
  const { program, state } = builtPackage(t)
  if (program === '') return
  // As the unit would: its mask, its environment, its folder; the program and the state elsewhere, and a port that is free.
  const line = command.replace('/opt/jenner/jenner', program).replace('/var/lib/jenner', state)
  assert.notEqual(line, command)
  const own = join(folder, 'jenner.service')
  writeFileSync(own, unit.replace('/opt/jenner/jenner', program))
  if (run('systemd-analyze', ['--version']).status === 0) {
    const { status, stderr } = run('systemd-analyze', ['verify', own])
    assert.deepEqual([status, stderr.split('\n').filter(each => each.includes(own))], [0, []], stderr)
  } else t.diagnostic('systemd-analyze is not here: the unit was not verified')
  const listen = await freePort()
  const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin', LANG: 'C.UTF-8' }
  const words = ['-c', `umask 0077; exec ${line} --listen 127.0.0.1:${listen} --offline`]
  await withPlatform(spawn('sh', words, { env, stdio: ['ignore', 'pipe', 'pipe'] }), async said => {
    await until(answers(`http://127.0.0.1:${listen}/healthz`), said)
    // Well when every part is: the agent takes a moment longer.
    await until(() => run(program, ['status', '--state', state]).status === 0 || undefined, said)
    const page = await fetch(`http://127.0.0.1:${listen}/`)
    assert.match(await page.text(), /<div id="root"/)
    const api = openApi({ socket: join(state, 'jenner.sock') })
    const period = { from: new Date(Date.now() - 86_400_000).toISOString(), to: new Date().toISOString() }
    const { id } = (await api.post('/reports', { ...period, format: 'pdf', lang: 'ko' })) as ReportRow
    const report = await until(async () => {
      const found = ((await api.get('/reports')) as Page<ReportRow>).items.find(each => each.id === id)
      return found?.state === 'done' || found?.state === 'failed' ? found : undefined
    }, said)
    assert.equal(report.state, 'done', report.error)
    const backup = join(folder, 'backup.tar')
    assert.equal(run(program, ['user', 'add', 'kept', '--role', 'viewer', '--state', state]).status, 0)
    const saved = run(program, ['backup', backup, '--state', state])
    assert.equal(saved.status, 0, saved.stderr)
    const early = run(program, ['restore', backup, '--yes', '--state', state, '--lang', 'en'])
    assert.notEqual(early.status, 0, 'restored over a platform that runs')
    assert.equal(run(program, ['user', 'add', 'later', '--role', 'viewer', '--state', state]).status, 0)
  })
  const restored = run(program, ['restore', join(folder, 'backup.tar'), '--yes', '--state', state])
  assert.equal(restored.status, 0, restored.stderr)
  assert.ok(existsSync(`${state}.before-restore`))
  await withPlatform(spawn('sh', words, { env, stdio: ['ignore', 'pipe', 'pipe'] }), async said => {
    await until(answers(`http://127.0.0.1:${listen}/healthz`), said)
    const { stdout } = run(program, ['user', 'list', '--state', state])
    assert.match(stdout, /kept/)
    assert.doesNotMatch(stdout, /later/)
    const verified = run(program, ['audit', 'verify', '--state', state])
    assert.equal(verified.status, 0, verified.stderr)
  })
})

/** The package built with all that it needs, where no checkout is above it. */
function builtPackage(t: TestContext): { program: string; state: string } {
  const out = join(folder, 'jenner')
  const { status, stderr } = run(process.execPath, [join(root, 'tools/build.ts'), '--out', out, '--with-packages'], {
    seconds: 300,
  })
  assert.equal(status, 0, stderr)
  if (process.platform === 'linux') return { program: join(out, 'jenner'), state: join(folder, 'state') }
  t.skip('needs Linux')
  return { program: '', state: '' }
}

/** Runs `work` while the platform runs; ends it as systemd does, which is no failure. */
async function withPlatform(child: ChildProcess, work: (said: () => string) => Promise<void>): Promise<void> {
  let text = ''
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
  try {
    await work(() => text)
  } finally {
    child.kill('SIGTERM')
  }
  const code = await Promise.race([ended, sleep(60_000, -1, { ref: false })])
  if (code === -1) child.kill('SIGKILL')
  assert.ok(code === 0 || code === 130, `ended with ${code}: ${text}`)
}
