import type { Descriptor, Process, RuntimeEvent } from '../../base/model/runtime.ts'
import { credentials, execInfo, fileInfo, forkInfo, group, header } from './layout.ts'
import { resolvePath } from './paths.ts'
import { emptyProcess, forked, type ProcessTable } from './processes.ts'
import { splitWords } from './procfs.ts'
import { anonymousType, applySockaddr, readFile, readSocket, sections, unixName } from './sections.ts'
import { byCompatNumber, byNumber, type Syscall } from './syscalls.ts'

const kinds = { syscall: 1, exec: 2, fork: 3, exit: 4, group: 5, ioUring: 6, capable: 7 } as const
const killed = 1
const truncated = 2
const compat = 4
const nameChanged = 8

export interface Decoder {
  /** The event of one record, or undefined for a record that only tells the sensor something. The bytes are not kept. */
  decode(data: Buffer, start: number, end: number): RuntimeEvent | undefined
}

export interface DecoderOptions {
  arch: string
  processes: ProcessTable
  /** ns to add to the monotonic clock for the time since the epoch. */
  wallOffset: () => bigint
  onGroup: (cgroup: bigint, containerId: string) => void
  containerOf: (cgroup: bigint) => string
}

/** Makes the decoder of the records of bpf/record.h. */
export function createDecoder(options: DecoderOptions): Decoder {
  const table = byNumber(options.arch)
  const compatTable = byCompatNumber(options.arch)
  let count = 0
  return {
    decode(data, start, end) {
      const kind = data.readUInt16LE(start + header.kind)
      if (kind === kinds.group) {
        tellGroup(data, start, end, options)
        return undefined
      }
      const flags = data.readUInt16LE(start + header.flags)
      const call = (flags & compat ? compatTable : table).get(data.readUInt16LE(start + header.number))
      if (kind === kinds.syscall && !call) return undefined
      const event = startEvent(data, start, typeOf(kind, call), options)
      event.num = ++count
      if (flags & killed) event.args['killed'] = 1
      if (flags & truncated) event.args['truncated'] = 1
      if (kind === kinds.syscall && call) readCall(data, start, end, event, call, (flags & nameChanged) !== 0)
      else if (kind === kinds.exec) readExec(data, start, end, event, options)
      else if (kind === kinds.fork) readFork(data, start, end, event, options)
      else if (kind === kinds.exit) options.processes.exit(event.process.pid)
      else if (kind === kinds.capable) event.args['cap'] = data.readUInt16LE(start + header.number)
      else readRequest(data, start, end, event)
      return event
    },
  }
}

function typeOf(kind: number, call: Syscall | undefined): string {
  if (kind === kinds.syscall) return call!.type
  if (kind === kinds.exec) return 'execve'
  if (kind === kinds.fork) return 'fork'
  if (kind === kinds.exit) return 'procexit'
  return kind === kinds.capable ? 'capable' : 'io_uring_submit'
}

function startEvent(data: Buffer, start: number, type: string, options: DecoderOptions): RuntimeEvent {
  const process = options.processes.get(
    data.readUInt32LE(start + header.tgid),
    data.readBigUInt64LE(start + header.started),
  )
  const cgroup = data.readBigUInt64LE(start + header.cgroup)
  if (process.cgroupId !== cgroup) {
    process.cgroupId = cgroup
    process.containerId = options.containerOf(cgroup)
  }
  return {
    num: 0,
    type,
    time: data.readBigUInt64LE(start + header.time) + options.wallOffset(),
    cpu: data.readUInt16LE(start + header.cpu),
    tid: data.readUInt32LE(start + header.tid),
    result: data.readBigInt64LE(start + header.result),
    process,
    args: {},
  }
}

type Visit = (kind: number, argument: number, at: number, length: number) => void

/** Walks the sections behind a header; stops at the first that does not fit. */
function eachSection(data: Buffer, start: number, end: number, visit: Visit): void {
  let at = start + header.size_
  while (at + 4 <= end) {
    const length = data.readUInt16LE(at + 2)
    if (at + 4 + length > end) return
    visit(data[at]!, data[at + 1]!, at + 4, length)
    at += (4 + length + 7) & ~7
  }
}

