import type { Descriptor, RuntimeEvent } from '../../base/model/runtime.ts'
import type { FieldValue } from '../rules/condition/value.ts'
import type { Names } from './names.ts'
import { lookUp, type Reader, type ReaderTable } from './reader.ts'

/** Fields of class `fd`: what the event's descriptor is. An event without one has none of them. */
export function descriptorFields(names: Names): (name: string, given: string | undefined) => Reader | undefined {
  const named = (read: (fd: Descriptor) => string | undefined): Reader =>
    of(fd => {
      const address = read(fd)
      return address === undefined ? undefined : names.namesOf(address)
    })
  const table: ReaderTable = {
    ...plain,
    'cip.name': named(fd => fd.clientIp),
    'sip.name': named(fd => fd.serverIp),
    'lip.name': named(fd => fd.localIp),
    'rip.name': named(fd => fd.remoteIp),
  }
  return (name, given) => (given === undefined ? lookUp(table, name) : undefined)
}

const of =
  (read: (fd: Descriptor, event: RuntimeEvent) => FieldValue): Reader =>
  event =>
    event.fd === undefined ? undefined : read(event.fd, event)

/** Falco's names for the letters of `fd.typechar`. */
const typeNames: Readonly<Record<string, string>> = {
  f: 'file',
  d: 'directory',
  4: 'ipv4',
  6: 'ipv6',
  u: 'unix',
  p: 'pipe',
  e: 'event',
  s: 'signalfd',
  l: 'eventpoll',
  i: 'inotify',
  t: 'timerfd',
  n: 'netlink',
  U: 'userfaultfd',
  r: 'io_uring',
  b: 'bpf',
  m: 'memfd',
  P: 'pidfd',
}

const plain: ReaderTable = {
  num: of(fd => fd.num),
  name: of(fd => fd.name),
  nameraw: of(fd => fd.nameRaw ?? fd.name),
  typechar: of(fd => fd.typechar),
  type: of(fd => typeNames[fd.typechar]),
  directory: of(fd => (isFile(fd) ? partsOf(fd.name).directory : undefined)),
  filename: of(fd => (isFile(fd) ? partsOf(fd.name).filename : undefined)),
  l4proto: of(fd => fd.l4proto),
  sockfamily: of(fd => (isInternet(fd) ? 'ip' : fd.typechar === 'u' ? 'unix' : undefined)),
  ino: of(fd => fd.inode),
  dev: of(fd => fd.device),
  'dev.major': of(fd => (fd.device === undefined ? undefined : (fd.device >>> 8) & 0xfff)),
  'dev.minor': of(fd => (fd.device === undefined ? undefined : (fd.device & 0xff) | ((fd.device >>> 12) & 0xfff00))),
  is_upper_layer: of(fd => fd.upperLayer ?? false),
  is_lower_layer: of((fd, event) => fd.upperLayer === false && isFile(fd) && event.process.containerId !== ''),
  is_server: of(fd => (isInternet(fd) || fd.typechar === 'u' ? (fd.isServer ?? false) : undefined)),
  connected: of(fd => fd.connected ?? false),
  name_changed: of(fd => fd.nameChanged ?? false),
  cip: of(fd => fd.clientIp),
  sip: of(fd => fd.serverIp),
  lip: of(fd => fd.localIp),
  rip: of(fd => fd.remoteIp),
  cport: of(fd => fd.clientPort),
  sport: of(fd => fd.serverPort),
  lport: of(fd => fd.localPort),
  rport: of(fd => fd.remotePort),
  cproto: of(fd => portText(fd.clientPort)),
  sproto: of(fd => portText(fd.serverPort)),
  lproto: of(fd => portText(fd.localPort)),
  rproto: of(fd => portText(fd.remotePort)),
  cnet: of(fd => fd.clientIp),
  snet: of(fd => fd.serverIp),
  lnet: of(fd => fd.localIp),
  rnet: of(fd => fd.remoteIp),
  ip: of(fd => both(fd.clientIp, fd.serverIp)),
  net: of(fd => both(fd.clientIp, fd.serverIp)),
  port: of(fd => both(fd.clientPort, fd.serverPort)),
  proto: of(fd => both(portText(fd.clientPort), portText(fd.serverPort))),
  containername: of((fd, event) => `${event.container?.name ?? 'host'}:${fd.name}`),
  containerdirectory: of((fd, event) =>
    isFile(fd) ? `${event.container?.name ?? 'host'}:${directoryOf(fd.name)}` : undefined,
  ),
}

/** The fields that a file's path tells. */
export const pathFields: ReadonlySet<string> = new Set(['fd.name', 'fd.directory', 'fd.filename'])

/** That path; a number for a descriptor of anything else, whose name does not tell these fields. */
export const pathText: Reader = ({ fd }) => (fd === undefined ? undefined : isFile(fd) ? fd.name : fd.num)

function isFile({ typechar }: Descriptor): boolean {
  return typechar === 'f' || typechar === 'd'
}

function isInternet({ typechar }: Descriptor): boolean {
  return typechar === '4' || typechar === '6'
}

const maxPaths = 4096
const maxLength = 1024
const known = new Map<string, { directory: string; filename: string }>()

/** A path's folder and last part, kept: the rules ask for both with every file, and the same paths come again. */
function partsOf(path: string): { directory: string; filename: string } {
  const found = known.get(path)
  if (found) return found
  const parts = { directory: directoryOf(path), filename: path.slice(path.lastIndexOf('/') + 1) }
  if (path.length > maxLength) return parts
  if (known.size >= maxPaths) known.clear()
  known.set(path, parts)
  return parts
}

function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash > 0 ? path.slice(0, slash) : '/'
}

const portText = (port: number | undefined): string | undefined => (port === undefined ? undefined : String(port))

function both<Value extends string | number>(a: Value | undefined, b: Value | undefined): Value[] | undefined {
  if (a === undefined) return b === undefined ? undefined : [b]
  return b === undefined ? [a] : [a, b]
}
