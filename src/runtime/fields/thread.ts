import { lookUp, type Reader, type ReaderTable } from './reader.ts'

/** Capabilities by number, as <linux/capability.h> has them. */
const capabilities =
  `CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK
IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP
MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE`.split(/\s+/)

const texts = new Map<bigint, string>()
const maxTexts = 1000

/** `CAP_CHOWN CAP_KILL`: a set of capabilities by name. */
export function capabilityNames(set: bigint): string {
  const known = texts.get(set)
  if (known !== undefined) return known
  const text = capabilities
    .filter((_, bit) => (set >> BigInt(bit)) & 1n)
    .map(name => `CAP_${name}`)
    .join(' ')
  if (texts.size >= maxTexts) texts.clear()
  texts.set(set, text)
  return text
}

/** Fields of class `thread`. */
export function threadFields(name: string, given: string | undefined): Reader | undefined {
  return given === undefined ? lookUp(table, name) : undefined
}

const table: ReaderTable = {
  tid: event => event.tid,
  ismain: event => event.tid === event.process.pid,
  cap_permitted: event => capabilityNames(event.process.capPermitted),
  cap_effective: event => capabilityNames(event.process.capEffective),
  cap_inheritable: event => capabilityNames(event.process.capInheritable),
}
