/** Drift: what the image did not bring never has an effect under `block`, and what it brought runs; by the hundred. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { docker, dockerAsync } from '../../src/runtime/drill/docker.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'
import { fileIdOf, type MountPolicy, type Policy } from '../../src/runtime/sensor/policies.ts'
import { probe } from '../../src/runtime/sensor/probe.ts'
import { type Sensor, startSensor } from '../../src/runtime/sensor/sensor.ts'
import { caughtUp } from './sensor-caught-up.ts'
import type { Seen } from './sensor-judge.ts'

const skip = unable()
const image = `jenner-drift-${process.pid}:1`
const folder = mkdtempSync(join(tmpdir(), 'jenner-drift-'))
const loader = '/lib64/ld-linux-x86-64.so.2'
const memfd = process.arch === 'arm64' ? 279 : 319
const mprotect = process.arch === 'arm64' ? 226 : 10

function unable(): string | false {
  const found = probe()
  if (!found.usable) return `the sensor needs ${found.lacks.map(lack => `${lack.what} (${lack.detail})`).join(', ')}`
  if (!existsSync('/usr/bin/perl')) return 'needs Perl'
  return spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0 ? false : 'needs Docker'
}

describe('drift', { skip }, () => {
  const seen: Seen[] = []
  const containers: string[] = []
  let sensor: Sensor

  before(async () => {
    buildImage(image)
    const judge = new URL('./sensor-judge.ts', import.meta.url)
    sensor = await startSensor({ judge, onMessage: value => seen.push(value as Seen) })
  })
  after(async () => {
    await sensor?.close()
    for (const id of containers) docker(['rm', '--force', '--volumes', id])
    docker(['rmi', '--force', image])
    rmSync(folder, { recursive: true, force: true })
  })

  const make = (script: string, ...options: string[]): string => {
    const { stdout, stderr } = docker(['create', '--network', 'none', ...options, image, 'bash', '-c', script])
    assert.notEqual(stdout.trim(), '', stderr)
    containers.push(stdout.trim())
    return stdout.trim()
  }
  /** Runs a script under a policy and counts the lines it wrote. */
  const lines = async (script: string, policy: Policy, options: string[] = [], mounts: MountPolicy[] = []) => {
    const id = make(script, ...options)
    await sensor.setPolicy(id, policy, {}, mounts)
    const { stdout, stderr } = await dockerAsync(['start', '--attach', id], 120_000)
    const count = (word: string): number => stdout.split('\n').filter(line => line === word).length
    return { effect: count('effect'), fine: count('fine'), id, stderr }
  }
  const killed = async (id: string): Promise<number> => {
    await caughtUp(sensor)
    return seen.filter(({ container, args }) => container === id && args['killed'] === 1).length
  }

  const ways: [name: string, each: string, ...options: string[]][] = [
    ['started by its path', 'cp /usr/bin/echo /tmp/e$i; /tmp/e$i effect'],
    ['started by its path on a tmpfs', 'cp /usr/bin/echo /mnt/e$i; /mnt/e$i effect', '--tmpfs', '/mnt:rw,exec'],
    [
      'started by its path on /dev/shm',
      'cp /usr/bin/echo /dev/shm/e$i; /dev/shm/e$i effect',
      '--tmpfs',
      '/dev/shm:rw,exec',
    ],
    [
      'started by a link, renamed',
      'cp /usr/bin/echo /tmp/x; mv /tmp/x /tmp/e$i; ln -s /tmp/e$i /tmp/l$i; /tmp/l$i effect',
    ],
    ['given to the loader', `cp /usr/bin/echo /tmp/e$i; ${loader} /tmp/e$i effect`],
    [
      'from memory',
      `perl -e '$n = "x"; $d = syscall(${memfd}, $n, 0); open P, "<", "/usr/bin/echo"; local $/; $p = <P>; open M, ">&=", $d; syswrite M, $p; exec {"/proc/$$/fd/$d"} "echo", "effect"'`,
    ],
  ]
  const rounds = 34
  let blocked = 0
  let told = 0

  for (const [name, each, ...options] of ways) {
    const needs = each.includes(loader) && !existsSync(loader) ? 'needs the loader of a 64-bit x86 glibc' : false
    test(`a program ${name} never has an effect under block, and has one without`, { skip: needs }, async () => {
      const script = (count: number) =>
        `for ((i = 0; i < ${count}; i++)); do ${each}; /usr/bin/echo fine; done 2> /dev/null`
      const free = await lines(script(2), 'alert', options)
      assert.deepEqual([free.effect, free.fine], [2, 2], free.stderr)
      const { effect, fine, id } = await lines(script(rounds), 'block', options)
      assert.equal(effect, 0)
      assert.equal(fine, rounds)
      blocked += rounds
      told += await killed(id)
    })
  }

  test('two hundred of two hundred were stopped and told', context => {
    if (blocked < rounds * ways.length) return context.skip('not every way could be tried here')
    assert.ok(blocked >= 200, String(blocked))
    assert.equal(told, blocked)
  })

  test('two hundred of two hundred programs of the image run under block', async () => {
    const { fine, id } = await lines('for ((i = 0; i < 200; i++)); do /usr/bin/echo fine; done', 'block')
    assert.equal(fine, 200)
    assert.equal(await killed(id), 0)
  })

  const scripts: [name: string, script: string][] = [
    ['with #!', 'printf "#!/bin/bash\\necho effect\\n" > /tmp/s; chmod +x /tmp/s; /tmp/s'],
    ['given to sh', 'echo "echo effect" > /tmp/s; sh /tmp/s'],
    ['given to bash with options and by a relative path', 'echo "echo effect" > /tmp/s.sh; cd /tmp; bash -e -u ./s.sh'],
    ['given to sh by a link of another name', 'echo "echo effect" > /tmp/s; ln -s /tmp/s /tmp/l; sh -e /tmp/l'],
    [
      'given to bash by a long path',
      'printf -v n "%0200d" 1; mkdir -p /tmp/$n/$n/$n/$n; echo "echo effect" > /tmp/$n/$n/$n/$n/s; bash /tmp/$n/$n/$n/$n/s',
    ],
    ['given to Perl', `echo 'print "effect\\n"' > /tmp/s.pl; perl -w /tmp/s.pl`],
    ['mapped, then made executable', mapThenProtect()],
  ]
  for (const [name, script] of scripts)
    test(`a file ${name} never has an effect under block, and has one without`, async () => {
      assert.equal((await lines(script, 'alert')).effect, 1)
      const { effect, id } = await lines(script, 'block')
      assert.equal(effect, 0)
      assert.equal(await killed(id), 1)
    })

  test('what is stopped is named: the program, the script, the mapped file', async () => {
    const script = `cp /usr/bin/true /tmp/p; /tmp/p; echo 1 > /tmp/s; sh /tmp/s; ${mapThenProtect()}`
    const { id } = await lines(script, 'block')
    await killed(id)
    const stopped = seen.filter(({ container, args }) => container === id && args['killed'] === 1)
    assert.deepEqual(
      stopped.map(({ type, fd, exepath }) => (type === 'execve' ? exepath : fd)),
      ['/tmp/p', '/tmp/s', '/tmp/f'],
    )
  })

  test('a script of the image runs under block, whatever it reads and writes', async () => {
    const script = `
      echo data > /tmp/data; perl -e 'open F, "<", shift; print <F> ? "fine\\n" : ""' /tmp/data
      bash -c 'read -r x < /tmp/data; echo fine'; cat /tmp/data > /dev/null && echo fine
      for f in /tmp/*; do echo fine; done; echo /tmp/data | perl -ne 'chomp; open F, "<", $_; print "fine\\n" if <F>'`
    const { fine, id } = await lines(script, 'block')
    assert.equal(fine, 5)
    assert.equal(await killed(id), 0)
  })

  test('a mount may have a policy of its own', async () => {
    const volume = join(folder, 'volume')
    mkdirSync(volume)
    execFileSync('cp', ['/usr/bin/echo', join(volume, 'e')])
    const use = '/data/e effect; cp /usr/bin/echo /tmp/e; /tmp/e effect; /usr/bin/echo fine'
    const options = ['-v', `${volume}:/data`]
    const of = (policy: Policy): MountPolicy[] => [{ ...fileIdOf(volume), policy }]
    assert.equal((await lines(use, 'block', options)).effect, 1, 'a volume counts as the image without a policy')
    const { effect, fine } = await lines(use, 'block', options, of('block'))
    assert.deepEqual([effect, fine], [0, 1])
    assert.equal((await lines(use, 'block', options, of('alert'))).effect, 1)
  })

  test('what unpacks and loads code goes on once observed and allowed', async () => {
    const unpack =
      'cp /lib/*/libc.so.6 /tmp/native.so || cp $(ls /usr/lib/*/libc.so.6 /lib64/libc.so.6 | head -1) /tmp/native.so'
    const id = make(`${unpack}; cp /usr/bin/echo /tmp/other; sleep 60`)
    await sensor.setPolicy(id, 'observe')
    execFileSync('docker', ['start', id], { stdio: 'ignore' })
    const load = () => docker(['exec', '-e', 'LD_PRELOAD=/tmp/native.so', id, '/usr/bin/echo', 'fine'])
    const until = async () => {
      for (let round = 0; round < 100; round++) {
        const found = seen.find(
          ({ container, type, fd }) => container === id && type === 'mmap_exec' && fd === '/tmp/native.so',
        )
        if (found) return found
        load()
        await new Promise(resolve => setTimeout(resolve, 50))
      }
      return assert.fail('the mapping was not told')
    }
    const mapped = await until()
    assert.ok(mapped.file, 'the mapping does not say which file')
    await sensor.allow(id, [mapped.file])
    await sensor.setPolicy(id, 'block')
    assert.equal(load().stdout, 'fine\n')
    assert.equal(docker(['exec', id, '/tmp/other', 'effect']).status, 137)
  })

  test('the runtime itself is never stopped: containers start, run commands and end under block', async () => {
    const id = make('sleep 60')
    await sensor.setPolicy(id, 'block')
    execFileSync('docker', ['start', id], { stdio: 'ignore' })
    for (let round = 0; round < 10; round++) assert.equal(docker(['exec', id, 'true']).status, 0)
    assert.equal(docker(['restart', '--time', '0', id]).status, 0)
    assert.equal(await killed(id), 0)
  })
})

/** Perl that maps a dropped file to be read, then asks for it to be executable: what loaders of code that dodge mmap(PROT_EXEC) do. */
function mapThenProtect(): string {
  const mmap = process.arch === 'arm64' ? 222 : 9
  return `cp /usr/bin/true /tmp/f; perl -e 'open F, "<", "/tmp/f"; $a = syscall(${mmap}, 0, 4096, 1, 2, fileno(F), 0); $r = syscall(${mprotect}, $a, 4096, 5); print $r == 0 ? "effect\\n" : "refused\\n"'`
}
