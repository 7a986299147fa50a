import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ContainerInfo } from '../../../base/model/runtime.ts'
import type { ActionOptions, Tools } from '../model.ts'
import { maskInspect } from './mask.ts'
import { type ProcessFacts, processesOf } from './processes.ts'
import { socketsOf } from './sockets.ts'
import { createTar, type TarWriter } from './tar.ts'
import { walkUpper } from './upper.ts'

/** Limits of the copies: one file, all files, how many. What is over them is named in the manifest without a copy. */
const limits = { file: 64 << 20, total: 256 << 20, count: 500 }

/** Writes a container's evidence into a new tar in `evidenceDir`. Answers its path, and whether all that was wanted is in it. */
export async function collectEvidence(
  target: ContainerInfo,
  { evidenceDir, alert, events }: ActionOptions,
  { docker }: Tools,
): Promise<{ file: string; whole: boolean; members: number }> {
  mkdirSync(evidenceDir, { recursive: true, mode: 0o700 })
  const now = new Date()
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('.', '-')
  const tar = createTar(join(evidenceDir, `${stamp}-${target.id.slice(0, 12)}.tar`), now)
  const missing: { what: string; why: string }[] = []
  const attempt = async (what: string, work: () => unknown): Promise<void> => {
    try {
      await work()
    } catch (error) {
      missing.push({ what, why: error instanceof Error ? error.message : String(error) })
    }
  }
  try {
    // What is volatile comes first.
    const processes = processesOf(target.id)
    tar.addText('processes.json', pretty(processes))
    tar.addText('sockets.json', pretty(socketsOf(target.pid, processes)))
    await attempt(
      'mounts',
      () => target.pid > 0 && tar.addText('mounts.txt', readFileSync(`/proc/${target.pid}/mountinfo`, 'utf8')),
    )
    if (alert !== undefined) tar.addText('alert.json', pretty(alert))
    if (events !== undefined) tar.addText('events.json', pretty(events))
    await attempt('inspect', async () =>
      tar.addText('inspect.json', pretty(maskInspect(await docker.call('GET', `/containers/${target.id}/json`)))),
    )
    await attempt('changes', async () =>
      tar.addText('changes.json', pretty(await docker.call('GET', `/containers/${target.id}/changes`))),
    )
    const left = { bytes: limits.total, count: limits.count }
    copyPrograms(tar, processes, left, missing)
    await attempt('upper layer', () => copyUpper(tar, target, left, missing))
    const manifest = { created: now.toISOString(), container: cardOf(target), hash: 'sha256', missing }
    return { file: tar.finish(manifest), whole: missing.length === 0, members: tar.members.length }
  } catch (error) {
    tar.abandon()
    throw error
  }
}

type Left = { bytes: number; count: number }
type Missing = { what: string; why: string }[]

/** Running programs that no path leads to any more: deleted ones and those that live in memory only. /proc/PID/exe still opens them. */
function copyPrograms(tar: TarWriter, processes: ProcessFacts[], left: Left, missing: Missing): void {
  const seen = new Set<string>()
  for (const { pid, exe } of processes) {
    if (!exe.endsWith(' (deleted)') && !exe.startsWith('/memfd:')) continue
    try {
      const fd = openSync(`/proc/${pid}/exe`, 'r')
      try {
        const { dev, ino, size } = fstatSync(fd)
        if (!seen.has(`${dev}:${ino}`))
          copyOne(tar, fd, { name: `programs/${pid}`, path: exe, size, more: { pid } }, left, missing)
        seen.add(`${dev}:${ino}`)
      } finally {
        closeSync(fd)
      }
    } catch (error) {
      missing.push({ what: exe, why: String(error) })
    }
  }
}

function copyUpper(tar: TarWriter, { upperDir }: ContainerInfo, left: Left, missing: Missing): void {
  if (upperDir === undefined) {
    missing.push({ what: 'upper layer', why: 'not an overlay, or not told by the runtime' })
    return
  }
  let number = 0
  const whole = walkUpper(upperDir, ({ path, size, mode, mtime }, fd) => {
    const more = { mode: mode.toString(8), mtime }
    copyOne(tar, fd, { name: `files/${String(++number).padStart(4, '0')}`, path, size, more }, left, missing)
    return number < 10_000
  })
  if (!whole) missing.push({ what: 'upper layer', why: 'more files than are looked at' })
}

interface Copy {
  name: string
  path: string
  size: number
  more: Record<string, unknown>
}

function copyOne(tar: TarWriter, fd: number, { name, path, size, more }: Copy, left: Left, missing: Missing): void {
  if (size > limits.file || size > left.bytes || left.count <= 0) {
    missing.push({ what: path, why: `over a limit (${size} bytes)` })
    return
  }
  left.bytes -= size
  left.count--
  tar.addFile(name, fd, size, { path, ...more })
}

function cardOf({ id, name, image, imageId, imageDigest, pid, createdAt, startedAt }: ContainerInfo) {
  return { id, name, image, imageId, imageDigest, pid, createdAt, startedAt }
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner), 2)}\n`
}
