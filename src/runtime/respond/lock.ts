import { readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { JennerError } from '../../base/errors.ts'

const patience = 10_000

/**
 * Runs `work` while no other process of ours does under the same `file`. A lock whose owner is gone is broken. Throws timed_out after ten seconds.
 * The lock is a symbolic link that names its owner: it is made at one stroke, and on a full disk too.
 */
export async function withLock<Result>(file: string, work: () => Result | Promise<Result>): Promise<Result> {
  const deadline = Date.now() + patience
  while (!take(file)) {
    if (Date.now() > deadline) throw new JennerError('timed_out', file)
    if (!ownerLives(file)) rmSync(file, { force: true })
    await sleep(5)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    symlinkSync(`${process.pid}:${startOf(process.pid)}`, file)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    throw new JennerError('output_unwritable', `${file} (${code})`, error)
  }
}

/** Numbers of processes are used again: the time of its start tells an owner from another one. */
function ownerLives(file: string): boolean {
  const [pid, start] = ownerOf(file).split(':')
  return Number(pid) > 0 && startOf(Number(pid)) === start
}

function ownerOf(file: string): string {
  try {
    return readlinkSync(file)
  } catch {
    return ''
  }
}

/** proc(5), /proc/PID/stat: the 22nd field; '' when there is no such process. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
