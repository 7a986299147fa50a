/** A flag of a bit field with Falco's name for it. */
type Flag = readonly [name: string, bits: number]

const arm = process.arch === 'arm64'

/** Numbers of <asm/fcntl.h>: four of them differ between x86-64 and arm64. */
export const open = {
  accessMode: 3,
  writeOnly: 1,
  readWrite: 2,
  create: 0o100,
  directory: arm ? 0o40000 : 0o200000,
  temporary: 0o20000000,
} as const

const openFlags: readonly Flag[] = [
  ['O_LARGEFILE', arm ? 0o400000 : 0o100000],
  ['O_DIRECTORY', open.directory],
  ['O_DIRECT', arm ? 0o200000 : 0o40000],
  ['O_TRUNC', 0o1000],
  ['O_SYNC', 0o4000000],
  ['O_NONBLOCK', 0o4000],
  ['O_EXCL', 0o200],
  ['O_DSYNC', 0o10000],
  ['O_APPEND', 0o2000],
  ['O_CREAT', open.create],
]

/** `O_TRUNC|O_CREAT|O_WRONLY|O_CLOEXEC`: names and order as Falco prints them; the access mode always stands there. */
export const openFlagNames = kept(flags => {
  const found = namesIn(openFlags, flags)
  const mode = flags & open.accessMode
  found.push(mode === open.writeOnly ? 'O_WRONLY' : mode === open.readWrite ? 'O_RDWR' : 'O_RDONLY')
  if (flags & 0o2000000) found.push('O_CLOEXEC')
  if (flags & open.temporary) found.push('O_TMPFILE')
  return found.join('|')
})

const modeFlags: readonly Flag[] = [
  ['S_IXOTH', 0o1],
  ['S_IWOTH', 0o2],
  ['S_IROTH', 0o4],
  ['S_IXGRP', 0o10],
  ['S_IWGRP', 0o20],
  ['S_IRGRP', 0o40],
  ['S_IXUSR', 0o100],
  ['S_IWUSR', 0o200],
  ['S_IRUSR', 0o400],
  ['S_ISVTX', 0o1000],
  ['S_ISGID', 0o2000],
  ['S_ISUID', 0o4000],
]

/** `S_IXUSR|S_IRUSR|S_ISUID`: permission bits by name, as `evt.arg.mode` of chmod has them. */
export const modeNames = kept(mode => namesIn(modeFlags, mode).join('|'))

const cloneFlags: readonly Flag[] = [
  ['CLONE_FILES', 0x400],
  ['CLONE_FS', 0x200],
  ['CLONE_NEWIPC', 0x8000000],
  ['CLONE_NEWNET', 0x40000000],
  ['CLONE_NEWNS', 0x20000],
  ['CLONE_NEWPID', 0x20000000],
  ['CLONE_NEWUTS', 0x4000000],
  ['CLONE_PARENT', 0x8000],
  ['CLONE_PTRACE', 0x2000],
  ['CLONE_SIGHAND', 0x800],
  ['CLONE_SYSVSEM', 0x40000],
  ['CLONE_THREAD', 0x10000],
  ['CLONE_VFORK', 0x4000],
  ['CLONE_VM', 0x100],
  ['CLONE_NEWUSER', 0x10000000],
  ['CLONE_NEWCGROUP', 0x2000000],
]

const removeFlags: readonly Flag[] = [['AT_REMOVEDIR', 0x200]]
const linkFlags: readonly Flag[] = [
  ['AT_SYMLINK_FOLLOW', 0x400],
  ['AT_EMPTY_PATH', 0x1000],
]
const memfdFlags: readonly Flag[] = [
  ['MFD_CLOEXEC', 1],
  ['MFD_ALLOW_SEALING', 2],
  ['MFD_HUGETLB', 4],
]
const mountFlags: readonly Flag[] = [
  ['RDONLY', 1],
  ['NOSUID', 2],
  ['NODEV', 4],
  ['NOEXEC', 8],
  ['SYNCHRONOUS', 16],
  ['REMOUNT', 32],
  ['MANDLOCK', 64],
  ['DIRSYNC', 128],
  ['NOATIME', 1024],
  ['NODIRATIME', 2048],
  ['BIND', 4096],
  ['MOVE', 8192],
  ['REC', 16384],
  ['SILENT', 32768],
  ['PRIVATE', 1 << 18],
  ['SLAVE', 1 << 19],
  ['SHARED', 1 << 20],
]
const protections: readonly Flag[] = [
  ['PROT_READ', 1],
  ['PROT_WRITE', 2],
  ['PROT_EXEC', 4],
]

/** Names of the bits of `evt.arg.flags`, by the event's type; undefined where its flags have no names. */
export function flagNames(type: string, flags: number): string | undefined {
  if (type.startsWith('open') || type === 'creat') return openFlagNames(flags)
  const table = flagsByType[type]
  if (!table) return undefined
  return namesIn(table, flags).join('|') || 'NONE'
}

const flagsByType: Readonly<Record<string, readonly Flag[]>> = {
  unshare: cloneFlags,
  clone: cloneFlags,
  clone3: cloneFlags,
  unlinkat: removeFlags,
  linkat: linkFlags,
  memfd_create: memfdFlags,
  mount: mountFlags,
}

/** `PROT_READ|PROT_EXEC` */
export function protectionNames(bits: number): string {
  return namesIn(protections, bits).join('|') || 'PROT_NONE'
}

/** What setns was asked for: the same names as the flags of clone. */
export function namespaceNames(bits: number): string {
  return namesIn(cloneFlags, bits).join('|') || '0'
}

function namesIn(table: readonly Flag[], bits: number): string[] {
  const found: string[] = []
  for (const [name, bit] of table) if (bits & bit) found.push(name)
  return found
}

const mostKept = 1000

/** The same few flags and modes come again and again: their texts are kept. */
function kept(write: (bits: number) => string): (bits: number) => string {
  const texts = new Map<number, string>()
  return bits => {
    const known = texts.get(bits)
    if (known !== undefined) return known
    const text = write(bits)
    if (texts.size >= mostKept) texts.clear()
    texts.set(bits, text)
    return text
  }
}
