import { JennerError } from '../../base/errors.ts'
import { databasePath } from '../../scan/advisories/place.ts'
import type { Context } from '../context.ts'
import { noteEvent } from '../ingest/events.ts'
import { jobFailedForGood } from './outcome.ts'
import type { JobRow } from './queue.ts'

/** Work of the server itself: by its kind. What it throws fails the job. */
export type Worker = (
  context: Context,
  job: JobRow,
  progress: (phase: string, done: number, total?: number) => void,
) => Promise<void>

export const workers: Record<string, Worker> = { rejudge, feeds }

const me = 'server'

/** Does the server's own jobs, one after the other, until it stops. */
export async function runJobs(context: Context, more: Record<string, Worker> = {}): Promise<void> {
  const { queue, stopping, log } = context
  const all = { ...workers, ...more }
  while (!stopping.aborted) {
    try {
      const job = await queue.lease(me, '', Object.keys(all), 30_000)
      if (job && !stopping.aborted) await runJob(context, job, all[job.kind]!)
    } catch (error) {
      if (stopping.aborted) return
      log('error', 'job queue', { error: String(error) })
      await new Promise(resolve => setTimeout(resolve, 5000).unref())
    }
  }
}

async function runJob(context: Context, job: JobRow, work: Worker): Promise<void> {
  const { queue, log } = context
  let last = { phase: 'started', done: 0 } as { phase: string; done: number; total?: number }
  let told = 0
  const tell = () => {
    told = performance.now()
    void queue.progress(job.id, me, last).catch(() => {})
  }
  const keep = setInterval(tell, 20_000)
  try {
    await work(context, job, (phase, done, total) => {
      last = { phase, done, ...(total !== undefined && { total }) }
      if (performance.now() - told > 1000) tell()
    })
    await queue.done(job.id, me)
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    log('error', 'job failed', { kind: job.kind, error: text })
    const failed = await queue.fail(job.id, me, text, retryable(error))
    if (failed?.state === 'failed') await jobFailedForGood(context, failed)
  } finally {
    clearInterval(keep)
  }
}

function retryable(error: unknown): boolean {
  return !(error instanceof JennerError && ['usage', 'bad_argument', 'unsupported', 'feed_shrank'].includes(error.code))
}

/** Judges everything by the advisories as they are, and says what is new. */
async function rejudge(context: Context, _: JobRow, progress: Parameters<Worker>[2]): Promise<void> {
  const { images, packages, added, removed, milliseconds, by } = await context.verdicts.rejudge((done, total) =>
    progress('judge', done, total),
  )
  const text = `${images} images, ${packages} packages in ${milliseconds} ms by ${by}: ${added} new, ${removed} gone`
  await noteEvent(context, { kind: 'scan', name: added > 0 ? 'new_findings' : 'judged', text })
}

/** Fetches the feeds. An empty or shrinking feed is an error that is shown, and the last good database stays. */
async function feeds(context: Context, job: JobRow, progress: Parameters<Worker>[2]): Promise<void> {
  const { advisories, offline, settings, queue } = context
  if (offline || settings.get().feeds.offline) throw new JennerError('usage', '--offline')
  const { updateAdvisories } = await import('../../scan/advisories/update/update.ts')
  const report = await updateAdvisories({
    to: advisories.db ?? databasePath(advisories.cacheDir),
    signal: context.stopping,
    onFile: ({ done, of }) => progress('fetch', done, of),
  })
  const problems = [...report.stale, ...report.lost].map(one => `${one.file}: ${one.reason}`)
  const name = problems.length > 0 ? 'stale' : report.changed ? 'updated' : 'unchanged'
  await noteEvent(context, { kind: 'feed', name, text: [job.title, ...problems].join('; ').slice(0, 4000) })
  if (report.changed) await queue.add({ kind: 'rejudge', target: '', title: 'rejudge', hostId: '' })
  else await context.verdicts.reopen()
}
