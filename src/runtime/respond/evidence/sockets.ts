import { readFileSync } from 'node:fs'
import type { ProcessFacts } from './processes.ts'

export interface SocketFacts {
  protocol: string
  local: string
  remote: string
  state: string
  inode: number
  /** Processes of the container that hold it. */
  pids: number[]
}

const states = [
  '',
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
]
const maxSockets = 20_000

/** The internet sockets in a process's network namespace (/proc/PID/net/{tcp,tcp6,udp,udp6}), with who holds them. */
export function socketsOf(pid: number, processes: ProcessFacts[]): SocketFacts[] {
  const holders = new Map<number, number[]>()
  for (const { pid: holder, files } of processes)
    for (const { target } of files) {
      const inode = Number(/^socket:\[(\d+)\]$/.exec(target)?.[1])
      if (inode > 0) holders.set(inode, [...(holders.get(inode) ?? []), holder])
    }
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap(protocol => {
    const lines = read(`/proc/${pid}/net/${protocol}`).split('\n').slice(1, maxSockets)
    return lines.filter(line => line.trim() !== '').map(line => parseSocket(protocol, line, holders))
  })
}

/** `sl: local_address:port rem_address:port st tx:rx tr:tm retrnsmt uid timeout inode …`, numbers in hexadecimal. */
function parseSocket(protocol: string, line: string, holders: Map<number, number[]>): SocketFacts {
  const [, local = '', remote = '', state = '', , , , , , inode = ''] = line.trim().split(/\s+/)
  return {
    protocol,
    local: address(local),
    remote: address(remote),
    state: states[Number.parseInt(state, 16)] ?? state,
    inode: Number(inode),
    pids: holders.get(Number(inode)) ?? [],
  }
}

/** The kernel prints each 32-bit word as the machine stores it: little-endian on all that we run on. */
export function address(text: string): string {
  const [hex = '', port = ''] = text.split(':')
  const bytes = (hex.match(/.{8}/g) ?? [])
    .flatMap(word => (word.match(/../g) ?? []).reverse())
    .map(byte => Number.parseInt(byte, 16))
  if (bytes.length === 4) return `${bytes.join('.')}:${Number.parseInt(port, 16)}`
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0)).toString(16),
  )
  return `[${groups.join(':')}]:${Number.parseInt(port, 16)}`
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
