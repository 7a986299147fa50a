import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RuntimeEvent } from '../../base/model/runtime.ts'
import { createDecoder } from './decode.ts'
import { drain, type RecordSource } from './drain.ts'
import { resolvePath } from './paths.ts'
import { createProcessTable, emptyProcess, forked } from './processes.ts'
import { sections } from './sections.ts'
import { execBytes, type FakeRecord, fileBytes, record, socketBytes } from './testing.ts'

const id = 'ab'.repeat(32)

function decoder() {
  const processes = createProcessTable({ readProcess: () => undefined })
  const groups = new Map<bigint, string>([[7n, id]])
  const { decode } = createDecoder({
    arch: 'x64',
    processes,
    wallOffset: () => 10n,
    onGroup: (cgroup, container) => groups.set(cgroup, container),
    containerOf: cgroup => groups.get(cgroup) ?? '',
  })
  const take = (fake: FakeRecord): RuntimeEvent => {
    const bytes = record(fake)
    const padded = Buffer.concat([Buffer.alloc(8), bytes, Buffer.alloc(8, 0xff)])
    return decode(padded, 8, 8 + bytes.length)!
  }
  return { take, processes, groups, decode }
}

const text = (value: string) => Buffer.from(value)

test('an exec says who, what and from where, and the next event knows it', () => {
  const { take } = decoder()
  const exec = take({
    kind: 2,
    tgid: 100,
    sections: [
      [sections.exec, 0, execBytes({ ppid: 50, vpid: 1, comm: 'sh', tty: 34816 })],
      [sections.file, 0, fileBytes({ marks: 1 | 8, inode: 99n })],
      [sections.path, 0, text('/tmp/dropped')],
      [sections.cwd, 0, text('/srv')],
      [sections.argv, 0, text('dropped\0-c\0a b\0\0')],
      [sections.env, 0, text('A=1\0B=2\0')],
    ],
  })
  assert.equal(exec.type, 'execve')
  assert.equal(exec.time, 1010n)
  const { process } = exec
  assert.equal(process.comm, 'sh')
  assert.equal(process.exe, 'dropped')
  assert.deepEqual(process.args, ['-c', 'a b', ''])
  assert.deepEqual(process.env, ['A=1', 'B=2'])
  assert.equal(process.exepath, '/tmp/dropped')
  assert.equal(process.exeUpperLayer, true)
  assert.equal(process.exeMemfd, false)
  assert.equal(process.tty, 34816)
  assert.equal(process.containerId, id)
  assert.equal(take({ kind: 1, number: 41, tgid: 100, result: -1n }).process, process)
})

test('an open has the path of the kernel, not the words of the program', () => {
  const { take } = decoder()
  const { fd, args } = take({
    kind: 1,
    number: 257,
    result: 3n,
    args: [-100, 0, 577, 0o644],
    sections: [
      [sections.file, 0, fileBytes({ number: 3, marks: 1 })],
      [sections.path, 0, text('/etc/shadow')],
      [sections.text, 1, text('../etc/./shadow')],
      [sections.base, 1, text('/srv')],
    ],
  })
  assert.equal(fd?.name, '/etc/shadow')
  assert.equal(fd?.nameRaw, '../etc/./shadow')
  assert.equal(args['name'], '/etc/shadow')
  assert.equal(fd?.num, 3)
  assert.equal(fd?.typechar, 'f')
  assert.equal(fd?.upperLayer, true)
  assert.equal(args['flags'], 577)
  assert.equal(args['dirfd'], -100)
})

test('a failed open has descriptor -1 and the name that was asked for', () => {
  const { fd, result } = decoder().take({
    kind: 1,
    number: 2,
    result: -13n,
    sections: [[sections.text, 0, text('/root/x')]],
  })
  assert.equal(result, -13n)
  assert.equal(fd?.num, -1)
  assert.equal(fd?.name, '/root/x')
})

test('what is read from an accepted connection comes to a server, until its number has a new owner', () => {
  const ends = { family: 2, type: 1, protocol: 6, local: [10, 0, 0, 2], localPort: 80, remote: [1, 2, 3, 4] }
  const socket = socketBytes({ ...ends, remotePort: 50000 })
  const one = decoder()
  const call = (number: number, inode: bigint) => {
    const file = fileBytes({ mode: 0o140777, number: 5, inode })
    const told: [number, number, Buffer][] = [
      [sections.file, 0, file],
      [sections.socket, 0, socket],
    ]
    return one.take({ kind: 1, number, args: [5], result: 6n, sections: told }).fd
  }
  const [accept, recvfrom, connect] = [43, 45, 42]
  assert.equal(call(recvfrom, 9n)?.isServer, false)
  assert.equal(call(accept, 7n)?.isServer, true)
  assert.equal(call(recvfrom, 7n)?.name, '1.2.3.4:50000->10.0.0.2:80')
  assert.equal(call(recvfrom, 9n)?.name, '10.0.0.2:80->1.2.3.4:50000')
  assert.equal(call(connect, 7n)?.isServer, false)
  assert.equal(call(recvfrom, 7n)?.isServer, false)
})