function tellGroup(data: Buffer, start: number, end: number, options: DecoderOptions): void {
  eachSection(data, start, end, (kind, _argument, at) => {
    if (kind === sections.group)
      options.onGroup(
        data.readBigUInt64LE(start + header.cgroup),
        data.toString('latin1', at + group.container, at + 64),
      )
  })
}

function readCall(
  data: Buffer,
  start: number,
  end: number,
  event: RuntimeEvent,
  call: Syscall,
  changed: boolean,
): void {
  const { args, process } = event
  for (const [index, [name, kind]] of call.args.entries()) {
    if (name === '') continue
    const at = start + header.args + 8 * index
    if (kind === 'scalar') args[name] = scalar(data, at)
    else if (kind === 'fd' || kind === 'directory') args[name] = data.readInt32LE(at)
  }
  let fd: Descriptor | undefined
  let raw = ''
  eachSection(data, start, end, (kind, argument, at, length) => {
    const name = call.args[argument]?.[0] ?? ''
    if (kind === sections.file) fd = readFile(data, at)
    else if (kind === sections.path && fd) namePath(fd, data.toString('utf8', at, at + length))
    else if (kind === sections.socket && fd) readSocket(data, at, fd, call.type.startsWith('accept'))
    else if (kind === sections.unix && fd) fd.name ||= unixName(data.subarray(at, at + length))
    else if (kind === sections.text) {
      raw = data.toString('utf8', at, at + length)
      args[name] = call.args[argument]?.[1] === 'path' && raw.startsWith('/') ? resolvePath('', raw) : raw
    } else if (kind === sections.base)
      args[name] = resolvePath(data.toString('utf8', at, at + length), String(args[name]))
    else if (kind === sections.address) {
      fd ??= failedSocket()
      args[name] = applySockaddr(data, at, length, fd, call.type === 'bind')
    } else if (kind === sections.data) readData(data, at, length, event, name)
    else if (kind === sections.credentials) readCredentials(data, at, process)
    else if (kind === sections.cwd) process.cwd = data.toString('utf8', at, at + length)
  })
  if (fd) {
    if (changed) fd.nameChanged = true
    if (call.type === 'connect') fd.connected = event.result === 0n
    event.fd = fd
  } else if (call.gate === 'open') {
    event.fd = { num: -1, typechar: 'f', name: String(args['name'] ?? '') }
  }
  if (event.fd && call.gate === 'open') event.fd.nameRaw = raw
}

/** A number where it is small, so that rules compare numbers. */
function scalar(data: Buffer, at: number): number | bigint {
  const high = data.readUInt32LE(at + 4)
  if (high === 0) return data.readUInt32LE(at)
  return high === 0xffffffff ? data.readInt32LE(at) : data.readBigUInt64LE(at)
}

function failedSocket(): Descriptor {
  return { num: -1, typechar: '?', name: '' }
}

function namePath(fd: Descriptor, path: string): void {
  fd.name = path
  if (!path.startsWith('/') && fd.typechar === 'o') fd.typechar = anonymousType(path)
}

function readData(data: Buffer, at: number, length: number, event: RuntimeEvent, name: string): void {
  if (name === 'how') {
    event.args['flags'] = Number(data.readBigUInt64LE(at))
    event.args['mode'] = Number(data.readBigUInt64LE(at + 8))
  } else event.args[name] = new Uint8Array(data.subarray(at, at + length))
}

function readCredentials(data: Buffer, at: number, process: Process): void {
  process.capInheritable = data.readBigUInt64LE(at + credentials.inheritable)
  process.capPermitted = data.readBigUInt64LE(at + credentials.permitted)
  process.capEffective = data.readBigUInt64LE(at + credentials.effective)
  process.uid = data.readUInt32LE(at + credentials.euid)
  process.gid = data.readUInt32LE(at + credentials.egid)
}

