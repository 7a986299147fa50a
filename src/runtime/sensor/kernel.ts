import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { JennerError } from '../../base/errors.ts'
import type { SensorCounters } from '../../base/model/runtime.ts'
import { controllerOf, rootOf } from './controller.ts'
import { interpreterNames } from './interpreters.ts'
import { counts, nameKey, prefixKey, settings } from './layout.ts'
import { loadNative, type Native } from './libbpf.ts'
import { createPolicies, type Policies, type Policy, policyNumbers } from './policies.ts'
import { Ring } from './ring.ts'
import { sensitiveNames, sensitivePrefixes } from './sensitive.ts'
import { byCompatNumber, byNumber, packInterest } from './syscalls.ts'

export interface KernelOptions {
  /** Report processes outside of containers too. */
  host: boolean
  policy: Policy
  /** For tests: in place of /proc/self/cgroup, which tells by which hierarchy containers are told. */
  ownCgroups?: string
}

/** Rings: the critical one is read first. */
const ringSizes = { critical: 4 << 20, ordinary: 8 << 20 } as const
const EAGAIN = 11
const loadAttempts = 10
const classes = ['file', 'net', 'critical'] as const
/** Programs that an older kernel may lack the tracepoint for, and what is lost then. */
export const optionalPrograms: Record<string, { tracepoint: string; lost: string }> = {
  on_io_uring: { tracepoint: 'io_uring_submit_req', lost: 'io_uring_submit' },
  on_connect: { tracepoint: 'inet_sock_set_state', lost: 'connect_race' },
  on_capable: { tracepoint: 'cap_capable', lost: 'capable' },
}

/** The loaded programs, their rings and their switches. */
export interface Kernel extends Policies {
  rings: readonly Ring[]
  /** Waits on this thread, at most so long, for a record on either ring. Whether one is there. */
  wait(milliseconds: number): boolean
  /** Event types that this kernel cannot give. */
  lost: readonly string[]
  /** produced = filtered + sent + lost, each summed over the CPUs. */
  counters(): SensorCounters & { sent: number }
  close(): void
}

/** Path of the compiled programs for this machine: in the repository, or beside the bundle. */
export function objectPath(arch: string = process.arch): string {
  const name = `jenner.bpf.${arch === 'arm64' ? 'arm64' : 'x86'}.o`
  const here = import.meta.dirname
  const inPackage = join(here, 'bpf', name)
  return existsSync(inPackage) ? inPackage : join(here, '../../../bpf/dist', name)
}

/** Programs that are loaded and see nothing yet. What is set now holds from their first event on. */
export interface LoadedKernel extends Policies {
  /** Throws JennerError unsupported, naming what was refused. */
  attach(): Kernel
}

/** Loads every program. Throws JennerError unsupported, naming what was refused. */
export function loadKernel(options: KernelOptions, native: Native = loadNative()): LoadedKernel {
  const { object, lost } = loadPatiently(native, settingsBytes(options))
  fillSensitive(native, object)
  const policies = createPolicies(native, name => native.map(object, name).fd())
  return {
    ...policies,
    attach: () => running(native, object, policies, attachAll(native, object, lost), lost),
  }
}

/** The kernel gives up checking a program when a signal comes, and libbpf, after five tries, with it: a load that failed so is begun anew. */
function loadPatiently(native: Native, settings: Buffer): { object: unknown; lost: string[] } {
  for (let left = loadAttempts; ; left--) {
    const object = openPrograms(native, settings)
    const lost = leaveOut(native, object)
    const failed = -native.load(object)
    if (failed === 0) return { object, lost }
    native.close(object)
    if (failed === EAGAIN && left > 1) continue
    throw new JennerError('unsupported', `loading the kernel programs: error ${failed}`)
  }
}

function openPrograms(native: Native, settings: Buffer): unknown {
  const path = objectPath()
  const object = existsSync(path) ? native.open(path) : null
  if (object === null) throw new JennerError('unsupported', path)
  const rodata = native.map(object, '.rodata')
  if (native.setInitialValue(rodata.handle, settings) === 0) return object
  native.close(object)
  throw new JennerError('internal', 'settings of the programs')
}

function settingsBytes(options: KernelOptions): Buffer {
  const controller = controllerOf(options.ownCgroups ?? readFileSync('/proc/self/cgroup', 'utf8'))
  const bytes = Buffer.alloc(settings.size_)
  for (const [number, call] of byNumber(process.arch))
    bytes.writeBigUInt64LE(packInterest(call), settings.interest + 8 * number)
  for (const [number, call] of byCompatNumber(process.arch))
    bytes.writeBigUInt64LE(packInterest(call), settings.compat + 8 * number)
  bytes.writeBigUInt64LE(rootOf(controller), settings.root)
  bytes.writeUInt32LE(process.pid, settings.self)
  bytes.writeUInt32LE(controller, settings.controller)
  bytes.writeUInt32LE(options.host ? 1 : 0, settings.host)
  bytes.writeUInt32LE(policyNumbers[options.policy], settings.policy)
  return bytes
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
  fillNames(native, native.map(object, 'names').fd(), sensitiveNames)
  fillNames(native, native.map(object, 'interpreters').fd(), interpreterNames)
}

function fillNames(native: Native, fd: number, names: readonly string[]): void {
  for (const name of names) {
    const key = Buffer.alloc(nameKey.size_)
    key.write(name.slice(0, nameKey.size_ - 1))
    native.update(fd, key, Buffer.from([1, 0, 0, 0]))
  }
}

function running(native: Native, object: unknown, policies: Policies, links: unknown[], lost: string[]): Kernel {
  const counters = native.map(object, 'counters').fd()
  const ringFds = Object.keys(ringSizes).map(name => native.map(object, name).fd())
  const rings = Object.values(ringSizes).map((size, index) => new Ring(native, ringFds[index]!, size))
  const epoll = native.epollCreate()
  for (const fd of ringFds) native.epollAdd(epoll, fd)
  const cpus = native.possibleCpus()
  let open = true
  return {
    rings,
    lost,
    wait: milliseconds => native.epollWait(epoll, milliseconds) > 0,
    counters: () => readCounters(native, counters, cpus),
    ...policies,
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
