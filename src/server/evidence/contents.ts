import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { isObject, itemsAt, parseJson } from '../../base/json.ts'
import type { EvidenceContents } from '../schemas/evidence.ts'
import { membersOf, type TarMember, textOf } from './tar.ts'

const most = {
  text: 32 << 20,
  hashed: 64 << 20,
  members: 2000,
  missing: 500,
  processes: 1000,
  files: 100,
  sockets: 2000,
  events: 500,
}

/** What is shown of a file of evidence; undefined where it cannot be opened. Every member's hash is computed anew and compared with the manifest. */
export async function contentsOf(path: string): Promise<EvidenceContents | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined)
  if (file === undefined) return undefined
  try {
    const { size } = await file.stat()
    const members = new Map((await membersOf(file, size)).map(member => [member.name, member]))
    const json = async (name: string): Promise<unknown> => {
      const member = members.get(name)
      if (member === undefined) return undefined
      try {
        return parseJson(await textOf(file, member, most.text))
      } catch {
        return undefined
      }
    }
    const manifest = await json('manifest.json')
    return {
      createdAt: textAt(manifest, 'created'),
      missing: itemsAt(manifest, 'missing')
        .slice(0, most.missing)
        .map(item => ({ what: textAt(item, 'what'), why: textAt(item, 'why') })),
      members: await listMembers(file, members, itemsAt(manifest, 'members')),
      processes: cut(listOf(await json('processes.json')), most.processes, processOf),
      sockets: cut(listOf(await json('sockets.json')), most.sockets, socketOf),
      events: cut(listOf(await json('events.json')), most.events, event =>
        (typeof event === 'string' ? event : JSON.stringify(event)).slice(0, 2000),
      ),
    }
  } finally {
    await file.close()
  }
}

type Members = EvidenceContents['members']

async function listMembers(
  file: FileHandle,
  members: Map<string, TarMember>,
  listed: readonly unknown[],
): Promise<Members> {
  const items: Members['items'] = []
  let left = most.hashed
  for (const item of listed.slice(0, most.members)) {
    const [name, sha256, path] = [textAt(item, 'name'), textAt(item, 'sha256'), textAt(item, 'path')]
    const member = members.get(name)
    const size = member?.size ?? 0
    left -= size
    // Beyond the limit the hash of the whole file stands for it: that was proved when it came.
    const ok = member !== undefined && (left < 0 || (await hashOf(file, member)) === sha256)
    items.push({ name, size, sha256, ok, ...(path !== '' && { path }) })
  }
  return { total: listed.length, items }
}

async function hashOf(file: FileHandle, { at, size }: TarMember): Promise<string> {
  const hash = createHash('sha256')
  if (size > 0)
    for await (const chunk of file.createReadStream({ start: at, end: at + size - 1, autoClose: false }))
      hash.update(chunk as Buffer)
  return hash.digest('hex')
}

function processOf(value: unknown) {
  const files = itemsAt(value, 'files')
  return {
    pid: numberAt(value, 'pid'),
    ppid: numberAt(value, 'ppid'),
    vpid: numberAt(value, 'vpid'),
    comm: textAt(value, 'comm'),
    exe: textAt(value, 'exe'),
    cwd: textAt(value, 'cwd'),
    cmdline: itemsAt(value, 'cmdline').map(String).join(' ').slice(0, 4000),
    uid: numberAt(value, 'uid'),
    capabilities: textAt(value, 'capEffective'),
    files: files.slice(0, most.files).map(file => textAt(file, 'target')),
    fileCount: files.length,
  }
}

function socketOf(value: unknown) {
  return {
    protocol: textAt(value, 'protocol'),
    local: textAt(value, 'local'),
    remote: textAt(value, 'remote'),
    state: textAt(value, 'state'),
    pids: itemsAt(value, 'pids')
      .slice(0, 50)
      .map(pid => (Number.isInteger(pid) ? (pid as number) : 0)),
  }
}

function cut<T>(values: readonly unknown[], limit: number, each: (value: unknown) => T): { total: number; items: T[] } {
  return { total: values.length, items: values.slice(0, limit).map(each) }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function textAt(value: unknown, key: string): string {
  const found = isObject(value) ? value[key] : undefined
  return typeof found === 'string' ? found.slice(0, 4096) : ''
}

function numberAt(value: unknown, key: string): number {
  const found = isObject(value) ? value[key] : undefined
  return typeof found === 'number' && Number.isSafeInteger(found) ? found : 0
}
