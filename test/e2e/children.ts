import { readdirSync, readFileSync } from 'node:fs'
import { holds } from './hard-days/watch.ts'

/** The children of a process's threads, as proc(5) tells them: /proc/PID/task/TID/children. None where the process has ended. */
export function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap(task =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
        .split(' ')
        .map(Number)
        .filter(child => child > 0),
    )
  } catch {
    return []
  }
}

/** Waits until a process has started another; false where it has not within half a minute. */
export function hasChild(pid: number): Promise<boolean> {
  return holds(() => childrenOf(pid).length > 0, 30_000)
}
