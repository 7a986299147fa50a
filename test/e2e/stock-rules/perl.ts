/** Numbers of the system calls that the acts make through Perl: x86-64, arm64. */
const systemCalls = {
  dup3: [292, 24],
  ptrace: [101, 117],
  init_module: [175, 105],
  setuid: [105, 146],
  unshare: [272, 97],
  setns: [308, 268],
  memfd_create: [319, 279],
  bpf: [321, 280],
} as const

/** A system call as Perl text. Strings must stand in variables: Perl refuses literals here. */
export function call(name: keyof typeof systemCalls, ...args: string[]): string {
  return `syscall(${[systemCalls[name][process.arch === 'arm64' ? 1 : 0], ...args].join(', ')})`
}

/** SIOCSIFADDR of <linux/sockios.h>. */
const setAddress = 0x8916

/** Gives the container's own loopback one more address: what looks like a far host answers from within. Needs NET_ADMIN. */
export function ownAddress(address: string): string {
  const request = `$r = pack("a16 S n a4 x16", "lo:1", 2, 0, ${packed(address)})`
  return `socket(A, 2, 2, 0); ${request}; ioctl(A, ${setAddress}, $r)`
}

/** Listens at the address and connects to it, by TCP. */
export function connectTo(address: string, port: number): string {
  const to = socketAddress(address, port)
  return `${ownAddress(address)}; socket(L, 2, 1, 6); bind(L, ${to}); listen(L, 1); socket(C, 2, 1, 6); connect(C, ${to})`
}

/** Connects a UDP socket. */
export function connectUdp(address: string, port: number): string {
  return `${ownAddress(address)}; socket(C, 2, 2, 17); connect(C, ${socketAddress(address, port)})`
}

function socketAddress(address: string, port: number): string {
  return `pack("S n a4 x8", 2, ${port}, ${packed(address)})`
}

function packed(address: string): string {
  return `pack("C4", ${address.split('.').join(', ')})`
}