function readExec(data: Buffer, start: number, end: number, event: RuntimeEvent, { processes }: DecoderOptions): void {
  const before = event.process
  const process = emptyProcess(before.pid, before.startedAt)
  process.cgroupId = before.cgroupId
  process.containerId = before.containerId
  event.process = process
  eachSection(data, start, end, (kind, _argument, at, length) => {
    const text = (): string => data.toString('utf8', at, at + length)
    if (kind === sections.exec) readExecInfo(data, at, process, processes)
    else if (kind === sections.credentials) readCredentials(data, at, process)
    else if (kind === sections.file) readExecFile(data, at, event)
    else if (kind === sections.path) process.exepath = text()
    else if (kind === sections.cwd) process.cwd = text()
    else if (kind === sections.env) process.env = splitWords(text())
    else if (kind === sections.argv) [process.exe = '', ...process.args] = splitWords(text())
  })
  event.args['filename'] = process.exepath
  event.args['flags'] = execFlags(process)
  processes.put(process)
}

function readExecInfo(data: Buffer, at: number, process: Process, processes: ProcessTable): void {
  process.ppid = data.readUInt32LE(at + execInfo.ppid)
  process.vpid = data.readUInt32LE(at + execInfo.vpid)
  process.vpgid = data.readUInt32LE(at + execInfo.vpgid)
  process.sid = data.readUInt32LE(at + execInfo.sid)
  process.tty = data.readUInt32LE(at + execInfo.tty)
  process.loginuid = data.readInt32LE(at + execInfo.loginuid)
  process.comm = wordAt(data, at + execInfo.comm)
  const parent = processes.get(process.ppid, data.readBigUInt64LE(at + execInfo.parent_started))
  /* A parent that ended before anyone looked (runc) has at least its name. */
  if (parent.comm === '') parent.comm = parent.exe = wordAt(data, at + execInfo.parent_comm)
  if (parent.pid !== process.pid) process.parent = parent
}

/** Sixteen bytes, ended by NUL. */
function wordAt(data: Buffer, at: number): string {
  const bytes = data.subarray(at, at + 16)
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end < 0 ? 16 : end)
}

function readExecFile(data: Buffer, at: number, { process, args }: RuntimeEvent): void {
  const marks = data.readUInt32LE(at + fileInfo.marks)
  process.exeUpperLayer = (marks & 1) !== 0
  process.exeMemfd = (marks & 2) !== 0
  const mode = data.readUInt32LE(at + fileInfo.mode)
  process.exeWritable =
    process.uid === 0 || (mode & (data.readUInt32LE(at + fileInfo.uid) === process.uid ? 0o200 : 0o002)) !== 0
  process.exeInode = data.readBigUInt64LE(at + fileInfo.inode)
  process.exeCtime = data.readBigUInt64LE(at + fileInfo.ctime)
  process.exeMtime = data.readBigUInt64LE(at + fileInfo.mtime)
  args['exe_device'] = data.readUInt32LE(at + fileInfo.device)
  args['exe_tmpfs'] = marks & 4 ? 1 : 0
}

function execFlags(process: Process): string {
  const flags: string[] = []
  if (process.exeWritable) flags.push('EXE_WRITABLE')
  if (process.exeUpperLayer) flags.push('EXE_UPPER_LAYER')
  if (process.exeMemfd) flags.push('EXE_FROM_MEMFD')
  return flags.join('|')
}

function readFork(data: Buffer, start: number, end: number, event: RuntimeEvent, { processes }: DecoderOptions): void {
  eachSection(data, start, end, (kind, _argument, at) => {
    if (kind !== sections.fork) return
    const pid = data.readUInt32LE(at + forkInfo.pid)
    const child = forked(
      event.process,
      pid,
      data.readUInt32LE(at + forkInfo.vpid),
      data.readBigUInt64LE(at + forkInfo.started),
    )
    processes.put(child)
    event.args['child'] = pid
    event.result = BigInt(pid)
  })
}

function readRequest(data: Buffer, start: number, end: number, event: RuntimeEvent): void {
  event.args['opcode'] = data.readUInt16LE(start + header.number)
  eachSection(data, start, end, (kind, _argument, at, length) => {
    if (kind === sections.file) event.fd = readFile(data, at)
    else if (kind === sections.path && event.fd) namePath(event.fd, data.toString('utf8', at, at + length))
    else if (kind === sections.socket && event.fd) readSocket(data, at, event.fd, false)
    else if (kind === sections.text) event.args['name'] = data.toString('utf8', at, at + length)
  })
}
