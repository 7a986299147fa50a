import { JennerError } from '../base/errors.ts'
import type { JobDone, JobProgress, Lease } from '../server/schemas/agent.ts'
import type { JobKind } from '../server/schemas/jobs.ts'
import type { Api } from './api.ts'

/** Does one kind of job. What it throws is told the server as the job's failure. */
export type JobHandler = (job: Lease, progress: (now: JobProgress) => void, signal: AbortSignal) => Promise<JobDone>

export interface WorkOptions {
  api: Api
  hostId: string
  handlers: Partial<Record<JobKind, JobHandler>>
  signal: AbortSignal
  say(line: string): void
  /** Seconds that the server may keep a question open. Default 20. */
  wait?: number
}

const progressEvery = 1000
const renewEvery = 10_000
const patience = 2000
/** Tried again: the world may have changed. What is wrong with the job itself stays wrong. */
const lasting = new Set([
  'usage',
  'bad_argument',
  'container_not_found',
  'container_protected',
  'nothing_in_force',
  'not_an_image',
  'target_not_found',
  'unsupported',
])

/** Asks for jobs of these kinds and does them one after the other, until `signal` aborts. */
export async function work({ api, hostId, handlers, signal, say, wait = 20 }: WorkOptions): Promise<void> {
  const kinds = Object.keys(handlers) as JobKind[]
  while (!signal.aborted) {
    try {
      const { job } = (await api.post(
        '/agent/jobs/lease',
        { hostId, kinds, wait },
        { timeout: (wait + 15) * 1000, signal },
      )) as {
        job?: Lease
      }
      if (job !== undefined) await doJob(job)
    } catch (error) {
      if (signal.aborted) return
      if ((error as JennerError).code !== 'server_unreachable') say((error as Error).message)
      await pause(patience, signal)
    }
  }

  async function doJob(job: Lease): Promise<void> {
    const reporter = createReporter(api, job.id)
    try {
      const handler = handlers[job.kind]
      if (handler === undefined) throw new JennerError('unsupported', job.kind)
      const done = await handler(job, reporter.progress, AbortSignal.any([signal, reporter.cancelled]))
      await reporter.stop()
      await api.post(`/agent/jobs/${job.id}/done`, done, { timeout: 120_000 })
    } catch (error) {
      await reporter.stop()
      const retry = !(error instanceof JennerError && lasting.has(error.code))
      await api.post(`/agent/jobs/${job.id}/fail`, { error: (error as Error).message.slice(0, 5000), retry })
    }
  }
}

/** Tells how far a job is, once a second at most, and keeps its lease while it is silent. A lease that the server takes back ends the job. */
function createReporter(api: Api, id: string) {
  const cancel = new AbortController()
  let last: JobProgress = { phase: 'begun', done: 0 }
  let told = 0
  let sending: Promise<unknown> = Promise.resolve()
  const send = (): void => {
    told = Date.now()
    sending = api.post(`/agent/jobs/${id}/progress`, last).catch((error: unknown) => {
      if ((error as JennerError).code === 'server_refused') cancel.abort()
    })
  }
  const timer = setInterval(send, renewEvery)
  return {
    cancelled: cancel.signal,
    progress(now: JobProgress): void {
      last = now
      if (Date.now() - told >= progressEvery) send()
    },
    async stop(): Promise<void> {
      clearInterval(timer)
      await sending
    },
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true })
  })
}
