import type { Process, RuntimeEvent } from '../../base/model/runtime.ts'
import { createAcceptedSockets } from './accepted.ts'
import { namePath, type Reading, readCall, readCredentials } from './decode-call.ts'
import { execInfo, fileInfo, forkInfo, group, header } from './layout.ts'
import { createLongs } from './numbers.ts'
import { createPlans, type Plan } from './plans.ts'
import { emptyProcess, forked, type ProcessTable } from './processes.ts'
import { splitWords } from './procfs.ts'
import { createRecall, type Recall } from './recall.ts'
import { readFile, readSocket, sections } from './sections.ts'
import { createTexts } from './texts.ts'

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
  wallOffset: (recorded: bigint) => bigint
  onGroup: (cgroup: bigint, containerId: string) => void
  containerOf: (cgroup: bigint) => string
}

type Tools = DecoderOptions & Reading & { recall: Recall }

/** Makes the decoder of the records of bpf/record.h. */
export function createDecoder(options: DecoderOptions): Decoder {
  const plans = createPlans(options.arch, false)
  const compatPlans = createPlans(options.arch, true)
  const tools = {
    ...options,
    longs: createLongs(),
    texts: createTexts(),
    accepted: createAcceptedSockets(),
    recall: createRecall(options.processes),
  }
  let count = 0
  return {
    decode(data, start, end) {
      const kind = data.readUInt16LE(start + header.kind)
      if (kind === kinds.group) {
        tellGroup(data, start, end, options)
        return undefined
      }
      const flags = data.readUInt16LE(start + header.flags)
      const plan = (flags & compat ? compatPlans : plans)[data.readUInt16LE(start + header.number)]
      if (kind === kinds.syscall && !plan) return undefined
      const event = startEvent(data, start, typeOf(kind, plan), tools)
      event.num = ++count
      if (flags & killed) event.args['killed'] = 1
      if (flags & truncated) event.args['truncated'] = 1
      if (kind === kinds.syscall && plan) readCall(data, start, end, event, plan, (flags & nameChanged) !== 0, tools)
      else if (kind === kinds.exec) readExec(data, start, end, event, options)
      else if (kind === kinds.fork) readFork(data, start, end, event, options)
      else if (kind === kinds.exit) options.processes.exit(event.process.pid)
      else if (kind === kinds.capable) event.args['cap'] = data.readUInt16LE(start + header.number)
      else readRequest(data, start, end, event, tools)
      return event
    },
  }
}

function typeOf(kind: number, plan: Plan | undefined): string {
  if (kind === kinds.syscall) return plan!.type
  if (kind === kinds.exec) return 'execve'
  if (kind === kinds.fork) return 'fork'
  if (kind === kinds.exit) return 'procexit'
  return kind === kinds.capable ? 'capable' : 'io_uring_submit'
}

function startEvent(data: Buffer, start: number, type: string, tools: Tools): RuntimeEvent {
  const { longs } = tools
  const recorded = longs.unsigned(data, start + header.time)
  return {
    num: 0,
    type,
    // Within 64 bits: what an engine can do without making big numbers on the way.
    time: BigInt.asIntN(64, recorded + tools.wallOffset(recorded)),
    cpu: data.readUInt16LE(start + header.cpu),
    tid: data.readUInt32LE(start + header.tid),
    result: longs.signed(data, start + header.result),
    process: processOf(data, start, tools),
    args: {},
  }
}

function processOf(data: Buffer, start: number, { longs, recall, processes, containerOf }: Tools): Process {
  const pid = data.readUInt32LE(start + header.tgid)
  const recalled = recall.find(data, start, pid)
  if (recalled) return recalled
  const process = processes.get(pid, longs.unsigned(data, start + header.started))
  const cgroup = longs.unsigned(data, start + header.cgroup)
  if (process.cgroupId !== cgroup) {
    process.cgroupId = cgroup
    process.containerId = containerOf(cgroup)
  }
  recall.keep(data, start, process)
  return process
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

function readRequest(data: Buffer, start: number, end: number, event: RuntimeEvent, { longs }: Tools): void {
  event.args['opcode'] = data.readUInt16LE(start + header.number)
  eachSection(data, start, end, (kind, _argument, at, length) => {
    if (kind === sections.file) event.fd = readFile(data, at, longs)
    else if (kind === sections.path && event.fd) namePath(event.fd, data.toString('utf8', at, at + length))
    else if (kind === sections.socket && event.fd) readSocket(data, at, event.fd, false)
    else if (kind === sections.text) event.args['name'] = data.toString('utf8', at, at + length)
  })
}
