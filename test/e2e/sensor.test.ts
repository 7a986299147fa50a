import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { probe } from '../../src/runtime/sensor/probe.ts'
import { type Counters, type Sensor, startSensor } from '../../src/runtime/sensor/sensor.ts'
import { holds } from './hard-days/watch.ts'
import { caughtUp } from './sensor-caught-up.ts'
import type { Seen } from './sensor-judge.ts'

const image = 'jenner-test-sensor:1'
const busybox = '/bin/busybox'
const loader = '/usr/lib64/ld-linux-x86-64.so.2'

/** Why this machine cannot run these, or false. */
function unable(): string | false {
  const found = probe()
  if (!found.usable) return `the sensor needs ${found.lacks.map(lack => `${lack.what} (${lack.detail})`).join(', ')}`
  if (spawnSync('docker', ['version']).status !== 0) return 'needs Docker'
  return existsSync(busybox) ? false : 'needs a static busybox'
}

const skip = unable()

function buildImage(): void {
  const dir = mkdtempSync(join(tmpdir(), 'jenner-sensor-'))
  try {
    execFileSync('mkdir', ['-p', 'bin', 'tmp', 'etc', 'proc', 'dev'], { cwd: dir })
    execFileSync('cp', [busybox, 'bin/busybox'], { cwd: dir })
    for (const applet of ['sh', 'true', 'cat', 'cp', 'ls', 'mv', 'chmod', 'echo', 'nc', 'ip', 'sleep'])
      execFileSync('ln', ['-s', 'busybox', `bin/${applet}`], { cwd: dir })
    execFileSync('sh', ['-c', 'echo root:x:0:0::/:/bin/sh > etc/passwd; echo root:*:1:: > etc/shadow'], { cwd: dir })
    execFileSync('sh', ['-c', `tar -c . | docker import - ${image}`], { cwd: dir, stdio: 'pipe' })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function create(script: string, ...flags: string[]): string {
  const args = ['create', '--network', 'none', ...flags, image, '/bin/sh', '-c', script]
  return execFileSync('docker', args, { encoding: 'utf8' }).trim()
}

/** Starts a container and gives what it wrote, both streams. */
function run(id: string): string {
  const { stdout, stderr } = spawnSync('docker', ['start', '-a', id], { encoding: 'utf8', timeout: 60_000 })
  return stdout + stderr
}

/** The counters at a moment when the rings were empty. */
async function quietCounters(sensor: Sensor): Promise<Counters> {
  for (let round = 0; ; round++) {
    const counters = await sensor.counters()
    if (counters.received === counters.sent || round === 300) return counters
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

describe('the sensor beside real containers', { skip }, () => {
  const seen: Seen[] = []
  const containers: string[] = []
  let sensor: Sensor
  const make = (script: string, ...flags: string[]): string => {
    const id = create(script, ...flags)
    containers.push(id)
    return id
  }
  const settle = () => caughtUp(sensor)
  const of = (id: string, type: string) => seen.filter(each => each.container === id && each.type === type)

  before(async () => {
    buildImage()
    const judge = new URL('./sensor-judge.ts', import.meta.url)
    sensor = await startSensor({ judge, onMessage: value => seen.push(value as Seen) })
  })
  after(async () => {
    await sensor?.close()
    for (const id of containers) spawnSync('docker', ['rm', '-f', id])
    spawnSync('docker', ['rmi', '-f', image])
  })

  test('the first exec of short containers is given to the right one', async () => {
    const ids = Array.from({ length: 5 }, (_, index) => make(`exec /bin/true run${index}`))
    for (const id of ids) run(id)
    await settle()
    for (const [index, id] of ids.entries()) {
      const words = of(id, 'execve').map(each => each.argv.join(' '))
      assert.ok(words[0]?.endsWith(`run${index}`), words.join('; '))
      assert.equal(words.length, 2)
      assert.equal(of(id, 'execve')[0]?.vpid, 1)
    }
  })

  test('files: opened, renamed, made executable, with the paths of the container', async () => {
    const id = make(
      'cd /tmp; echo 1 > a; mv a b; chmod 4755 ./b; cat < /etc/../etc/shadow; cat /etc/shadow; cat /nothing',
    )
    run(id)
    await settle()
    const opened = of(id, 'open').concat(of(id, 'openat'))
    assert.ok(opened.some(each => each.fd === '/tmp/a' && each.comm === 'sh'))
    assert.equal(opened.filter(each => each.fd === '/etc/shadow').length, 2)
    assert.ok(!opened.some(each => each.fd === '/nothing'))
    assert.deepEqual(
      of(id, 'rename').map(each => [each.args['oldpath'], each.args['newpath']]),
      [['/tmp/a', '/tmp/b']],
    )
    assert.deepEqual(
      of(id, 'chmod').map(each => [each.args['filename'], Number(each.args['mode'])]),
      [['/tmp/b', 0o4755]],
    )
  })

  test('an ordinary file is told once a container', async () => {
    const id = make('echo data > /tmp/f; for i in 1 2 3 4 5; do cat /tmp/f; done')
    run(id)
    await settle()
    const reads = of(id, 'open')
      .concat(of(id, 'openat'))
      .filter(each => each.fd === '/tmp/f' && Number(each.args['flags']) % 4 === 0)
    assert.equal(reads.length, 1)
  })

  test('a refused connection has its address', async () => {
    const id = make('ip link set lo up; nc 127.0.0.1 81; true', '--cap-add', 'NET_ADMIN')
    run(id)
    await settle()
    assert.ok(
      of(id, 'connect').some(each => each.fd.endsWith('->127.0.0.1:81')),
      of(id, 'connect')
        .map(each => each.fd)
        .join(', '),
    )
  })

  test('block kills a dropped program before its effect, and nothing else', async () => {
    const script = `
      for i in 1 2 3 4 5 6 7 8 9 10; do
        cp /bin/busybox /tmp/busybox$i; /tmp/busybox$i echo effect; cp /bin/busybox /dev/shm/busybox$i; /dev/shm/busybox$i echo effect; /bin/busybox echo fine
      done`
    const blocked = make(script, '--tmpfs', '/dev/shm:exec')
    const free = make(script, '--tmpfs', '/dev/shm:exec')
    await sensor.setPolicy(blocked, 'block')
    const output = run(blocked)
    assert.equal(output.match(/effect/g), null)
    assert.equal(output.match(/^fine$/gm)?.length, 10)
    assert.equal(run(free).match(/^effect$/gm)?.length, 20)
    await settle()
    assert.equal(of(blocked, 'execve').filter(each => each.args['killed'] === 1).length, 20)
    assert.equal(of(free, 'execve').filter(each => each.args['killed'] === 1).length, 0)
    assert.equal(of(free, 'execve').filter(each => each.upper).length, 10)
  })

  test('block kills a dropped program that the loader maps', {
    skip: existsSync(loader) ? false : 'needs the loader of a 64-bit x86 glibc',
  }, async () => {
    const script = `cp /usr/bin/echo /tmp/e; ${loader} /tmp/e effect; ${loader} /usr/bin/echo fine`
    const id = make(script, '-v', '/usr:/usr:ro', '-v', '/usr/lib64:/lib64:ro', '-v', '/usr/lib:/lib:ro')
    await sensor.setPolicy(id, 'block')
    assert.match(run(id), /^(Killed\n)?fine\n(Killed\n)?$/)
    await settle()
    assert.ok(of(id, 'mmap_exec').some(each => each.args['killed'] === 1 && each.fd === '/tmp/e'))
  })

  test('what was allowed runs under block, and nothing beside it', async () => {
    const id = make('cp /bin/busybox /tmp/busybox1; cp /bin/busybox /tmp/busybox2; /tmp/busybox1 true; sleep 60')
    execFileSync('docker', ['start', id])
    const find = () => of(id, 'execve').find(each => each.exepath === '/tmp/busybox1')
    assert.ok(await holds(() => find() !== undefined, 30_000))
    const first = find()!
    await sensor.allow(id, [{ inode: first.inode, device: Number(first.args['exe_device']) }])
    await sensor.setPolicy(id, 'block')
    const inside = (name: string) => spawnSync('docker', ['exec', id, name, 'true']).status
    assert.equal(inside('/tmp/busybox1'), 0)
    assert.equal(inside('/tmp/busybox2'), 137)
  })

  test('a muted container is counted, not told', async () => {
    const id = make('echo 1 > /tmp/x')
    await sensor.setPolicy(id, 'alert', { file: true })
    const earlier = await sensor.counters()
    run(id)
    await settle()
    assert.equal(of(id, 'open').concat(of(id, 'openat')).length, 0)
    assert.ok((await sensor.counters()).filtered > earlier.filtered)
  })

  test('under overload every event is received, filtered or counted as lost, and the attack is seen', async () => {
    const flood = '(i=0; while [ $i -lt 60000 ]; do : > /tmp/flood; i=$((i+1)); done)'
    const id = make(`${flood} & ${flood} & sleep 1; cp /bin/busybox /tmp/evil; /tmp/evil true; wait`)
    run(id)
    await settle()
    const { produced, filtered, received, sent, lost } = await quietCounters(sensor)
    assert.ok(produced > 50_000, String(produced))
    assert.equal(received, sent)
    assert.equal(received + filtered + Object.values(lost).reduce((sum, each) => sum + each, 0), produced)
    assert.equal(lost['critical'], 0)
    assert.ok(of(id, 'execve').some(each => each.exepath === '/tmp/evil' && each.upper))
  })
})

test('SIGKILL of the sensor leaves nothing in the kernel', { skip }, async () => {
  const program = fileURLToPath(new URL('./sensor-child.ts', import.meta.url))
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise(resolve => child.stdout.once('data', resolve))
  const pinned = readdirSync('/sys/fs/bpf')
  child.kill('SIGKILL')
  await new Promise(resolve => child.once('exit', resolve))
  assert.deepEqual(readdirSync('/sys/fs/bpf'), pinned)
  assert.ok(!pinned.some(name => name.includes('jenner')))
})

test('a sensor whose thread ends by itself says so, and lets nobody wait', { skip }, async () => {
  const failures: string[] = []
  const sensor = await startSensor({
    judge: new URL('./sensor-dying-judge.ts', import.meta.url),
    onFailure: error => failures.push(error.code),
  })
  assert.ok((await sensor.counters()).produced >= 0)
  sensor.post('end')
  const asked = sensor.counters()
  const order = sensor.setPolicy('a'.repeat(64), 'alert')
  assert.ok((await asked).produced >= 0)
  await assert.rejects(order)
  assert.ok((await sensor.counters()).produced >= 0)
  await sensor.close()
  assert.deepEqual(failures, ['worker_died'])
})
