/** What kinds of event types there are: Falco's `evt.category`. */
const kinds: readonly [kind: string, types: string][] = [
  [
    'file',
    `open openat openat2 creat close unlink unlinkat mkdir mkdirat rmdir rename renameat renameat2 link linkat symlink symlinkat chmod fchmod fchmodat fchmodat2
    chown fchown lchown fchownat chdir fchdir chroot truncate ftruncate mknod mknodat umount umount2 stat fstat lstat access open_by_handle_at copy_file_range`,
  ],
  [
    'net',
    'socket bind connect listen accept accept4 shutdown getsockname getpeername socketpair setsockopt getsockopt',
  ],
  ['IPC', 'pipe pipe2 eventfd eventfd2 semop semget'],
  ['wait', 'poll ppoll select pselect6 epoll_wait epoll_pwait futex nanosleep'],
  ['signal', 'kill tkill tgkill signaldeliver signalfd signalfd4'],
  ['user', 'setuid setgid setresuid setresgid getuid geteuid getgid getegid'],
  [
    'process',
    'execve execveat clone clone3 fork vfork procexit prctl setns unshare ptrace exit exit_group setsid setpgid capset',
  ],
  ['memory', 'mmap mmap2 munmap mprotect brk userfaultfd memfd_create process_vm_readv process_vm_writev mmap_exec'],
  ['system', 'mount init_module finit_module delete_module bpf quotactl reboot'],
  ['io-read', 'read readv pread64 preadv recv recvfrom recvmsg recvmmsg'],
  ['io-write', 'write writev pwrite64 pwritev send sendto sendmsg sendmmsg sendfile'],
]

const byType = new Map(kinds.flatMap(([kind, types]) => types.split(/\s+/).map(type => [type, kind] as const)))

export const readTypes = typesOf('io-read')
export const writeTypes = typesOf('io-write')
export const waitTypes = typesOf('wait')

export function categoryOf(type: string): string {
  return byType.get(type) ?? 'other'
}

function typesOf(kind: string): ReadonlySet<string> {
  return new Set([...byType].filter(([, found]) => found === kind).map(([type]) => type))
}
