import { Worker } from 'node:worker_threads'
import { type ErrorCode, JennerError } from '../../base/errors.ts'
import type { SensorCounters } from '../../base/model/runtime.ts'
import type { FileId, MountPolicy, Policy, Switches } from './policies.ts'

export interface SensorOptions {
  /** Module that exports `createJudge` (see judge.ts); it is loaded in the sensor's thread. */
  judge: URL
  /** Given to `createJudge`; must be cloneable. */
  judgeOptions?: unknown
  /** What the judge posts. */
  onMessage?: (value: unknown) => void
  /** The judge threw for the first time; it goes on with the next event. */
  onStumble?: (detail: string) => void
  /** The thread died; nothing is watched any more. */
  onFailure?: (error: JennerError) => void
  /** Report processes outside of containers too. Default false. */
  host?: boolean
  /** For containers without a policy of their own. Default alert. */
  policy?: Policy
  /** ms that records wait to be read together. Default 2. */
  batch?: number
}

/** `received + filtered + lost = produced` once the rings are drained. */
export interface Counters extends SensorCounters {
  /** Put on a ring by the kernel. */
  sent: number
  /** Read from the rings. */
  received: number
  /** Received, but the judge threw on them. */
  failed: number
}

export interface Sensor {
  /** Event types that this kernel cannot give. */
  lost: readonly string[]
  counters(): Promise<Counters>
  /**
   * What happens to programs that are not of the image, on which mounts something else, which paths may run all the same (`/a/b`, `/a/b*`), and what of the container is not reported. Replaces what was
   * set before. Holds for the first process too when set before it starts.
   */
  setPolicy(
    containerId: string,
    policy: Policy,
    switches?: Switches,
    mounts?: readonly MountPolicy[],
    paths?: readonly string[],
  ): Promise<void>
  /** Lets these foreign files run in a running container under `block` too: what `observe` saw and was found right. */
  allow(containerId: string, files: readonly FileId[]): Promise<void>
  /** Forgets a container's policy: it is gone, or the default holds when it starts again. */
  forgetPolicy(containerId: string): void
  /** To `onMessage` of the judge. */
  post(value: unknown): void
  close(): Promise<void>
}

interface Answer {
  kind: 'ready' | 'failed' | 'judge' | 'counters' | 'done' | 'stumbled'
  id?: number
  lost?: string[]
  code?: ErrorCode
  detail?: string
  value?: unknown
  counters?: Counters
}

/** Events die young: a small nursery costs no time, and a large one, once grown, is never given back. */
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 }

/**
 * Loads the kernel programs and starts the thread that reads, decodes and judges. Needs root.
 * Rejects with JennerError unsupported (naming what the kernel refused) when it cannot.
 */
export function startSensor(options: SensorOptions): Promise<Sensor> {
  const { judge, judgeOptions, host = false, policy = 'alert', batch = 2 } = options
  const worker = new Worker(new URL('./sensor-worker.ts', import.meta.url), {
    workerData: { judge: judge.href, judgeOptions, host, policy, batch },
    resourceLimits,
  })
  return new Promise((resolve, reject) => {
    const waiting: ((answer: Answer) => void)[] = []
    const asked = new Map<number, (counters: Counters) => void>()
    const ending = { asked: false, told: false }
    const fail = (error: JennerError): void => {
      ending.told = true
      reject(error)
      options.onFailure?.(error)
    }
    const ended = new Promise<void>(done =>
      worker.once('exit', code => {
        done()
        // Neither an error nor our wish: whatever it was, nothing is watched any more.
        if (!ending.asked && !ending.told) fail(new JennerError('worker_died', `exit ${code}`))
      }),
    )
    worker.on('error', error => fail(new JennerError('worker_died', error.message, error)))
    worker.on('message', (answer: Answer) => {
      if (answer.kind === 'judge') options.onMessage?.(answer.value)
      else if (answer.kind === 'failed') fail(new JennerError(answer.code ?? 'internal', answer.detail))
      else if (answer.kind === 'ready')
        resolve(makeSensor(worker, answer.lost ?? [], { waiting, asked, ended, ending }))
      else if (answer.kind === 'stumbled') options.onStumble?.(answer.detail ?? '')
      else if (answer.kind === 'counters') asked.get(answer.id!)?.(answer.counters!)
      else waiting.shift()?.(answer)
    })
  })
}

/** What is known of the sensor's thread from outside. */
interface Thread {
  waiting: ((answer: Answer) => void)[]
  asked: Map<number, (counters: Counters) => void>
  ended: Promise<void>
  /** `asked`: it was told to end; `told`: that it failed was told. */
  ending: { asked: boolean; told: boolean }
}

function makeSensor(worker: Worker, lost: readonly string[], { waiting, asked, ended, ending }: Thread): Sensor {
  let questions = 0
  let last: Counters = { produced: 0, filtered: 0, judged: 0, lost: {}, sent: 0, received: 0, failed: 0 }
  let gone = false
  // Whoever asked a thread that died would wait for ever: it is told the last that is known.
  void ended.then(() => {
    gone = true
    for (const answer of [...asked.values()]) answer(last)
    for (const answer of waiting.splice(0)) answer({ kind: 'done', detail: 'the sensor ended' })
  })
  const order = (command: object): Promise<void> =>
    new Promise((resolve, reject) => {
      if (gone) return reject(new JennerError('worker_died', 'the sensor ended'))
      waiting.push(({ detail }) =>
        detail === undefined ? resolve() : reject(new JennerError('limit_exceeded', detail)),
      )
      worker.postMessage(command)
    })
  return {
    lost,
    counters: () =>
      new Promise(resolve => {
        if (gone) return resolve(last)
        const id = ++questions
        asked.set(id, counters => {
          asked.delete(id)
          last = counters
          resolve(counters)
        })
        worker.postMessage({ kind: 'counters', id })
      }),
    setPolicy: (containerId, policy, switches = {}, mounts = [], paths = []) =>
      order({ kind: 'policy', containerId, policy, switches, mounts, paths }),
    allow: (containerId, files) => order({ kind: 'allow', containerId, files }),
    forgetPolicy: containerId => worker.postMessage({ kind: 'forget', containerId }),
    post: value => worker.postMessage({ kind: 'post', value }),
    close: async () => {
      ending.asked = true
      worker.postMessage({ kind: 'close' })
      await ended
    },
  }
}
