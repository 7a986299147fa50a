import type { Descriptor, Process, RuntimeEvent } from '../../base/model/runtime.ts'
import type { AcceptedSockets } from './accepted.ts'
import { credentials, header } from './layout.ts'
import type { Longs } from './numbers.ts'
import { resolvePath } from './paths.ts'
import type { Plan } from './plans.ts'
import { anonymousType, applySockaddr, readFile, readSocket, sections, unixName } from './sections.ts'
import type { Text, Texts } from './texts.ts'

/** What is kept from record to record. */
export interface Reading {
  longs: Longs
  texts: Texts
  accepted: AcceptedSockets
}

/** Puts what the record of a system call says into its event. */
export function readCall(
  data: Buffer,
  start: number,
  end: number,
  event: RuntimeEvent,
  plan: Plan,
  changed: boolean,
  reading: Reading,
): void {
  const { numbers } = plan
  for (let index = 0; index < numbers.length; index++) {
    const { name, at, isDescriptor } = numbers[index]!
    event.args[name] = isDescriptor ? data.readInt32LE(start + at) : scalar(data, start + at)
  }
  const fd = readSections(data, start + header.size_, end, event, plan, reading)
  if (fd) {
    if (changed) fd.nameChanged = true
    if (plan.connects) fd.connected = event.result === 0n
    event.fd = fd
  }
}

/** Written out, not `eachSection`: nearly all records come by here. Gives the descriptor. */
function readSections(
  data: Buffer,
  from: number,
  end: number,
  event: RuntimeEvent,
  plan: Plan,
  { texts, longs, accepted }: Reading,
): Descriptor | undefined {
  const { args } = event
  const { names, isPath, opens } = plan
  let fd: Descriptor | undefined
  let text: Text | undefined
  let textOf = -1
  for (let head = from; head + 4 <= end; ) {
    const length = data.readUInt16LE(head + 2)
    const at = head + 4
    if (at + length > end) break
    const argument = data[head + 1]!
    const name = names[argument] ?? ''
    switch (data[head]) {
      case sections.file:
        fd = readFile(data, at, longs)
        break
      case sections.path:
        if (fd) namePath(fd, texts.read(data, at, length).raw)
        break
      case sections.text:
        text = texts.read(data, at, length)
        textOf = argument
        args[name] = isPath[argument] ? text.path : text.raw
        break
      case sections.base:
        if (text && textOf === argument) args[name] = texts.join(texts.read(data, at, length), text)
        else args[name] = resolvePath(data.toString('utf8', at, at + length), String(args[name]))
        break
      default:
        fd = readRare(data, head, length, event, name, fd, plan, accepted)
    }
    head += (4 + length + 7) & ~7
  }
  if (!opens) return fd
  fd ??= { num: -1, typechar: 'f', name: String(args['name'] ?? '') }
  fd.nameRaw = text?.raw ?? ''
  return fd
}

/** The sections that few records have. Gives the descriptor. */
function readRare(
  data: Buffer,
  head: number,
  length: number,
  event: RuntimeEvent,
  name: string,
  given: Descriptor | undefined,
  { accepts, binds, connects }: Plan,
  accepted: AcceptedSockets,
): Descriptor | undefined {
  const { args, process } = event
  const at = head + 4
  let fd = given
  switch (data[head]) {
    case sections.socket:
      if (fd) readSocket(data, at, fd, accepted.meet(fd.inode, accepts, connects))
      break
    case sections.unix:
      if (fd) fd.name ||= unixName(data.subarray(at, at + length))
      break
    case sections.address:
      fd ??= failedSocket()
      args[name] = applySockaddr(data, at, length, fd, binds)
      break
    case sections.data:
      readData(data, at, length, event, name)
      break
    case sections.credentials:
      readCredentials(data, at, process)
      break
    case sections.cwd:
      process.cwd = data.toString('utf8', at, at + length)
  }
  return fd
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

function readData(data: Buffer, at: number, length: number, event: RuntimeEvent, name: string): void {
  if (name === 'how') {
    event.args['flags'] = Number(data.readBigUInt64LE(at))
    event.args['mode'] = Number(data.readBigUInt64LE(at + 8))
  } else event.args[name] = new Uint8Array(data.subarray(at, at + length))
}

/** Gives a descriptor the name that the kernel has for it. */
export function namePath(fd: Descriptor, path: string): void {
  fd.name = path
  if (!path.startsWith('/') && fd.typechar === 'o') fd.typechar = anonymousType(path)
}

/** Whose rights the process has now. */
export function readCredentials(data: Buffer, at: number, process: Process): void {
  process.capInheritable = data.readBigUInt64LE(at + credentials.inheritable)
  process.capPermitted = data.readBigUInt64LE(at + credentials.permitted)
  process.capEffective = data.readBigUInt64LE(at + credentials.effective)
  process.uid = data.readUInt32LE(at + credentials.euid)
  process.gid = data.readUInt32LE(at + credentials.egid)
}
