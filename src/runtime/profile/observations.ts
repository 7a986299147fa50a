import { maskText } from '../../base/mask.ts'
import type { Descriptor, Process, RuntimeEvent } from '../../base/model/runtime.ts'
import { capabilityName } from './capabilities.ts'
import { addressLadder } from './networks.ts'
import { argumentShape, folderShape, pathShape } from './shapes.ts'

export const facetNames = [
  'executable',
  'child',
  'argument',
  'write',
  'listen',
  'peer',
  'syscall',
  'capability',
  'user',
] as const
export type FacetName = (typeof facetNames)[number]

/** One thing that an event tells of its container: the facet, and the ladder of keys from the most specific up. */
export interface Observation {
  facet: FacetName
  ladder: readonly string[]
}

/** Events that are no calls. */
const pseudo = new Set(['capable', 'procexit', 'signaldeliver', 'container'])
const execs = new Set(['execve', 'execveat'])
const opens = new Set(['open', 'openat', 'openat2', 'creat'])
const changes = new Set([
  'rename',
  'renameat',
  'renameat2',
  'unlink',
  'unlinkat',
  'mkdir',
  'mkdirat',
  'link',
  'linkat',
  'symlink',
  'symlinkat',
])
const writeFlags = 0o1 | 0o2 | 0o100 | 0o1000

/** What an event tells. Pure. Failed calls tell their type alone: what was refused was not done. */
export function observationsOf(event: RuntimeEvent): Observation[] {
  const { process, type } = event
  const found: Observation[] = pseudo.has(type) ? [] : [{ facet: 'syscall', ladder: [type] }]
  if (type === 'capable' || event.args.capability !== undefined) found.push(...capabilityOf(event))
  if (event.result < 0n && !isPending(event)) return found
  if (execs.has(type)) found.push(...executionOf(process))
  else if (opens.has(type) || changes.has(type)) found.push(...writeOf(event))
  else if (type === 'listen' || type === 'bind') found.push(...listenOf(event.fd))
  else if (type === 'connect' || type === 'sendto' || type === 'sendmsg') found.push(...peerOf(event.fd))
  return found
}

/** EINPROGRESS: a connection on its way. */
function isPending(event: RuntimeEvent): boolean {
  return event.type === 'connect' && event.result === -115n
}

/** A file that is not of the image is another program than the image's of the same name. */
function programOf(process: Process): string {
  const path = process.exeMemfd ? 'memfd:' : pathShape(process.exepath || process.exe)
  return process.exeUpperLayer ? `${path} (added)` : path
}

function executionOf(process: Process): Observation[] {
  const program = programOf(process)
  const parent = process.parent === undefined ? '?' : programOf(process.parent)
  const folder = `${folderShape(process.exepath || '/')}/*${process.exeUpperLayer ? ' (added)' : ''}`
  return [
    { facet: 'executable', ladder: process.exeUpperLayer ? [program] : [program, folder] },
    { facet: 'child', ladder: [`${parent} → ${program}`, `${parent} → *`] },
    { facet: 'argument', ladder: [`${program} ${maskText(argumentShape(process.args))}`, `${program} *`] },
    { facet: 'user', ladder: [String(process.uid)] },
  ]
}

function writeOf(event: RuntimeEvent): Observation[] {
  const flags = Number(event.args.flags ?? 0)
  if (opens.has(event.type) && event.type !== 'creat' && (flags & writeFlags) === 0) return []
  const path = [event.fd?.name, event.args.newpath, event.args.path, event.args.name].find(
    value => typeof value === 'string',
  )
  if (typeof path !== 'string' || !path.startsWith('/')) return []
  const folder = folderShape(path)
  return [{ facet: 'write', ladder: [folder, ...foldersAbove(folder)] }]
}

/** `/a/b/c` → `/a/b/**`, `/a/**`: never the root, which would stand for everything. */
function foldersAbove(folder: string): string[] {
  const parts = folder.split('/').slice(1, -1)
  return parts.map((_, index) => `/${parts.slice(0, parts.length - index).join('/')}/**`).slice(0, 3)
}

function listenOf(fd: Descriptor | undefined): Observation[] {
  const port = fd?.localPort ?? fd?.serverPort
  if (port === undefined) return []
  // Ports that the system chooses differ each time.
  const key = `${fd?.l4proto ?? 'tcp'} ${port >= 32_768 ? 'ephemeral' : port}`
  return [{ facet: 'listen', ladder: [key] }]
}

function peerOf(fd: Descriptor | undefined): Observation[] {
  const address = fd?.remoteIp ?? fd?.serverIp
  const port = fd?.remotePort ?? fd?.serverPort
  if (address === undefined || port === undefined) return []
  const suffix = `${fd?.l4proto ?? 'tcp'} ${port}`
  return [{ facet: 'peer', ladder: addressLadder(address).map(network => `${network} ${suffix}`) }]
}

function capabilityOf(event: RuntimeEvent): Observation[] {
  const number = Number(event.args.capability ?? event.args.cap ?? -1)
  // The kernel also asks where a refusal changes nothing (result below 0): that is no use.
  return number < 0 || event.result < 0n ? [] : [{ facet: 'capability', ladder: [capabilityName(number)] }]
}
