import type { Descriptor } from '../../base/model/runtime.ts'
import { fileInfo, socketInfo } from './layout.ts'
import type { Longs } from './numbers.ts'

/** Section kinds of bpf/record.h. */
export const sections = {
  path: 1,
  text: 2,
  base: 3,
  address: 4,
  socket: 5,
  file: 6,
  credentials: 7,
  exec: 8,
  argv: 9,
  env: 10,
  cwd: 11,
  unix: 12,
  data: 13,
  fork: 14,
  group: 15,
} as const

const upper = 1
const tmpfs = 4
const inet = 2
const inet6 = 10

/** A file's or socket's descriptor from its file section, before its path or addresses are known. */
export function readFile(data: Buffer, at: number, longs: Longs): Descriptor {
  const mode = data.readUInt32LE(at + fileInfo.mode)
  const marks = data.readUInt32LE(at + fileInfo.marks)
  return {
    num: data.readInt32LE(at + fileInfo.number),
    typechar: typeOf(mode & 0o170000, marks),
    name: '',
    inode: longs.unsigned(data, at + fileInfo.inode),
    device: data.readUInt32LE(at + fileInfo.device),
    upperLayer: (marks & upper) !== 0,
    tmpfs: (marks & tmpfs) !== 0,
  }
}

function typeOf(format: number, marks: number): string {
  if (marks & 2) return 'm'
  if (format === 0o040000) return 'd'
  if (format === 0o010000) return 'p'
  if (format === 0) return 'o'
  return format === 0o140000 ? 'u' : 'f'
}

const anonymous: Record<string, string> = {
  '[eventfd]': 'e',
  '[signalfd]': 's',
  '[eventpoll]': 'l',
  inotify: 'i',
  '[timerfd]': 't',
  '[userfaultfd]': 'x',
  '[io_uring]': 'r',
  '[pidfd]': 'q',
}

/** The type of a descriptor without a file, by the kernel's name for it (`anon_inode:[eventpoll]`). */
export function anonymousType(name: string): string {
  if (/^bpf-/.test(name)) return 'b'
  return anonymous[name.replace(/^anon_inode:/, '')] ?? 'o'
}

/** Fills a descriptor with what a socket section says. The process is the server when it accepted, or when its own port is bound and listens. */
export function readSocket(data: Buffer, at: number, fd: Descriptor, accepted: boolean): void {
  const family = data.readUInt16LE(at + socketInfo.family)
  const type = data.readUInt16LE(at + socketInfo.type)
  const protocol = data.readUInt16LE(at + socketInfo.protocol)
  const state = data.readUInt16LE(at + socketInfo.state)
  fd.typechar = family === inet ? '4' : family === inet6 ? '6' : family === 1 ? 'u' : family === 16 ? 'n' : '?'
  if (family !== inet && family !== inet6) return
  fd.l4proto = protocolOf(type, protocol)
  fd.connected = state === 1
  const local = addressOf(data, at + socketInfo.local, family)
  const remote = addressOf(data, at + socketInfo.remote, family)
  // A socket of IPv6 that speaks to an address of IPv4 (::ffff:1.2.3.4) is one of IPv4 for whoever writes rules.
  if (family === inet6 && isMapped(remote)) fd.typechar = '4'
  place(
    fd,
    local,
    data.readUInt16LE(at + socketInfo.local_port),
    remote,
    data.readUInt16LE(at + socketInfo.remote_port),
    accepted || state === 10,
  )
}

function protocolOf(type: number, protocol: number): 'tcp' | 'udp' | 'icmp' | 'raw' {
  if (type === 3) return protocol === 1 || protocol === 58 ? 'icmp' : 'raw'
  if (protocol === 1 || protocol === 58) return 'icmp'
  return type === 1 ? 'tcp' : 'udp'
}

function place(
  fd: Descriptor,
  localIp: string,
  localPort: number,
  remoteIp: string,
  remotePort: number,
  server: boolean,
): void {
  fd.localIp = localIp
  fd.localPort = localPort
  fd.remoteIp = remoteIp
  fd.remotePort = remotePort
  fd.isServer = server
  fd.clientIp = server ? remoteIp : localIp
  fd.clientPort = server ? remotePort : localPort
  fd.serverIp = server ? localIp : remoteIp
  fd.serverPort = server ? localPort : remotePort
  fd.name = `${fd.clientIp}:${fd.clientPort}->${fd.serverIp}:${fd.serverPort}`
}

/** The address of a sockaddr given by a program, taken for the other end where the socket has none yet (UDP, refused, bound). */
export function applySockaddr(data: Buffer, start: number, length: number, fd: Descriptor, own: boolean): string {
  if (length < 2) return ''
  const family = data.readUInt16LE(start)
  if (family === 1) {
    const path = unixName(data.subarray(start + 2, start + length))
    if (fd.name === '') fd.name = path
    return path
  }
  if (family !== inet && family !== inet6) return ''
  if (length < (family === inet ? 8 : 24)) return ''
  const port = data.readUInt16BE(start + 2)
  const ip = addressOf(data, start + (family === inet ? 4 : 8), family)
  if (family === inet6 && fd.typechar === '6' && isMapped(ip)) fd.typechar = '4'
  if (own) place(fd, ip, port, fd.remoteIp ?? '', fd.remotePort ?? 0, true)
  else if (!fd.remotePort) place(fd, fd.localIp ?? '', fd.localPort ?? 0, ip, port, fd.isServer ?? false)
  return `${ip}:${port}`
}

/** Written as IPv4 by `addressOf`, whatever the family. */
function isMapped(address: string): boolean {
  return !address.includes(':')
}

/** A local socket's name: a path, or `@` and the rest for the abstract ones. */
export function unixName(bytes: Buffer): string {
  if (bytes[0] === 0) return `@${bytes.toString('utf8', 1).replace(/\0+$/, '')}`
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end)
}

function addressOf(data: Buffer, at: number, family: number): string {
  const v4 = (from: number) => `${data[from]}.${data[from + 1]}.${data[from + 2]}.${data[from + 3]}`
  if (family === inet) return v4(at)
  if (data.readUInt32LE(at) === 0 && data.readUInt32LE(at + 4) === 0 && data.readUInt32BE(at + 8) === 0xffff)
    return v4(at + 12)
  const words: string[] = []
  for (let index = 0; index < 8; index++) words.push(data.readUInt16BE(at + 2 * index).toString(16))
  return compress(words)
}

/** RFC 5952: the longest run of two or more zeros becomes `::`. */
function compress(words: string[]): string {
  let best = -1
  let length = 1
  for (let start = 0; start < 8; start++) {
    let end = start
    while (end < 8 && words[end] === '0') end++
    if (end - start > length) [best, length] = [start, end - start]
  }
  if (best < 0) return words.join(':')
  return `${words.slice(0, best).join(':')}::${words.slice(best + length).join(':')}`
}
