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
  /** The programs are loaded, nothing is watched yet: what is ordered before this returns holds from the first event on. */
  onLoaded?: (policies: SensorPolicies) => void
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

/** What may run in which container; orders that come while the sensor starts wait for it. */
export interface SensorPolicies {
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
}

export interface Sensor extends SensorPolicies {
  /** Event types that this kernel cannot give. */
  lost: readonly string[]
  counters(): Promise<Counters>
  /** To `onMessage` of the judge. */
  post(value: unknown): void
  close(): Promise<void>
}

interface Answer {
  kind: 'loaded' | 'ready' | 'failed' | 'judge' | 'counters' | 'done' | 'stumbled'
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
    const orders = takeOrders(worker, ended)
    const asked = new Map<number, (counters: Counters) => void>()
    worker.on('error', error => fail(new JennerError('worker_died', error.message, error)))
    worker.on('message', (answer: Answer) => {
      if (answer.kind === 'judge') options.onMessage?.(answer.value)
      else if (answer.kind === 'failed') fail(new JennerError(answer.code ?? 'internal', answer.detail))
      else if (answer.kind === 'loaded') {
        try {
          options.onLoaded?.(orders.policies)
          worker.postMessage({ kind: 'attach' })
        } catch (error) {
          fail(new JennerError('internal', String(error), error))
          void worker.terminate()
        }
      } else if (answer.kind === 'ready')
        resolve(makeSensor(worker, answer.lost ?? [], { policies: orders.policies, asked, ended, ending }))
      else if (answer.kind === 'stumbled') options.onStumble?.(answer.detail ?? '')
      else if (answer.kind === 'counters') asked.get(answer.id!)?.(answer.counters!)
      else orders.done(answer.detail)
    })
  })
}

/** Orders for the thread, answered one by one in their order. */
function takeOrders(
  worker: Worker,
  ended: Promise<void>,
): { policies: SensorPolicies; done(detail: string | undefined): void } {
  const waiting: ((detail: string | undefined) => void)[] = []
  const theEnd = 'the sensor ended'
  let gone = false
  void ended.then(() => {
    gone = true
    for (const answer of waiting.splice(0)) answer(theEnd)
  })
  const order = (command: object): Promise<void> =>
    new Promise((resolve, reject) => {
      if (gone) return reject(new JennerError('worker_died', theEnd))
      waiting.push(detail => (detail === undefined ? resolve() : reject(new JennerError('limit_exceeded', detail))))
      worker.postMessage(command)
    })
  return {
    done: detail => waiting.shift()?.(detail),
    policies: {
      setPolicy: (containerId, policy, switches = {}, mounts = [], paths = []) =>
        order({ kind: 'policy', containerId, policy, switches, mounts, paths }),
      allow: (containerId, files) => order({ kind: 'allow', containerId, files }),
      forgetPolicy: containerId => worker.postMessage({ kind: 'forget', containerId }),
    },
  }
}

/** What is known of the sensor's thread from outside. */
interface Thread {
  policies: SensorPolicies
  asked: Map<number, (counters: Counters) => void>
  ended: Promise<void>
  /** `asked`: it was told to end; `told`: that it failed was told. */
  ending: { asked: boolean; told: boolean }
}

function makeSensor(worker: Worker, lost: readonly string[], { policies, asked, ended, ending }: Thread): Sensor {
  let questions = 0
  let last: Counters = { produced: 0, filtered: 0, judged: 0, lost: {}, sent: 0, received: 0, failed: 0 }
  let gone = false
  // Whoever asked a thread that died would wait for ever: it is told the last that is known.
  void ended.then(() => {
    gone = true
    for (const answer of [...asked.values()]) answer(last)
  })
  return {
    ...policies,
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
    post: value => worker.postMessage({ kind: 'post', value }),
    close: async () => {
      ending.asked = true
      worker.postMessage({ kind: 'close' })
      await ended
    },
  }
}
