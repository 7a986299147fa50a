import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { objectPath, optionalPrograms } from './kernel.ts'
import { loadNative } from './libbpf.ts'
import { type KernelStruct, overlayLayout } from './overlay.ts'

/** One thing that is missing, and what cannot be seen or done without it. `everything`: the sensor does not start. */
export interface Lack {
  what: 'root' | 'libbpf' | 'btf' | 'kernel' | 'lockdown' | 'object' | 'cgroup' | 'tracepoint' | 'overlay' | 'helper'
  detail: string
  /** Event types, or `everything`. */
  loses: string
}

export interface Probe {
  usable: boolean
  lacks: Lack[]
  kernel: string
  libbpf?: string
  /** Which cgroup hierarchy containers are told by. */
  cgroup: 'v1' | 'v2'
}

/** What the probe looks at; replaced by tests. */
export interface ProbeHost {
  uid: number
  release: string
  exists(path: string): boolean
  read(path: string): string
  libbpf(): string
  hasTracepoint(name: string): boolean
  /** A struct of the kernel or of its overlayfs module. */
  structOf(name: string): KernelStruct | undefined
}

/** Ring buffers and global functions came with 5.8, task storage for tracing programs with 5.11. */
const oldest = [5, 11] as const
/** Looking up the mapping that mprotect changes came with 5.17. */
const findsMappings = [5, 17] as const

/** Looks at what the kernel and the machine offer, without loading anything. Never throws. */
export function probe(host: ProbeHost = thisHost()): Probe {
  const lacks: Lack[] = []
  const lack = (what: Lack['what'], detail: string, loses = 'everything') => lacks.push({ what, detail, loses })
  if (host.uid !== 0) lack('root', `uid ${host.uid}`)
  if (isOlder(host.release, oldest)) lack('kernel', host.release)
  if (!host.exists('/sys/kernel/btf/vmlinux')) lack('btf', '/sys/kernel/btf/vmlinux')
  if (/\[confidentiality\]/.test(host.read('/sys/kernel/security/lockdown'))) lack('lockdown', 'confidentiality')
  if (!host.exists(objectPath())) lack('object', objectPath())
  const libbpf = attempt(() => host.libbpf())
  if (libbpf === undefined) lack('libbpf', 'libbpf.so.1')
  const own = host.read('/proc/self/cgroup')
  if (own === '') lack('cgroup', '/proc/self/cgroup')
  if (lacks.length === 0) {
    for (const { tracepoint, lost } of Object.values(optionalPrograms))
      if (!attempt(() => host.hasTracepoint(tracepoint))) lack('tracepoint', tracepoint, lost)
    if (attempt(() => overlayLayout(host.structOf)) === 'differs') lack('overlay', host.release, 'drift on overlayfs')
    if (isOlder(host.release, findsMappings)) lack('helper', host.release, 'block of files made executable by mprotect')
  }
  return {
    usable: !lacks.some(each => each.loses === 'everything'),
    lacks,
    kernel: host.release,
    ...(libbpf === undefined ? {} : { libbpf }),
    cgroup: /^\d+:(?:[^:]*,)?(?:pids|memory)(?:,[^:]*)?:/m.test(own) ? 'v1' : 'v2',
  }
}

function isOlder(release: string, than: readonly [number, number]): boolean {
  const [major = 0, minor = 0] = release.split('.').map(part => Number.parseInt(part, 10))
  return major < than[0] || (major === than[0] && minor < than[1])
}

function attempt<T>(take: () => T): T | undefined {
  try {
    return take()
  } catch {
    return undefined
  }
}

function thisHost(): ProbeHost {
  return {
    uid: process.getuid?.() ?? -1,
    release: attempt(() => readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim()) ?? '',
    exists: path => {
      if (!existsSync(path)) return false
      return attempt(() => accessSync(path, constants.R_OK) ?? true) ?? false
    },
    read: path => attempt(() => readFileSync(path, 'utf8')) ?? '',
    libbpf: () => loadNative().version(),
    hasTracepoint: name => loadNative().hasTracepoint(name),
    structOf: name => loadNative().structOf(name),
  }
}
