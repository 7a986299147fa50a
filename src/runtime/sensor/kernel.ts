import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { JennerError } from '../../base/errors.ts'
import type { SensorCounters } from '../../base/model/runtime.ts'
import { containerPolicy, counts, group, nameKey, prefixKey, seenKey, settings } from './layout.ts'
import { loadNative, type Native } from './libbpf.ts'
import { Ring } from './ring.ts'
import { sensitiveNames, sensitivePrefixes } from './sensitive.ts'
import { byCompatNumber, byNumber, packInterest } from './syscalls.ts'

export type Policy = 'observe' | 'alert' | 'block'
export const policyNumbers: Record<Policy, number> = { observe: 0, alert: 1, block: 2 }

/** A file as the kernel knows it: `exeInode` of a process and `exe_device` of its exec's arguments. */
export interface FileId {
  inode: bigint
  device: number
}

/** What is not reported of a container; it is counted as filtered. */
export interface Switches {
  file?: boolean
  net?: boolean
  critical?: boolean
}

export interface KernelOptions {
  /** Report processes outside of containers too. */
  host: boolean
  policy: Policy
}

/** Rings: the critical one is read first. */
const ringSizes = { critical: 4 << 20, ordinary: 8 << 20 } as const
const classes = ['file', 'net', 'critical'] as const
/** Programs that an older kernel may lack the tracepoint for, and what is lost then. */
export const optionalPrograms: Record<string, { tracepoint: string; lost: string }> = {
  on_io_uring: { tracepoint: 'io_uring_submit_req', lost: 'io_uring_submit' },
  on_capable: { tracepoint: 'cap_capable', lost: 'capable' },
}

/** The loaded programs, their rings and their switches. */
export interface Kernel {
  rings: readonly Ring[]
  /** Waits on this thread, at most so long, for a record on either ring. */
  wait(milliseconds: number): void
  /** Event types that this kernel cannot give. */
  lost: readonly string[]
  /** produced = filtered + sent + lost, each summed over the CPUs. */
  counters(): SensorCounters & { sent: number }
  setPolicy(containerId: string, cgroups: readonly bigint[], policy: Policy, switches: Switches): void
  /** These files run in these cgroups under `block` too. */
  allow(cgroups: readonly bigint[], files: readonly FileId[]): void
  /** The container is gone, or has no policy of its own any more once it starts again. */
  forgetPolicy(containerId: string): void
  /** Container of a cgroup the kernel side has met; '' for none. */
  containerOf(cgroup: bigint): string
  close(): void
}

/** Path of the compiled programs for this machine: in the repository, or beside the bundle. */
export function objectPath(arch: string = process.arch): string {
  const name = `jenner.bpf.${arch === 'arm64' ? 'arm64' : 'x86'}.o`
  const here = import.meta.dirname
  const inPackage = join(here, 'bpf', name)
  return existsSync(inPackage) ? inPackage : join(here, '../../../bpf/dist', name)
}

/** Loads and attaches every program. Throws JennerError unsupported, naming what was refused. */
export function loadKernel(options: KernelOptions): Kernel {
  const native = loadNative()
  const path = objectPath()
  const object = existsSync(path) ? native.open(path) : null
  if (object === null) throw new JennerError('unsupported', path)
  const rodata = native.map(object, '.rodata')
  if (native.setInitialValue(rodata.handle, settingsBytes(options)) !== 0)
    throw new JennerError('internal', 'settings of the programs')
  const lost = leaveOut(native, object)
  const failed = native.load(object)
  if (failed !== 0) {
    native.close(object)
    throw new JennerError('unsupported', `loading the kernel programs: error ${-failed}`)
  }
  fillSensitive(native, object)
  const links = attachAll(native, object, lost)
  return running(native, object, links, lost)
}

function settingsBytes(options: KernelOptions): Buffer {
  const bytes = Buffer.alloc(settings.size_)
  for (const [number, call] of byNumber(process.arch))
    bytes.writeBigUInt64LE(packInterest(call), settings.interest + 8 * number)
  for (const [number, call] of byCompatNumber(process.arch))
    bytes.writeBigUInt64LE(packInterest(call), settings.compat + 8 * number)
  bytes.writeUInt32LE(process.pid, settings.self)
  bytes.writeUInt32LE(controllerOf(readFileSync('/proc/self/cgroup', 'utf8')), settings.controller)
  bytes.writeUInt32LE(options.host ? 1 : 0, settings.host)
  bytes.writeUInt32LE(policyNumbers[options.policy], settings.policy)
  return bytes
}

/** Whose cgroup tells a container (enum controller of bpf/record.h): the pids or memory controller where it is of version 1, else the unified hierarchy. */
export function controllerOf(own: string): number {
  if (/^\d+:(?:[^:]*,)?pids(?:,[^:]*)?:/m.test(own)) return 1
  return /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:/m.test(own) ? 2 : 0
}

function leaveOut(native: Native, object: unknown): string[] {
  const lost: string[] = []
  for (
    let program = native.nextProgram(object, null);
    program !== null;
    program = native.nextProgram(object, program)
  ) {
    const optional = optionalPrograms[native.programName(program)]
    if (!optional || native.hasTracepoint(optional.tracepoint)) continue
    native.setAutoload(program, false)
    lost.push(optional.lost)
  }
  return lost
}

function attachAll(native: Native, object: unknown, lost: string[]): unknown[] {
  const links: unknown[] = []
  for (
    let program = native.nextProgram(object, null);
    program !== null;
    program = native.nextProgram(object, program)
  ) {
    const name = native.programName(program)
    const optional = optionalPrograms[name]
    if (optional && lost.includes(optional.lost)) continue
    const link = native.attach(program)
    if (link !== null) links.push(link)
    else if (name === 'on_connect') lost.push('address of connect as the call began')
    else if (optional) lost.push(optional.lost)
    else {
      for (const each of links) native.detach(each)
      native.close(object)
      throw new JennerError('unsupported', `attaching ${name}`)
    }
  }
  return links
}

