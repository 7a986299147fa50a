/**
 * The table of interesting system calls: what the kernel program reports, how it reads each argument, and the names rules know them by.
 * Packed into the settings of the program (bpf/record.h: enum interest, gate, argument).
 */

import { compatNumbers } from './compat.ts'

export type ArgumentKind = 'scalar' | 'fd' | 'path' | 'directory' | 'address' | 'text' | 'message' | 'how' | 'data'
export type Class = 'file' | 'net' | 'critical'

export interface Syscall {
  /** Falco's event type. */
  type: string
  x86: number
  /** Of the generic table (arm64); absent there for the old calls. */
  arm64?: number
  class: Class
  gate?: keyof typeof gates
  /** Name and kind of each argument; an empty name is not shown. */
  args: readonly (readonly [string, ArgumentKind])[]
  /** The result is a descriptor. */
  opens?: boolean
  /** Failures are filtered. */
  successOnly?: boolean
  credentials?: boolean
  cwd?: boolean
}

const kinds: Record<ArgumentKind, number> = {
  scalar: 0,
  fd: 1,
  path: 2,
  directory: 3,
  address: 4,
  text: 5,
  message: 6,
  how: 7,
  data: 8,
}
const gates = { open: 1, mmap: 2, dup: 3, send: 4, receive: 5, ptrace: 6, protect: 7 } as const

type Args = Syscall['args']
const at: Args = [
  ['dirfd', 'directory'],
  ['name', 'path'],
]
const fd: readonly [string, ArgumentKind] = ['fd', 'fd']
const path: readonly [string, ArgumentKind] = ['path', 'path']
const skip: readonly [string, ArgumentKind] = ['', 'scalar']
const s = (name: string): readonly [string, ArgumentKind] => [name, 'scalar']

const file = (
  type: string,
  x86: number,
  arm64: number | undefined,
  args: Args,
  more: Partial<Syscall> = {},
): Syscall => ({ type, x86, ...(arm64 === undefined ? {} : { arm64 }), class: 'file', args, ...more })
const net = (type: string, x86: number, arm64: number, args: Args, more: Partial<Syscall> = {}): Syscall => ({
  type,
  x86,
  arm64,
  class: 'net',
  args,
  ...more,
})
const critical = (
  type: string,
  x86: number,
  arm64: number | undefined,
  args: Args,
  more: Partial<Syscall> = {},
): Syscall => ({ type, x86, ...(arm64 === undefined ? {} : { arm64 }), class: 'critical', args, ...more })

const opens: Partial<Syscall> = { gate: 'open', opens: true }
const changes: Partial<Syscall> = { credentials: true }

