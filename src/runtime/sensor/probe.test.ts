import assert from 'node:assert/strict'
import { test } from 'node:test'
import { controllerOf, rootOf } from './controller.ts'
import { type ProbeHost, probe } from './probe.ts'
import { containerOf } from './procfs.ts'
import { packInterest, syscalls } from './syscalls.ts'

const good: ProbeHost = {
  uid: 0,
  release: '6.1.0-18-amd64',
  exists: () => true,
  read: path => (path === '/proc/self/cgroup' ? '0::/\n' : ''),
  libbpf: () => 'v1.1',
  hasTracepoint: () => true,
  structOf: () => undefined,
}

test('a machine with everything', () => {
  assert.deepEqual(probe(good), { usable: true, lacks: [], kernel: '6.1.0-18-amd64', libbpf: 'v1.1', cgroup: 'v2' })
})

const cases: [string, Partial<ProbeHost>, string, boolean][] = [
  ['not root', { uid: 1000 }, 'root', false],
  ['an old kernel', { release: '5.4.0' }, 'kernel', false],
  ['no BTF', { exists: path => path !== '/sys/kernel/btf/vmlinux' }, 'btf', false],
  [
    'lockdown',
    { read: path => (path.endsWith('lockdown') ? 'none integrity [confidentiality]' : '0::/') },
    'lockdown',
    false,
  ],
  ['no tracepoint of io_uring', { hasTracepoint: name => name !== 'io_uring_submit_req' }, 'tracepoint', true],
  [
    'another overlayfs',
    { structOf: () => ({ size: 8, members: { vfs_inode: 0, __upperdentry: 128 } }) },
    'overlay',
    true,
  ],
  ['a kernel that cannot find mappings', { release: '5.15.0' }, 'helper', true],
  ['no tracepoint of socket states', { hasTracepoint: name => name !== 'inet_sock_set_state' }, 'tracepoint', true],
]
for (const [name, change, what, usable] of cases)
  test(`${name} is told, with what is lost`, () => {
    const found = probe({ ...good, ...change })
    assert.equal(found.usable, usable)
    assert.deepEqual(
      found.lacks.map(lack => lack.what),
      [what],
    )
    assert.equal(found.lacks[0]?.loses === 'everything', !usable)
  })

test('no libbpf', () => {
  const refuse = () => {
    throw new Error('absent')
  }
  assert.equal(probe({ ...good, libbpf: refuse }).lacks[0]?.what, 'libbpf')
})

test('the controller that containers are told by', () => {
  assert.equal(controllerOf('8:pids:/\n1:cpu,cpuacct:/\n0::/\n'), 1)
  assert.equal(controllerOf('4:memory:/x\n0::/\n'), 2)
  assert.equal(controllerOf('0::/user.slice\n'), 0)
})

test('the root of a hierarchy is where this process sees it', () => {
  const inodes: Record<string, bigint> = { '/sys/fs/cgroup/unified': 7n, '/sys/fs/cgroup/pids': 8n }
  const stat = (path: string): bigint | undefined => inodes[path]
  assert.deepEqual(
    [0, 1, 2].map(controller => rootOf(controller, stat)),
    [7n, 8n, 0n],
  )
})

test('container ids in both forms of cgroup paths', () => {
  const id = '0123456789abcdef'.repeat(4)
  assert.equal(containerOf(`8:pids:/docker/${id}\n0::/\n`), id)
  assert.equal(containerOf(`0::/system.slice/docker-${id}.scope\n`), id)
  assert.equal(containerOf(`0::/kubepods.slice/cri-containerd-${id}.scope/sub\n`), id)
  assert.equal(containerOf('0::/user.slice/session-1.scope\n'), '')
})

test('no two calls share a number, and a word has what it needs', () => {
  assert.equal(new Set(syscalls.map(call => call.x86)).size, syscalls.length)
  const generic = syscalls.flatMap(call => (call.arm64 === undefined ? [] : [call.arm64]))
  assert.equal(new Set(generic).size, generic.length)
  const openat = syscalls.find(call => call.type === 'openat')!
  assert.equal(packInterest(openat), 1n | (1n << 8n) | (3n << 16n) | (2n << 20n) | (1n << 40n))
})
