/** Containers told by the unified hierarchy: cgroups of our own below it, named as the runtimes name theirs, with real programs in them. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { containerIdOfCgroup } from '../../src/runtime/containers/cgroup-path.ts'
import { docker } from '../../src/runtime/drill/docker.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'
import { drain } from '../../src/runtime/sensor/drain.ts'
import { type Kernel, loadKernel } from '../../src/runtime/sensor/kernel.ts'
import { header } from '../../src/runtime/sensor/layout.ts'
import { probe } from '../../src/runtime/sensor/probe.ts'

const root = readFileSync('/proc/self/mounts', 'utf8')
  .split('\n')
  .map(line => line.split(' '))
  .find(([, , type]) => type === 'cgroup2')?.[1]
const skip = probe().usable ? (root === undefined ? 'needs a cgroup2 hierarchy' : false) : 'needs the sensor'
const base = join(root ?? '/', `jenner-v2-${process.pid}`)
const made: string[] = []
const id = (number: number): string => number.toString(16).padStart(2, '0').repeat(32)
const pod = 'kubepods-burstable-pod0a1b2c3d_1111_2222_3333_444455556666.slice'
const deep = Array.from({ length: 12 }, (_, index) => `d${index}`).join('/')
let kernel: Kernel

const paths: [name: string, path: (id: string) => string][] = [
  ['Docker by systemd', own => `system.slice/docker-${own}.scope`],
  ['Docker by cgroupfs', own => `docker/${own}`],
  ['Docker without root', own => `user.slice/user-1000.slice/user@1000.service/user.slice/docker-${own}.scope`],
  ['Kubernetes by systemd', own => `kubepods.slice/kubepods-burstable.slice/${pod}/cri-containerd-${own}.scope`],
  ['Kubernetes by cgroupfs', own => `kubepods/besteffort/pod0a1b2c3d-1111-2222-3333-444455556666/${own}`],
  ['Podman, with a cgroup inside', own => `machine.slice/libpod-${own}.scope/container`],
  ['a process that hides far below', own => `system.slice/docker-${own}.scope/${deep}`],
  ['a process below the name of another container', own => `system.slice/docker-${own}.scope/docker/${'f'.repeat(64)}`],
]

before(() => {
  if (skip !== false) return
  mkdirSync(base)
  made.push(base)
  kernel = loadKernel({ host: false, policy: 'alert', ownCgroups: '0::/\n' }).attach()
})

after(() => {
  kernel?.close()
  for (const folder of made.reverse()) rmdirSync(folder)
})

function make(path: string): string {
  const folder = join(base, path)
  const missing: string[] = []
  for (let at = folder; at !== base; at = dirname(at)) missing.unshift(at)
  for (const each of missing)
    if (!made.includes(each)) {
      mkdirSync(each)
      made.push(each)
    }
  return folder
}

/** The containers of the cgroups of these folders in which programs were started, as the kernel says. What others of this machine do meanwhile is passed over. */
function started(...folders: string[]): string[] {
  const own = folders.map(folder => statSync(folder, { bigint: true }).ino)
  const found: string[] = []
  drain(kernel.rings, 100_000, (data, start) => {
    const cgroup = data.readBigUInt64LE(start + header.cgroup)
    if (data.readUInt16LE(start + header.kind) === 2 && own.includes(cgroup)) found.push(kernel.containerOf(cgroup))
  })
  return found
}

for (const [index, [name, path]] of paths.entries())
  test(`the first program of ${name} is given to its container`, { skip }, () => {
    const own = id(index + 16)
    const folder = make(path(own))
    assert.equal(containerIdOfCgroup(`/${path(own)}`), own)
    assert.equal(spawnSync('sh', ['-c', `echo $$ > ${folder}/cgroup.procs; exec /bin/true`]).status, 0)
    assert.deepEqual(started(folder), [own])
  })

test('a program outside of containers is nobody’s', { skip }, () => {
  const folder = make('system.slice/ssh.service')
  assert.equal(spawnSync('sh', ['-c', `echo $$ > ${folder}/cgroup.procs; exec /bin/true`]).status, 0)
  assert.deepEqual(started(folder), [])
})

/** Where both versions are mounted, runtimes put containers into both hierarchies: real ones can be told by either. */
test('real containers of Docker are told, and stopped, by the unified hierarchy', { skip }, async context => {
  if (docker(['version']).status !== 0) return context.skip('needs Docker')
  const image = `jenner-v2-${process.pid}:1`
  buildImage(image)
  const script = 'cp /bin/true /tmp/x; /tmp/x; echo $? > /tmp/status; sleep 60'
  const own = docker(['create', '--network', 'none', image, 'sh', '-c', script]).stdout.trim()
  try {
    kernel.setPolicy(own, [], 'block', {})
    assert.equal(docker(['start', own]).status, 0)
    const pid = docker(['inspect', '-f', '{{.State.Pid}}', own]).stdout.trim()
    const path = /^0::(\/.+)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8'))?.[1]
    if (path === undefined || !path.includes(own))
      return context.skip('containers are not in the unified hierarchy here')
    const status = (): string => docker(['exec', own, 'cat', '/tmp/status']).stdout.trim()
    for (let round = 0; status() === '' && round < 300; round++) await new Promise(resolve => setTimeout(resolve, 100))
    assert.equal(status(), '137')
    const ids = new Set(started(join(root!, path)))
    assert.deepEqual([...ids], [own])
  } finally {
    docker(['rm', '--force', own])
    docker(['rmi', '--force', image])
  }
})