test('both ends of connections, old and new addresses', () => {
  const v4 = socketBytes({
    family: 2,
    type: 1,
    protocol: 6,
    local: [10, 0, 0, 2],
    localPort: 4000,
    remote: [1, 2, 3, 4],
    remotePort: 443,
  })
  const file = fileBytes({ mode: 0o140777, number: 5 })
  const out = decoder().take({
    kind: 1,
    number: 42,
    args: [5],
    sections: [
      [sections.file, 0, file],
      [sections.socket, 0, v4],
    ],
  })
  assert.equal(out.fd?.name, '10.0.0.2:4000->1.2.3.4:443')
  assert.equal(out.fd?.l4proto, 'tcp')
  assert.equal(out.fd?.connected, true)
  const accepted = decoder().take({
    kind: 1,
    number: 43,
    result: 6n,
    sections: [
      [sections.file, 0, file],
      [sections.socket, 0, v4],
    ],
  })
  assert.equal(accepted.fd?.serverPort, 4000)
  assert.equal(accepted.fd?.isServer, true)
  const loopback = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
  const v6 = socketBytes({
    family: 10,
    type: 2,
    protocol: 17,
    local: loopback,
    localPort: 1,
    remote: [0x20, 1, 0xd, 0xb8, ...loopback.slice(4)],
    remotePort: 53,
  })
  const udp = decoder().take({
    kind: 1,
    number: 42,
    sections: [
      [sections.file, 0, file],
      [sections.socket, 0, v6],
    ],
  })
  assert.equal(udp.fd?.name, '::1:1->2001:db8::1:53')
  assert.equal(udp.fd?.typechar, '6')
})

test('a refused connect takes the address from the program', () => {
  const empty = socketBytes({
    family: 2,
    type: 1,
    protocol: 6,
    state: 7,
    local: [0, 0, 0, 0],
    localPort: 0,
    remote: [0, 0, 0, 0],
    remotePort: 0,
  })
  const address = Buffer.from([2, 0, 0, 81, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
  const file = fileBytes({ mode: 0o140777 })
  const { fd } = decoder().take({
    kind: 1,
    number: 42,
    result: -111n,
    sections: [
      [sections.file, 0, file],
      [sections.socket, 0, empty],
      [sections.address, 1, address],
    ],
  })
  assert.equal(fd?.serverIp, '127.0.0.1')
  assert.equal(fd?.serverPort, 81)
  assert.equal(fd?.connected, false)
})

test('a section longer than its record is not read', () => {
  const bytes = record({ kind: 1, number: 87, sections: [[sections.text, 0, text('/a')]] })
  bytes.writeUInt16LE(60_000, bytes.length - 8 + 2)
  const event = decoder().decode(bytes, 0, bytes.length)
  assert.equal(event?.args['path'], undefined)
})

test('a reused pid is another process', () => {
  const { take } = decoder()
  const first = take({ kind: 1, number: 41, tgid: 9, started: 1_000_000_000n }).process
  const second = take({ kind: 1, number: 41, tgid: 9, started: 9_000_000_000n }).process
  assert.notEqual(first, second)
})

test('the process table is bounded and keeps parents', () => {
  const table = createProcessTable({ readProcess: () => undefined, limit: 10 })
  const parent = { ...emptyProcess(1, 0n), comm: 'init' }
  table.put(parent)
  for (let pid = 2; pid < 100; pid++) table.put({ ...emptyProcess(pid, 0n), ppid: pid - 1 })
  assert.equal(table.size, 10)
  assert.equal(table.find(99)?.parent?.pid, 98)
  assert.equal(table.find(5), undefined)
})

test('a program that forks itself over and over does not grow', () => {
  const table = createProcessTable({ readProcess: () => undefined })
  let last = emptyProcess(1, 0n)
  table.put(last)
  for (let round = 2; round < 1000; round++) {
    last = forked(last, round, round, BigInt(round))
    table.put(last)
  }
  let depth = 0
  for (let each = last.parent; each; each = each.parent) depth++
  assert.equal(depth, 64)
})

test('records of several rings come in the order of their time', () => {
  const source = (times: number[]): RecordSource => {
    const data = Buffer.alloc(8 * times.length)
    times.forEach((time, index) => {
      data.writeBigUInt64LE(BigInt(time), 8 * index)
    })
    let at = 0
    return {
      data,
      length: 8,
      look() {},
      next: () => (at < times.length ? 8 * at : -1),
      skip: () => void at++,
      publish() {},
    }
  }
  const order: number[] = []
  const count = drain([source([5, 6, 20]), source([1, 5, 7, 30])], 6, (data, start) =>
    order.push(data.readUInt32LE(start)),
  )
  assert.deepEqual(order, [1, 5, 5, 6, 7, 20])
  assert.equal(count, 6)
})

for (const [base, path, wanted] of [
  ['/a', 'b', '/a/b'],
  ['/a/b', '../c', '/a/c'],
  ['/', '../../x', '/x'],
  ['/a', '/x//y/./z/', '/x/y/z'],
  ['/a', '', '/a'],
] as const)
  test(`path ${base} + ${path}`, () => assert.equal(resolvePath(base, path), wanted))
