import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RuntimeEvent } from '../../base/model/runtime.ts'
import { compileCondition } from '../rules/engine.ts'
import { createAccounts, parsePasswd } from './accounts.ts'
import { createRuntimeFields, isRuntimeField } from './fields.ts'
import { createNames } from './names.ts'
import { stockFields } from './stock-fields.ts'
import { someContainer, someEvent, someProcess } from './testing.ts'

const files: Record<string, string> = {
  '/proc/4242/root/etc/passwd': 'root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/var/www:/usr/sbin/nologin\n',
  '/proc/4242/root/etc/group': 'root:x:0:\nwww-data:x:33:\n',
  '/etc/passwd': 'root:x:0:0::/root:/bin/bash\nalice:x:33:33::/home/alice:/bin/bash\n',
}
const names = createNames(['pool.example.org'], async () => ['203.0.113.7'])
names.refresh(0)
await new Promise(resolve => setImmediate(resolve))
const fields = createRuntimeFields({
  accounts: createAccounts(path => files[path]),
  names,
  offset: () => 1_700_000_000_000_000_000n,
})

const read = (event: RuntimeEvent, name: string, given?: string) => {
  const reader = fields(name, given)
  assert.ok(reader, `${name} is no field`)
  return reader(event as never)
}

const nginx = someProcess({
  pid: 4000,
  comm: 'nginx',
  exe: 'nginx:',
  exepath: '/usr/sbin/nginx',
  args: ['-g', 'x'],
  vpid: 1,
  vpgid: 1,
})
const bash = someProcess({
  pid: 4100,
  comm: 'bash',
  exe: '/bin/bash',
  parent: nginx,
  vpid: 5,
  vpgid: 5,
  sid: 5,
  args: [],
})
const exec = someEvent('execve', {
  process: someProcess({
    parent: bash,
    sid: 5,
    exeUpperLayer: true,
    uid: 33,
    gid: 33,
    capEffective: 0x3n,
    loginuid: 0xffffffff,
  }),
})
const openWrite = someEvent('openat', {
  result: 3n,
  args: { fd: 3, name: '/etc/passwd', flags: 0o1101, mode: 0o644 },
  fd: { num: 3, typechar: 'f', name: '/etc/passwd', nameRaw: '../etc/passwd', inode: 9n },
})
const openFailed = someEvent('openat', {
  result: -13n,
  args: { name: '/etc/shadow', flags: 0o2000000 },
  fd: { num: -1, typechar: 'f', name: '/etc/shadow' },
})
const connect = someEvent('connect', {
  result: -115n,
  fd: {
    num: 4,
    typechar: '4',
    name: '172.17.0.2:40000->203.0.113.7:3333',
    l4proto: 'tcp',
    clientIp: '172.17.0.2',
    clientPort: 40000,
    serverIp: '203.0.113.7',
    serverPort: 3333,
    localIp: '172.17.0.2',
    localPort: 40000,
    remoteIp: '203.0.113.7',
    remotePort: 3333,
  },
})
const onHost = someEvent('execve', { process: someProcess({ containerId: '', uid: 33 }), container: undefined })

