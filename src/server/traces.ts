import type { Work } from '../reporting/traces/traces.ts'
import type { Context } from './context.ts'
import type { JobRow } from './jobs/queue.ts'

const remembered = 1000

/** Tells a collector of every job that ended: scans, responses, drills, reports, with the time each waited and the time it took. Answers how to stop. */
export async function startTracing(context: Context, endpoint: string): Promise<() => Promise<void>> {
  const { openTraces } = await import('../reporting/traces/traces.ts')
  const traces = openTraces({ endpoint, version: context.version })
  const told = new Set<string>()
  const look = async (id: string): Promise<void> => {
    const job = await context.db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst()
    if (job === undefined || job.finished_at === null || told.has(id)) return
    if (told.size >= remembered) told.clear()
    told.add(id)
    traces.record(workOf(job))
  }
  const unlisten = context.bus.listen(({ type, id }) => {
    if (type === 'job' && id !== '') look(id).catch(() => {})
  })
  return async () => {
    unlisten()
    await traces.close()
  }
}

function workOf(job: JobRow): Work {
  const { kind, target, title, state, attempts, created_at: start, started_at: began, finished_at: end, error } = job
  const parts: Work[] =
    began === null
      ? []
      : [
          { name: 'wait', start, end: began, attributes: {} },
          { name: 'work', start: began, end: end!, attributes: { 'jenner.job.attempts': attempts } },
        ]
  return {
    name: kind,
    start,
    end: end!,
    attributes: {
      'jenner.job.id': job.id,
      'jenner.job.target': target,
      'jenner.job.title': title,
      'jenner.job.state': state,
    },
    ...(state === 'failed' && { error }),
    parts,
  }
}
