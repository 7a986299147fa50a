import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { JennerError } from '../../base/errors.ts'

const patience = 10_000

/** Runs `work` while no other process of ours does under the same `file`. A lock whose owner is gone is broken. Throws timed_out after ten seconds. */
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
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    throw new JennerError('output_unwritable', `${file} (${code})`, error)
  }
}

/** An owner that has not written its number yet counts as alive. */
function ownerLives(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    if (pid > 0) process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
