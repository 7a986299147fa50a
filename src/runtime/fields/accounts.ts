import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { RuntimeEvent } from '../../base/model/runtime.ts'

export interface User {
  name: string
  home: string
  shell: string
}

/** Names of users and groups as the event's own container (or the host) has them. */
export interface Accounts {
  user(event: RuntimeEvent, uid: number): User | undefined
  group(event: RuntimeEvent, gid: number): string | undefined
  /** Users of the host, whom login ids mean. */
  hostUser(uid: number): User | undefined
}

interface Entry {
  users: Map<number, User>
  groups: Map<number, string>
  readAt: number
}

const maxBytes = 1 << 20
const maxLines = 20_000
const maxContainers = 2000
/** How long names are believed, in milliseconds; sooner when one is missing. */
const freshFor = 60_000
const retryAfter = 2000

/**
 * Reads /etc/passwd and /etc/group of containers through `/proc/PID/root`, or from their layers once they are gone, once a minute at most. `read` gives a file's text, or undefined;
 * `now` is in milliseconds.
 */
export function createAccounts(
  read: (path: string) => string | undefined = readSmallFile,
  now: () => number = Date.now,
): Accounts {
  const entries = new Map<string, Entry>()
  const entryOf = (key: string, roots: () => string[], uidKnown: (entry: Entry) => boolean): Entry => {
    const known = entries.get(key)
    const age = known ? now() - known.readAt : 0
    if (known && age < freshFor && (age < retryAfter || uidKnown(known))) return known
    const entry = readEntry(roots(), read, now())
    entries.delete(key)
    entries.set(key, entry)
    if (entries.size > maxContainers) entries.delete(entries.keys().next().value!)
    return entry
  }
  const of = (event: RuntimeEvent, has: (entry: Entry) => boolean): Entry => {
    const { process } = event
    return process.containerId === ''
      ? entryOf('', hostRoot, has)
      : entryOf(process.containerId, () => rootsOf(event), has)
  }
  const fresh = (key: string): Entry | undefined => {
    const known = entries.get(key)
    return known && now() - known.readAt < freshFor ? known : undefined
  }
  return {
    user: (event, uid) =>
      fresh(event.process.containerId)?.users.get(uid) ??
      of(event, entry => entry.users.has(uid)).users.get(uid) ??
      (uid === 0 ? root : undefined),
    group: (event, gid) =>
      of(event, entry => entry.groups.has(gid)).groups.get(gid) ?? (gid === 0 ? 'root' : undefined),
    hostUser: uid => entryOf('', hostRoot, entry => entry.users.has(uid)).users.get(uid),
  }
}

const root: User = { name: 'root', home: '/root', shell: '' }

const hostRoot = (): string[] => ['']

/** A container of a few milliseconds is gone before it can be looked into; the layers of its image are not. */
function rootsOf({ process, container }: RuntimeEvent): string[] {
  const live = [process.pid, container?.pid ?? 0].filter(pid => pid > 0).map(pid => `/proc/${pid}/root`)
  return [...live, ...(container?.upperDir ? [container.upperDir] : []), ...(container?.lowerDirs ?? [])]
}

function readEntry(roots: string[], read: (path: string) => string | undefined, readAt: number): Entry {
  const first = (path: string): string => {
    for (const root of roots) {
      const text = read(`${root}${path}`)
      if (text !== undefined) return text
    }
    return ''
  }
  return { users: parsePasswd(first('/etc/passwd')), groups: parseGroup(first('/etc/group')), readAt }
}

/** passwd(5): `name:password:UID:GID:GECOS:directory:shell`. The first line of a number counts. */
export function parsePasswd(text: string): Map<number, User> {
  const users = new Map<number, User>()
  for (const line of text.split('\n', maxLines)) {
    const [name, , uid, , , home = '', shell = ''] = line.split(':', 7)
    if (name && uid !== undefined && /^\d{1,10}$/.test(uid) && !users.has(Number(uid)))
      users.set(Number(uid), { name, home, shell })
  }
  return users
}

/** group(5): `name:password:GID:members` */
export function parseGroup(text: string): Map<number, string> {
  const groups = new Map<number, string>()
  for (const line of text.split('\n', maxLines)) {
    const [name, , gid] = line.split(':', 3)
    if (name && gid !== undefined && /^\d{1,10}$/.test(gid) && !groups.has(Number(gid))) groups.set(Number(gid), name)
  }
  return groups
}

/** A regular file's text, a megabyte at most. The path leads into a container: no following of a last link, no waiting for a FIFO. */
function readSmallFile(path: string): string | undefined {
  let file: number | undefined
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW | constants.O_NOCTTY)
    const stat = fstatSync(file)
    if (!stat.isFile() || stat.size > maxBytes) return undefined
    const bytes = Buffer.alloc(stat.size)
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, 0))
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