/** All of them. Execs, forks and exits come from scheduler tracepoints instead. */
export const syscalls: readonly Syscall[] = [
  file('open', 2, undefined, [['name', 'path'], s('flags'), s('mode')], opens),
  file('creat', 85, undefined, [['name', 'path'], s('mode')], opens),
  file('openat', 257, 56, [...at, s('flags'), s('mode')], opens),
  file('openat2', 437, 437, [...at, ['how', 'how']], opens),
  file(
    'rename',
    82,
    undefined,
    [
      ['oldpath', 'path'],
      ['newpath', 'path'],
    ],
    { successOnly: true },
  ),
  file(
    'renameat',
    264,
    38,
    [
      ['olddirfd', 'directory'],
      ['oldpath', 'path'],
      ['newdirfd', 'directory'],
      ['newpath', 'path'],
    ],
    { successOnly: true },
  ),
  file(
    'renameat2',
    316,
    276,
    [['olddirfd', 'directory'], ['oldpath', 'path'], ['newdirfd', 'directory'], ['newpath', 'path'], s('flags')],
    { successOnly: true },
  ),
  file('rmdir', 84, undefined, [path], { successOnly: true }),
  file('unlink', 87, undefined, [path], { successOnly: true }),
  file('unlinkat', 263, 35, [...at, s('flags')], { successOnly: true }),
  file('mkdir', 83, undefined, [path, s('mode')], { successOnly: true }),
  file('mkdirat', 258, 34, [['dirfd', 'directory'], path, s('mode')], { successOnly: true }),
  file(
    'symlink',
    88,
    undefined,
    [
      ['target', 'text'],
      ['linkpath', 'path'],
    ],
    { successOnly: true },
  ),
  file(
    'symlinkat',
    266,
    36,
    [
      ['target', 'text'],
      ['linkdirfd', 'directory'],
      ['linkpath', 'path'],
    ],
    { successOnly: true },
  ),
  file(
    'link',
    86,
    undefined,
    [
      ['oldpath', 'path'],
      ['newpath', 'path'],
    ],
    { successOnly: true },
  ),
  file(
    'linkat',
    265,
    37,
    [['olddir', 'directory'], ['oldpath', 'path'], ['newdir', 'directory'], ['newpath', 'path'], s('flags')],
    { successOnly: true },
  ),
  file('chmod', 90, undefined, [['filename', 'path'], s('mode')], { successOnly: true }),
  file('fchmod', 91, 52, [fd, s('mode')], { successOnly: true }),
  file('fchmodat', 268, 53, [['dirfd', 'directory'], ['filename', 'path'], s('mode')], { successOnly: true }),
  file('fchmodat2', 452, 452, [['dirfd', 'directory'], ['filename', 'path'], s('mode'), s('flags')], {
    successOnly: true,
  }),
  file('chown', 92, undefined, [path, s('uid'), s('gid')], { successOnly: true }),
  file('fchown', 93, 55, [fd, s('uid'), s('gid')], { successOnly: true }),
  file('fchownat', 260, 54, [['dirfd', 'directory'], ['pathname', 'path'], s('uid'), s('gid'), s('flags')], {
    successOnly: true,
  }),
  file('mknod', 133, undefined, [path, s('mode'), s('dev')]),
  file('mknodat', 259, 33, [['dirfd', 'directory'], path, s('mode'), s('dev')]),
  file('chdir', 80, 49, [path], { successOnly: true, cwd: true }),
  file('fchdir', 81, 50, [fd], { successOnly: true, cwd: true }),
  file('dup', 32, 23, [s('oldfd')], { gate: 'dup', opens: true, successOnly: true }),
  file('dup2', 33, undefined, [s('oldfd'), s('newfd')], { gate: 'dup', opens: true, successOnly: true }),
  file('dup3', 292, 24, [s('oldfd'), s('newfd'), s('flags')], { gate: 'dup', opens: true, successOnly: true }),
  file('mmap_exec', 9, 222, [s('addr'), s('length'), s('prot'), s('flags'), fd], { gate: 'mmap' }),
  file('mprotect_exec', 10, 226, [s('addr'), s('length'), s('prot')], { gate: 'protect', successOnly: true }),
  net('socket', 41, 198, [s('domain'), s('type'), s('proto')], { opens: true }),
  net('connect', 42, 203, [fd, ['addr', 'address']]),
  net('accept', 43, 202, [skip], { opens: true }),
  net('accept4', 288, 242, [skip, skip, skip, s('flags')], { opens: true }),
  net('bind', 49, 200, [fd, ['addr', 'address']]),
  net('listen', 50, 201, [fd, s('backlog')]),
  net('sendto', 44, 206, [fd, skip, s('size'), s('flags'), ['addr', 'address']], { gate: 'send' }),
  net('recvfrom', 45, 207, [fd, ['data', 'data'], s('size'), s('flags'), ['addr', 'address']], { gate: 'receive' }),
  net('sendmsg', 46, 211, [fd, ['msg', 'message']], { gate: 'send' }),
  net('recvmsg', 47, 212, [fd, ['msg', 'message']], { gate: 'receive' }),
  critical('ptrace', 101, 117, [s('request'), s('pid'), s('addr'), s('data')], { gate: 'ptrace' }),
  critical('setns', 308, 268, [fd, s('nstype')], changes),
  critical('unshare', 272, 97, [s('flags')], changes),
  critical('setuid', 105, 146, [s('uid')], changes),
  critical('setgid', 106, 144, [s('gid')], changes),
  critical('setreuid', 113, 145, [s('ruid'), s('euid')], changes),
  critical('setregid', 114, 143, [s('rgid'), s('egid')], changes),
  critical('setresuid', 117, 147, [s('ruid'), s('euid'), s('suid')], changes),
  critical('setresgid', 119, 149, [s('rgid'), s('egid'), s('sgid')], changes),
  critical('capset', 126, 91, [], changes),
  critical('init_module', 175, 105, [skip, s('length'), ['uargs', 'text']]),
  critical('finit_module', 313, 273, [fd, ['uargs', 'text'], s('flags')]),
  critical('bpf', 321, 280, [s('cmd')]),
  critical('userfaultfd', 323, 282, [s('flags')]),
  critical('memfd_create', 319, 279, [['name', 'text'], s('flags')], { opens: true }),
  critical('process_vm_writev', 311, 271, [s('pid')]),
  critical('mount', 165, 40, [['dev', 'text'], ['dir', 'path'], ['type', 'text'], s('flags')]),
  critical('umount2', 166, 39, [['name', 'path'], s('flags')]),
  critical('pivot_root', 155, 41, [
    ['newroot', 'path'],
    ['putold', 'path'],
  ]),
  critical('chroot', 161, 51, [path]),
  critical('io_uring_setup', 425, 425, [s('entries')], { opens: true }),
  critical('keyctl', 250, 219, [s('option')]),
]

/** By number, for a machine's own calls. */
export function byNumber(arch: string): Map<number, Syscall> {
  const found = new Map<number, Syscall>()
  for (const call of syscalls) {
    const number = arch === 'arm64' ? call.arm64 : call.x86
    if (number !== undefined) found.set(number, call)
  }
  return found
}

/** By 32-bit number, for calls of a 64-bit x86 machine that come that way. */
export function byCompatNumber(arch: string): Map<number, Syscall> {
  const found = new Map<number, Syscall>()
  if (arch !== 'x64') return found
  for (const call of syscalls) for (const number of compatNumbers[call.type] ?? []) found.set(number, call)
  return found
}

/** One word of the program's table. */
export function packInterest(call: Syscall): bigint {
  let flags = 1
  if (call.class === 'critical') flags |= 2
  if (call.class === 'net') flags |= 4
  if (call.credentials) flags |= 8
  if (call.successOnly) flags |= 16
  if (call.cwd) flags |= 32
  let word = BigInt(flags) | (BigInt(call.gate === undefined ? 0 : gates[call.gate]) << 8n)
  for (const [index, [, kind]] of call.args.entries()) word |= BigInt(kinds[kind]) << BigInt(16 + 4 * index)
  return call.opens ? word | (1n << 40n) : word
}
