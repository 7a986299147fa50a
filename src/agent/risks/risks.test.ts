import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ContainerInfo } from '../../base/model/runtime.ts'
import { someContainer } from '../../runtime/fields/testing.ts'
import { ageInDays, containerRisks } from './containers.ts'
import { daemonRisks, type HostSettings } from './daemon.ts'
import { riskTexts } from './texts.ts'

const now = Date.parse('2026-06-01T00:00:00Z')
const safe: Partial<ContainerInfo> = {
  privileged: false,
  capAdd: [],
  hostNetwork: false,
  hostPid: false,
  hostIpc: false,
  mounts: [],
  user: '1000',
  memoryLimit: 1,
  pidsLimit: 1,
  cpuLimit: 1,
  readOnlyRoot: true,
  ports: [],
  securityOptions: ['no-new-privileges'],
}
const bind = (source: string, writable = true) => ({
  source,
  destination: '/x',
  mode: '',
  writable,
  propagation: '',
  type: 'bind',
})

function ids(over: Partial<ContainerInfo>, created?: string): string[] {
  return containerRisks(someContainer({ ...safe, ...over }), created, now).map(({ id }) => id)
}

const cases: [name: string, over: Partial<ContainerInfo>, expected: string[]][] = [
  ['nothing', {}, []],
  ['privileged', { privileged: true }, ['privileged']],
  ['the runtime socket', { mounts: [bind('/var/run/docker.sock')] }, ['runtime-socket']],
  ['a folder of the host', { mounts: [bind('/etc/', false)] }, ['mount:/etc:ro']],
  ['an own folder', { mounts: [bind('/srv/shop')] }, []],
  ['a strong capability', { capAdd: ['SYS_ADMIN', 'CHOWN'] }, ['cap:SYS_ADMIN']],
  ['host namespaces', { hostNetwork: true, hostPid: true, hostIpc: true }, ['host-network', 'host-pid', 'host-ipc']],
  [
    'no seccomp',
    { securityOptions: ['no-new-privileges:true', 'seccomp=unconfined'] },
    ['unconfined:seccomp=unconfined'],
  ],
  [
    'published on all addresses',
    { ports: [{ containerPort: 80, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 8080 }] },
    ['exposed:8080:80/tcp'],
  ],
  [
    'published on loopback',
    { ports: [{ containerPort: 80, protocol: 'tcp', hostIp: '127.0.0.1', hostPort: 8080 }] },
    [],
  ],
  ['root', { user: '0:0' }, ['root']],
  ['no limits', { memoryLimit: 0, pidsLimit: 0, cpuLimit: 0 }, ['no-limits']],
  ['a writable root, gains allowed', { readOnlyRoot: false, securityOptions: [] }, ['writable-root', 'new-privileges']],
]

for (const [name, over, expected] of cases) test(`container: ${name}`, () => assert.deepEqual(ids(over), expected))

test('the worst comes first; an old image counts, one of the year zero of reproducible builds does not', () => {
  assert.deepEqual(ids({ privileged: true, user: '' }, '2025-06-01T00:00:00Z'), ['privileged', 'root', 'old-image:365'])
  assert.deepEqual(ids({}, '1970-01-01T00:00:00Z'), [])
  assert.equal(ageInDays('2026-05-31T00:00:00Z', now), 1)
})

test('fixes are diffs of what started it, and names of others are one line', () => {
  const fixOf = (over: Partial<ContainerInfo>) =>
    containerRisks(someContainer({ ...safe, ...over }), undefined, now)[0]!.fix
  const run = someContainer({ ...safe, capAdd: ['SYS_ADMIN'], image: 'a\nb' })
  delete run.composeService
  assert.deepEqual(containerRisks(run, undefined, now)[0]!.fix, {
    kind: 'run',
    diff: '-docker run --cap-add SYS_ADMIN … a?b\n+docker run … a?b',
  })
  const compose = fixOf({ composeService: 'web', user: '' })
  assert.equal(compose?.kind, 'compose')
  assert.ok(compose?.diff.startsWith('--- compose.yml\n+++ compose.yml\n@@\n services:\n   web:\n+    user:'))
  const mounted = fixOf({ composeService: 'web', mounts: [bind('/etc')] })
    ?.diff.split('\n')
    .slice(5)
  assert.deepEqual(mounted, ['-    volumes:', '-      - /etc:/x', '+    volumes:', '+      - /etc:/x:ro'])
})

const daemons: [name: string, settings: HostSettings, expected: string[]][] = [
  ['nothing known', { sysctls: {} }, []],
  ['defaults', { sysctls: {}, daemon: {} }, ['daemon-live-restore', 'daemon-icc', 'daemon-log-limits']],
  [
    'as it should be',
    {
      sysctls: { 'kernel.dmesg_restrict': '1' },
      daemon: { 'live-restore': true, icc: false, 'log-opts': { 'max-size': '1m' } },
      socketMode: 0o140660,
      socketGroup: [],
    },
    [],
  ],
  [
    'an open port, in the file',
    {
      sysctls: {},
      daemon: { hosts: ['tcp://0.0.0.0:2375'], 'live-restore': true, icc: false, 'log-driver': 'journald' },
    },
    ['daemon-tcp:tcp://0.0.0.0:2375'],
  ],
  [
    'an open port, as an argument',
    { sysctls: {}, daemonArgs: ['dockerd', '-H', 'tcp://0.0.0.0:2375', '--host=unix:///x'] },
    ['daemon-tcp:tcp://0.0.0.0:2375'],
  ],
  [
    'a port that asks for certificates',
    { sysctls: {}, daemonArgs: ['dockerd', '-H', 'tcp://0.0.0.0:2376', '--tlsverify'] },
    [],
  ],
  [
    'a socket for everyone, a group',
    { sysctls: {}, socketMode: 0o140666, socketGroup: ['kim'] },
    ['socket-mode', 'socket-group:kim'],
  ],
  [
    'registries without TLS',
    { sysctls: {}, insecureRegistries: ['127.0.0.0/8', 'reg.example:5000'] },
    ['daemon-insecure-registry:reg.example:5000'],
  ],
  [
    'kernel settings',
    { sysctls: { 'kernel.yama.ptrace_scope': '0', 'kernel.kptr_restrict': '1' } },
    ['sysctl:kernel.yama.ptrace_scope = 0'],
  ],
]

for (const [name, settings, expected] of daemons)
  test(`host: ${name}`, () =>
    assert.deepEqual(
      daemonRisks(settings).map(({ id }) => id),
      expected,
    ))

test('every risk is told in both languages', () => {
  for (const [kind, { title, why }] of Object.entries(riskTexts)) {
    assert.match(title.ko + why.ko, /[가-힣]/, kind)
    assert.equal(title.en.includes('$'), title.ko.includes('$'), kind)
  }
})
