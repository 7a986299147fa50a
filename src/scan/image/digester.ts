import { Worker } from 'node:worker_threads'
import { JennerError } from '../../base/errors.ts'
import type { Blob } from './blob.ts'
import type { DigestAnswer, DigestTask } from './digest-worker.ts'

/** Computes digests off the reading thread, one after the other. The thread starts with the first task. */
export interface Digester {
  /** `sha256:…`. Throws JennerError internal when the thread cannot tell. */
  digest(blob: Blob, task: DigestOrder): Promise<string>
  close(): Promise<void>
}

export type DigestOrder = Pick<DigestTask, 'of' | 'algorithm' | 'maxBytes'>

export function createDigester(): Digester {
  const waiting = new Map<number, { resolve: (digest: string) => void; reject: (error: Error) => void }>()
  let worker: Worker | undefined
  let lastId = 0

  const failAll = (reason: unknown): void => {
    for (const { reject } of waiting.values()) reject(new JennerError('internal', `digest thread: ${reason}`))
    waiting.clear()
    worker = undefined
  }
  const start = (): Worker => {
    const started = new Worker(new URL('./digest-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 64 },
    })
    started.unref()
    started.on('message', (answer: DigestAnswer) => {
      const task = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (waiting.size === 0) started.unref()
      if (answer.digest !== undefined) task?.resolve(answer.digest)
      else task?.reject(new JennerError('internal', `digest thread: ${answer.error}`))
    })
    started.on('error', failAll)
    started.on('exit', code => code !== 0 && failAll(`exit ${code}`))
    return started
  }
  return {
    digest(blob, order) {
      worker ??= start()
      const running = worker
      const id = ++lastId
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        running.ref()
        const { fd, offset, size } = blob
        running.postMessage({ id, blob: { fd, offset, size }, ...order } satisfies DigestTask)
      })
    },
    async close() {
      await worker?.terminate()
      worker = undefined
    },
  }
}