const rows: [event: RuntimeEvent, name: string, value: unknown][] = [
  [exec, 'evt.type', 'execve'],
  [exec, 'evt.arg.flags', 'EXE_UPPER_LAYER'],
  [exec, 'evt.res', 'SUCCESS'],
  [exec, 'evt.rawres', 0],
  [exec, 'evt.time.iso8601', '2023-11-14T22:13:25.000000000Z'],
  [exec, 'proc.name', 'sh'],
  [exec, 'proc.exe', '/bin/sh'],
  [exec, 'proc.exepath', '/usr/bin/dash'],
  [exec, 'proc.args', '-c cat /etc/shadow'],
  [exec, 'proc.cmdline', 'sh -c cat /etc/shadow'],
  [exec, 'proc.exeline', '/bin/sh -c cat /etc/shadow'],
  [exec, 'proc.pname', 'bash'],
  [exec, 'proc.pcmdline', 'bash'],
  [exec, 'proc.pexe', '/bin/bash'],
  [exec, 'proc.aname[2]', 'nginx'],
  [exec, 'proc.aname[3]', undefined],
  [exec, 'proc.aexepath[2]', '/usr/sbin/nginx'],
  [exec, 'proc.apid[1]', 4100],
  [exec, 'proc.acmdline[2]', 'nginx -g x'],
  [exec, 'proc.sname', 'bash'],
  [exec, 'proc.is_vpgid_leader', true],
  [exec, 'proc.is_exe_upper_layer', true],
  [exec, 'proc.is_exe_from_memfd', false],
  [exec, 'proc.duration', 4_000_000_000],
  [exec, 'proc.exe_ino.ctime', 500_000_000n],
  [exec, 'proc.exe_ino.ctime_duration_proc_start', 1_700_000_000_500_000_000n],
  [exec, 'proc.env', 'PATH=/usr/bin:/bin HOME=/root'],
  [exec, 'proc.env[HOME]', '/root'],
  [exec, 'proc.tty', 34816],
  [exec, 'proc.vpid', 7],
  [exec, 'thread.cap_effective', 'CAP_CHOWN CAP_DAC_OVERRIDE'],
  [exec, 'user.name', 'www-data'],
  [exec, 'user.uid', 33],
  [exec, 'user.loginuid', -1],
  [exec, 'user.loginname', undefined],
  [exec, 'group.name', 'www-data'],
  [exec, 'container.id', 'c0ffeec0ffee'],
  [exec, 'container.image.repository', 'registry.example/shop/web'],
  [exec, 'container.image.digest', `sha256:${'cd'.repeat(32)}`],
  [exec, 'container.mount.dest[/proc*]', '/host/proc'],
  [exec, 'container.mount.dest[/etc*]', 'N/A'],
  [exec, 'container.mount.dest[7]', 'N/A'],
  [onHost, 'container.mount.dest[/etc*]', undefined],
  [exec, 'container.mount.dest[1]', '/data'],
  [exec, 'container.mount.source[/data]', '/srv/data'],
  [exec, 'container.mounts', '/proc:/host/proc:ro:false:rprivate,/srv/data:/data::true:rprivate'],
  [exec, 'container.start_ts', 1_772_323_201_000_000_000n],
  [exec, 'container.privileged', false],
  [exec, 'fd.name', undefined],
  [exec, 'k8s.ns.name', undefined],
  [onHost, 'container.id', 'host'],
  [onHost, 'container.image.repository', undefined],
  [onHost, 'user.name', 'alice'],
  [openWrite, 'evt.is_open_write', true],
  [openWrite, 'evt.is_open_read', false],
  [openWrite, 'evt.is_open_create', true],
  [openWrite, 'evt.is_open_exec', false],
  [openWrite, 'evt.arg.flags', 'O_TRUNC|O_CREAT|O_WRONLY'],
  [openWrite, 'evt.arg.fd', '<f>/etc/passwd'],
  [openWrite, 'evt.arg.mode', '0644'],
  [openWrite, 'evt.args', 'fd=3(<f>/etc/passwd) name=/etc/passwd flags=577(O_TRUNC|O_CREAT|O_WRONLY) mode=0644'],
  [openWrite, 'fd.directory', '/etc'],
  [openWrite, 'fd.filename', 'passwd'],
  [openWrite, 'fd.nameraw', '../etc/passwd'],
  [openWrite, 'fd.num', 3],
  [openWrite, 'fs.path.name', '/etc/passwd'],
  [openFailed, 'evt.is_open_read', true],
  [openFailed, 'evt.is_open_write', false],
  [openFailed, 'evt.res', 'EACCES'],
  [openFailed, 'evt.arg.flags', 'O_RDONLY|O_CLOEXEC'],
  [openFailed, 'fd.num', -1],
  [connect, 'evt.rawres', -115],
  [connect, 'evt.res', 'EINPROGRESS'],
  [connect, 'fd.type', 'ipv4'],
  [connect, 'fd.sip', '203.0.113.7'],
  [connect, 'fd.sip.name', ['pool.example.org']],
  [connect, 'fd.sport', 3333],
  [connect, 'fd.rport', 3333],
  [connect, 'fd.lport', 40000],
  [connect, 'fd.sockfamily', 'ip'],
  [connect, 'fd.l4proto', 'tcp'],
  [connect, 'fd.connected', false],
  [connect, 'fd.name_changed', false],
  [someEvent('setuid', { args: { uid: 33 } }), 'evt.arg.uid', 'www-data'],
  [someEvent('ptrace', { args: { request: 16, pid: 5 } }), 'evt.arg.request', 'PTRACE_ATTACH'],
  [someEvent('bpf', { args: { cmd: 5 } }), 'evt.arg.cmd', 'BPF_PROG_LOAD'],
  [someEvent('socket', { args: { domain: 17 } }), 'evt.arg.domain', 'AF_PACKET'],
  [
    someEvent('fchmodat', { args: { filename: '/tmp/x', mode: 0o4111 } }),
    'evt.arg.mode',
    'S_IXOTH|S_IXGRP|S_IXUSR|S_ISUID',
  ],
  [someEvent('unshare', { args: { flags: 0x10020000 } }), 'evt.arg.flags', 'CLONE_NEWNS|CLONE_NEWUSER'],
  [someEvent('symlinkat', { args: { target: '/etc/shadow', linkpath: 'x/../l' } }), 'fs.path.target', '/srv/l'],
  [someEvent('recvfrom', { args: { data: new Uint8Array([1]) } }), 'evt.buflen', 1],
]
for (const [event, written, value] of rows) {
  const [, name = '', given] = /^([^[]+)(?:\[(.*)\])?$/.exec(written) ?? []
  test(`${event.type}: ${written}`, () => assert.deepEqual(read(event, name, given), value))
}

const conditions: [event: RuntimeEvent, condition: string, holds: boolean][] = [
  [exec, 'proc.aname = nginx', true],
  [exec, 'proc.aname in (nginx, apache)', true],
  [exec, 'proc.aname = sh', false],
  [exec, 'proc.aname startswith ngi', true],
  [connect, 'fd.ip in (203.0.113.7, 198.51.100.1)', true],
  [connect, 'fd.net in ("203.0.113.0/24")', true],
  [connect, 'fd.net != "127.0.0.0/8"', true],
  [connect, 'fd.net != "172.16.0.0/12"', false],
  [connect, 'fd.snet in ("10.0.0.0/8", "203.0.113.0/24")', true],
  [connect, 'fd.sip.name in (pool.example.org, other.example.org)', true],
  [connect, 'fd.port = 3333', true],
  [exec, 'container.mount.dest[/proc*] != "N/A"', true],
  [exec, 'thread.cap_effective icontains dac_override', true],
]
for (const [event, condition, holds] of conditions)
  test(`${condition} is ${holds}`, () =>
    assert.equal(compileCondition(condition, 'syscall', fields).matches(event), holds))

test('a parent that becomes another program is seen by its children', () => {
  const parent = someProcess({ comm: 'sh' })
  const event = someEvent('execve', { process: someProcess({ parent }) })
  assert.deepEqual(read(event, 'proc.aname'), ['sh'])
  parent.comm = 'nginx'
  assert.deepEqual(read(event, 'proc.aname'), ['nginx'])
})

test('names of users come from the container, and are read again when one is missing', () => {
  let now = 0
  const texts: Record<string, string> = { '/proc/4242/root/etc/passwd': 'root:x:0:0::/:/bin/sh\n' }
  const accounts = createAccounts(
    path => texts[path],
    () => now,
  )
  const event = someEvent('execve')
  assert.equal(accounts.user(event, 100), undefined)
  texts['/proc/4242/root/etc/passwd'] = 'app:x:100:100::/:/bin/sh\n'
  assert.equal(accounts.user(event, 100), undefined)
  now = 3000
  assert.equal(accounts.user(event, 100)?.name, 'app')
  assert.equal(accounts.user(event, 0)?.name, 'root')
})

test('names of users come from the layers of the image when the container is gone', () => {
  const texts: Record<string, string> = {
    '/layers/app/etc/passwd': 'app:x:100:100::/:/bin/sh\n',
    '/layers/base/etc/passwd': 'base:x:100:100::/:/bin/sh\n',
    '/layers/base/etc/group': 'staff:x:50:\n',
  }
  const accounts = createAccounts(path => texts[path])
  const event = someEvent('execve')
  const container = { ...event.container!, upperDir: '/gone', lowerDirs: ['/layers/app', '/layers/base'] }
  assert.equal(accounts.user({ ...event, container }, 100)?.name, 'app')
  assert.equal(accounts.group({ ...event, container }, 50), 'staff')
})

test('broken lines of passwd name nobody', () => {
  const users = parsePasswd('root\n:x:1:1\nx:x:-1:\na:x:5:5::/:/bin/sh:more\nb:x:5:\n')
  assert.deepEqual([...users.keys()], [5])
  assert.equal(users.get(5)?.name, 'a')
})

test('Falco’s fields that these events do not tell are known and absent', () => {
  assert.equal(read(exec, 'proc.vmsize'), undefined)
  assert.equal(isRuntimeField('proc.vmsize'), false)
  assert.equal(isRuntimeField('proc.name'), true)
  assert.equal(fields('proc.nobody', undefined), undefined)
  assert.equal(fields('proc.__proto__', undefined), undefined)
  assert.equal(read(exec, 'evt.arg.__proto__'), undefined)
})

test('a container without facts has its id, and nothing made up', () => {
  const event = someEvent('execve', { container: undefined })
  assert.equal(read(event, 'container.id'), 'c0ffeec0ffee')
  assert.equal(read(event, 'container.privileged'), undefined)
  assert.equal(read(event, 'container.mount.dest', '/x'), 'N/A')
})

test('pods and health checks are told from the container', () => {
  const container = someContainer({
    pod: { name: 'web-0', namespace: 'shop', uid: 'u1', labels: { app: 'web' } },
    healthcheck: 'cat /etc/shadow',
  })
  const event = someEvent('execve', { container })
  assert.equal(read(event, 'k8s.pod.name'), 'web-0')
  assert.equal(read(event, 'k8s.ns.name'), 'shop')
  assert.equal(read(event, 'k8s.pod.label', 'app'), 'web')
  assert.equal(read(event, 'proc.is_container_healthcheck'), true)
})

test('every field of the stock rules is told from events', () => {
  assert.equal(stockFields.length, 90)
  assert.deepEqual(
    stockFields.filter(field => {
      const [name = '', given] = field.replace(']', '').split('[')
      return !isRuntimeField(name, given)
    }),
    [],
  )
})