function fillSensitive(native: Native, object: unknown): void {
  const prefixes = native.map(object, 'prefixes').fd()
  const value = Buffer.alloc(4)
  for (const [path, sensitive] of sensitivePrefixes) {
    const key = Buffer.alloc(prefixKey.size_)
    key.writeUInt32LE(Buffer.byteLength(path) * 8, prefixKey.bits)
    key.write(path, prefixKey.path)
    value.writeUInt32LE(sensitive ? 1 : 0)
    native.update(prefixes, key, value)
  }
  const names = native.map(object, 'names').fd()
  value.writeUInt32LE(1)
  for (const name of sensitiveNames) {
    const key = Buffer.alloc(nameKey.size_)
    key.write(name.slice(0, nameKey.size_ - 1))
    native.update(names, key, value)
  }
}

function running(native: Native, object: unknown, links: unknown[], lost: string[]): Kernel {
  const fds = {
    groups: native.map(object, 'groups').fd(),
    policies: native.map(object, 'policies').fd(),
    allowed: native.map(object, 'allowed').fd(),
    counters: native.map(object, 'counters').fd(),
  }
  const ringFds = Object.keys(ringSizes).map(name => native.map(object, name).fd())
  const rings = Object.values(ringSizes).map((size, index) => new Ring(native, ringFds[index]!, size))
  const epoll = native.epollCreate()
  for (const fd of ringFds) native.epollAdd(epoll, fd)
  const cpus = native.possibleCpus()
  let open = true
  return {
    rings,
    lost,
    wait: milliseconds => void native.epollWait(epoll, milliseconds),
    counters: () => readCounters(native, fds.counters, cpus),
    containerOf: cgroup =>
      groupOf(native, fds.groups, cgroup)?.toString('latin1', group.container, 64).replace(/\0+$/, '') ?? '',
    allow: (cgroups, files) => allow(native, fds.allowed, cgroups, files),
    forgetPolicy: id => void native.remove(fds.policies, containerKey(id)),
    setPolicy: (id, cgroups, policy, switches) => setPolicy(native, fds, id, cgroups, policy, switches),
    close() {
      if (!open) return
      open = false
      for (const link of links) native.detach(link)
      for (const ring of rings) ring.close()
      native.closeFd(epoll)
      native.close(object)
    },
  }
}

/** `purpose` of bpf/record.h for what may run. */
const allowedPurpose = 5

function allow(native: Native, fd: number, cgroups: readonly bigint[], files: readonly FileId[]): void {
  const value = Buffer.alloc(4, 1)
  for (const cgroup of cgroups)
    for (const { inode, device } of files) {
      const key = Buffer.alloc(seenKey.size_)
      key.writeBigUInt64LE(cgroup, seenKey.cgroup)
      key.writeBigUInt64LE(inode, seenKey.inode)
      key.writeUInt32LE(device, seenKey.device)
      key.writeUInt32LE(allowedPurpose, seenKey.purpose)
      if (native.update(fd, key, value) !== 0) throw new JennerError('limit_exceeded', 'allowed files')
    }
}

function containerKey(id: string): Buffer {
  return Buffer.from(id.padEnd(64, '\0').slice(0, 64), 'latin1')
}

function groupOf(native: Native, fd: number, cgroup: bigint): Buffer | undefined {
  const key = Buffer.alloc(8)
  key.writeBigUInt64LE(cgroup)
  const value = Buffer.alloc(group.size_)
  return native.lookup(fd, key, value) === 0 ? value : undefined
}

function setPolicy(
  native: Native,
  fds: { groups: number; policies: number },
  id: string,
  cgroups: readonly bigint[],
  policy: Policy,
  switches: Switches,
): void {
  const bits = (switches.file ? 1 : 0) | (switches.net ? 2 : 0) | (switches.critical ? 4 : 0)
  const value = Buffer.alloc(containerPolicy.size_)
  value.writeUInt32LE(policyNumbers[policy], containerPolicy.policy)
  value.writeUInt32LE(bits, containerPolicy.switches)
  if (native.update(fds.policies, containerKey(id), value) !== 0)
    throw new JennerError('limit_exceeded', 'policies of containers')
  for (const cgroup of cgroups) {
    const known = groupOf(native, fds.groups, cgroup)
    if (!known) continue
    known.writeUInt32LE(policyNumbers[policy], group.policy)
    known.writeUInt32LE(bits, group.switches)
    const key = Buffer.alloc(8)
    key.writeBigUInt64LE(cgroup)
    native.update(fds.groups, key, known)
  }
}

function readCounters(native: Native, fd: number, cpus: number): SensorCounters & { sent: number } {
  const total = { produced: 0, filtered: 0, judged: 0, sent: 0, lost: {} as Record<string, number> }
  const key = Buffer.alloc(4)
  const value = Buffer.alloc(counts.size_ * cpus)
  for (const [index, name] of classes.entries()) {
    key.writeUInt32LE(index)
    total.lost[name] = 0
    if (native.lookup(fd, key, value) !== 0) continue
    for (let cpu = 0; cpu < cpus; cpu++) {
      const number = (member: number) => Number(value.readBigUInt64LE(cpu * counts.size_ + member))
      total.produced += number(counts.produced)
      total.filtered += number(counts.filtered)
      total.sent += number(counts.sent)
      total.lost[name] += number(counts.lost)
    }
  }
  return total
}
