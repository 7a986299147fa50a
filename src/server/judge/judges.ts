import { Worker } from 'node:worker_threads'
import { JennerError } from '../../base/errors.ts'
import type { DatabaseInfo } from '../../base/model/advisory.ts'
import type { Scanner } from '../../base/model/content.ts'
import type { JudgeAnswer, JudgeRequest } from './judge-worker.ts'
import type { Judged } from './judged.ts'

/** Judges inventories in a thread of their own: seconds of matching must not hold an alert up. */
export interface Judges {
  /** Opens the advisories as they are now. */
  open(): Promise<DatabaseInfo>
  /** `digest`: of the verdict before; one that is the same comes without its findings. */
  judge(body: Uint8Array, scanners: readonly Scanner[], now: number, digest?: string): Promise<Judged>
  close(): Promise<void>
}

/** After so long without work the thread ends, and gives its memory back. */
const idle = 60_000

export function createJudges(advisories: { db?: string; cacheDir?: string }): Judges {
  let worker: Worker | undefined
  let ready: Promise<DatabaseInfo> | undefined
  let timer: NodeJS.Timeout | undefined
  let number = 0
  const waiting = new Map<number, { resolve: (answer: JudgeAnswer) => void; reject: (error: Error) => void }>()
  const end = async () => {
    clearTimeout(timer)
    const ending = worker
    worker = undefined
    ready = undefined
    await ending?.terminate()
  }
  const start = (): Worker => {
    const fresh = new Worker(new URL('./judge-worker.ts', import.meta.url), {
      // Reports are large and short-lived: in a small young generation they would be copied again and again.
      resourceLimits: { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 32 },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    fresh.unref()
    fresh.on('message', (answer: JudgeAnswer) => {
      const asked = waiting.get(answer.number)
      waiting.delete(answer.number)
      asked?.resolve(answer)
    })
    const lost = (error: unknown) => {
      if (worker === fresh) {
        worker = undefined
        ready = undefined
      }
      for (const [key, { reject }] of waiting) {
        waiting.delete(key)
        reject(new JennerError('worker_died', 'judge', error))
      }
    }
    fresh.on('error', lost)
    fresh.on('exit', lost)
    return fresh
  }
  const ask = async <T>(request: Omit<JudgeRequest, 'number'> & Record<string, unknown>): Promise<T> => {
    clearTimeout(timer)
    worker ??= start()
    const to = worker
    const mine = ++number
    const answer = await new Promise<JudgeAnswer>((resolve, reject) => {
      waiting.set(mine, { resolve, reject })
      to.ref()
      to.postMessage({ ...request, number: mine })
    })
    if (waiting.size === 0) {
      to.unref()
      timer = setTimeout(() => void end(), idle).unref()
    }
    if ('error' in answer)
      throw new JennerError(answer.code === 'database_corrupt' ? 'database_corrupt' : 'internal', answer.error)
    return answer as T
  }
  const open = async () => {
    const opening = ask<{ info: DatabaseInfo }>({ kind: 'open', ...advisories }).then(({ info }) => info)
    ready = opening
    try {
      return await opening
    } catch (error) {
      ready = undefined
      throw error
    }
  }
  return {
    open,
    async judge(body, scanners, now, digest = '') {
      await (ready && worker ? ready : open())
      return ask<Judged>({ kind: 'judge', body, scanners: [...scanners], now, digest })
    },
    close: end,
  }
}
