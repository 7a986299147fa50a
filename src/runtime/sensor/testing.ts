/** Makes records as the kernel programs write them, for tests. */
import { execInfo, fileInfo, header, socketInfo } from './layout.ts'

export interface FakeRecord {
  kind: number
  number?: number
  tgid?: number
  tid?: number
  started?: bigint
  cgroup?: bigint
  result?: bigint
  args?: (number | bigint)[]
  flags?: number
  time?: bigint
  sections?: [kind: number, argument: number, bytes: Buffer][]
}

export function record(fake: FakeRecord): Buffer {
  const head = Buffer.alloc(header.size_)
  head.writeBigUInt64LE(fake.time ?? 1000n, header.time)
  head.writeBigUInt64LE(fake.started ?? 5n, header.started)
  head.writeBigUInt64LE(fake.cgroup ?? 7n, header.cgroup)
  head.writeBigInt64LE(fake.result ?? 0n, header.result)
  for (const [index, value] of (fake.args ?? []).entries())
    head.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)), header.args + 8 * index)
  head.writeUInt32LE(fake.tgid ?? 100, header.tgid)
  head.writeUInt32LE(fake.tid ?? fake.tgid ?? 100, header.tid)
  head.writeUInt16LE(fake.kind, header.kind)
  head.writeUInt16LE(fake.number ?? 0, header.number)
  head.writeUInt16LE(fake.flags ?? 0, header.flags)
  return Buffer.concat([
    head,
    ...(fake.sections ?? []).map(([kind, argument, bytes]) => section(kind, argument, bytes)),
  ])
}

function section(kind: number, argument: number, bytes: Buffer): Buffer {
  const padded = Buffer.alloc((4 + bytes.length + 7) & ~7)
  padded[0] = kind
  padded[1] = argument
  padded.writeUInt16LE(bytes.length, 2)
  bytes.copy(padded, 4)
  return padded
}

export function fileBytes(facts: { mode?: number; marks?: number; inode?: bigint; number?: number }): Buffer {
  const bytes = Buffer.alloc(fileInfo.size_)
  bytes.writeBigUInt64LE(facts.inode ?? 42n, fileInfo.inode)
  bytes.writeUInt32LE(facts.mode ?? 0o100644, fileInfo.mode)
  bytes.writeUInt32LE(facts.marks ?? 0, fileInfo.marks)
  bytes.writeInt32LE(facts.number ?? 3, fileInfo.number)
  return bytes
}

export function socketBytes(facts: {
  family: number
  type: number
  protocol: number
  state?: number
  local: number[]
  localPort: number
  remote: number[]
  remotePort: number
}): Buffer {
  const bytes = Buffer.alloc(socketInfo.size_)
  bytes.writeUInt16LE(facts.family, socketInfo.family)
  bytes.writeUInt16LE(facts.type, socketInfo.type)
  bytes.writeUInt16LE(facts.protocol, socketInfo.protocol)
  bytes.writeUInt16LE(facts.state ?? 1, socketInfo.state)
  bytes.writeUInt16LE(facts.localPort, socketInfo.local_port)
  bytes.writeUInt16LE(facts.remotePort, socketInfo.remote_port)
  Buffer.from(facts.local).copy(bytes, socketInfo.local)
  Buffer.from(facts.remote).copy(bytes, socketInfo.remote)
  return bytes
}

export function execBytes(facts: { ppid: number; vpid: number; comm: string; tty?: number }): Buffer {
  const bytes = Buffer.alloc(execInfo.size_)
  bytes.writeUInt32LE(facts.ppid, execInfo.ppid)
  bytes.writeUInt32LE(facts.vpid, execInfo.vpid)
  bytes.writeUInt32LE(facts.tty ?? 0, execInfo.tty)
  bytes.writeInt32LE(-1, execInfo.loginuid)
  bytes.write(facts.comm, execInfo.comm)
  return bytes
}
