/** Starts that go wrong, and ends that nobody asked for. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const root = join(import.meta.dirname, '../..')
const base = mkdtempSync(join(tmpdir(), 'jenner-start-'))
const state = join(base, 'state')

after(() => {
  spawnSync(join(root, 'jenner'), ['down', '--state', state], { stdio: 'ignore' })
  rmSync(base, { recursive: true, force: true })
})

function jenner(verb: string, ...more: string[]): { status: number | null; out: string } {
  const words = [verb, '--state', state, '--lang', 'en', ...more]
  const { status, stdout, stderr } = spawnSync(join(root, 'jenner'), words, {
    cwd: base,
    encoding: 'utf8',
    timeout: 120_000,
  })
  return { status, out: stdout + stderr }
}

const up = (listen: string, ...more: string[]) => jenner('up', '--offline', '--listen', listen, ...more)

const runner = () => (JSON.parse(readFileSync(join(state, 'run.json'), 'utf8')) as { pid: number }).pid

function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
  return stdout
    .split('\n')
    .map(Number)
    .filter(child => child > 0)
}

function lives(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}

async function until(holds: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + 60_000; !holds(); ) {
    if (Date.now() > end) throw new Error(`${what}: not in time`)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

test('a taken port ends the start, with the program that holds it and what to do', async t => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  t.after(() => holder.close())
  const address = `127.0.0.1:${(holder.address() as AddressInfo).port}`
  for (const more of [[], ['--detach']]) {
    const { status, out } = up(address, ...more)
    assert.equal(status, 1, out)
    assert.match(out, new RegExp(`port is taken: ${address} \\(node, pid ${process.pid}\\).*--listen`))
    assert.equal(existsSync(join(state, 'run.json')), false)
  }
})

test('an address of another machine, and a state folder that is a file, are named', () => {
  const elsewhere = up('192.0.2.1:7070')
  assert.deepEqual(
    [elsewhere.status, /cannot listen on 192\.0\.2\.1:7070/.test(elsewhere.out)],
    [1, true],
    elsewhere.out,
  )
  const file = join(base, 'file')
  writeFileSync(file, '')
  const { status, stderr } = spawnSync(join(root, 'jenner'), ['up', '--offline', '--state', file, '--lang', 'en'], {
    encoding: 'utf8',
  })
  assert.equal(status, 1, stderr)
  assert.match(stderr, /cannot write: /)
})

test('a platform that was killed leaves no part behind, and starts again at once', {
  skip: process.platform !== 'linux' && 'needs /proc',
}, async () => {
  const first = up('0.0.0.0:0', '--detach')
  assert.equal(first.status, 0, first.out)
  assert.match(first.out, /https:\/\//)
  const again = up('127.0.0.1:0')
  assert.equal(again.status, 1)
  assert.match(again.out, /running already.*pid/)
  const pid = runner()
  await until(() => childrenOf(pid).length === 2, 'both parts')
  const children = childrenOf(pid)
  process.kill(pid, 'SIGKILL')
  const second = up('127.0.0.1:0', '--detach')
  assert.equal(second.status, 0, second.out)
  await until(() => !children.some(lives), 'the end of the parts of a killed platform')
  await until(() => childrenOf(runner()).length === 2, 'both parts again')
  const [part] = childrenOf(runner())
  process.kill(part!, 'SIGKILL')
  await until(
    () => childrenOf(runner()).filter(lives).length === 2 && !childrenOf(runner()).includes(part!),
    'the part that was killed',
  )
})

test('to be asked to end is no failure', { skip: process.platform !== 'linux' && 'needs /proc' }, async () => {
  const own = join(base, 'asked')
  const words = ['up', '--offline', '--state', own, '--listen', '127.0.0.1:0', '--lang', 'en']
  const child = spawn(join(root, 'jenner'), words, { cwd: base, stdio: 'ignore' })
  const ended = once(child, 'exit')
  await until(() => ['setup-link', 'run.json'].every(name => existsSync(join(own, name))), 'the platform')
  process.kill((JSON.parse(readFileSync(join(own, 'run.json'), 'utf8')) as { pid: number }).pid, 'SIGTERM')
  const [code] = (await ended) as [number | null]
  assert.deepEqual([code, existsSync(join(own, 'run.json'))], [0, false])
})

test('what is stored is removed only when somebody says so', () => {
  const asked = jenner('down', '--purge')
  assert.deepEqual([asked.status, existsSync(join(state, 'jenner.db'))], [1, true], asked.out)
  assert.match(asked.out, /--yes/)
  const sure = jenner('down', '--purge', '--yes')
  assert.deepEqual([sure.status, existsSync(state)], [0, false], sure.out)
  assert.equal(jenner('down').status, 1)
})
