import { sql } from 'kysely'
import { JennerError } from '../../../base/errors.ts'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { iso, isoOr } from '../../ingest/time.ts'
import type { JobRow } from '../../jobs/queue.ts'
import { type Job, type JobInput, job, jobInput, jobPage, jobQuery } from '../../schemas/jobs.ts'
import { found, parsed } from '../found.ts'
import { type Route, route } from '../route.ts'
import { requestHostScan, requestScan } from './scan.ts'

export function jobRoutes(context: Context): Route[] {
  const { db } = context
  const find = async (id: string) =>
    found(await db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst(), 'job')
  return [
    route({
      method: 'GET',
      path: '/jobs',
      access: 'viewer',
      summary: 'Work that waits, runs, and is done',
      query: jobQuery,
      response: jobPage,
      csv: true,
      handle: async ({ query }) => {
        let select = db.selectFrom('jobs').selectAll()
        if (query.kind) select = select.where('kind', 'in', query.kind)
        if (query.state) select = select.where('state', 'in', query.state)
        const page = await pageOf(db, select, {
          sorts: { createdAt: sql`created_at`, state: sql`state`, priority: sql`priority`, kind: sql`kind` },
          byDefault: '-createdAt',
          id: sql`id`,
          idOf: row => row.id,
          query,
        })
        return { ...page, items: page.items.map(jobOf) }
      },
    }),
    route({
      method: 'POST',
      path: '/jobs',
      access: 'analyst',
      summary: 'Asks for a scan, a new judgement, or new feeds',
      body: jobInput,
      response: job,
      status: 202,
      audit: 'job.request',
      auditDetail: body => `${body.kind} ${body.target}`,
      handle: async ({ body }) => jobOf(await find(await request(context, body))),
    }),
    route({
      method: 'GET',
      path: '/jobs/:id',
      access: 'viewer',
      summary: 'One job',
      response: job,
      handle: async ({ params }) => jobOf(await find(params.id!)),
    }),
    route({
      method: 'DELETE',
      path: '/jobs/:id',
      access: 'analyst',
      summary: 'Cancels a job that still waits',
      audit: 'job.cancel',
      handle: async ({ params }) => {
        await find(params.id!)
        if (!(await context.queue.cancel(params.id!))) throw new JennerError('conflict', 'state')
      },
    }),
  ]
}

async function request(context: Context, { kind, target }: JobInput): Promise<string> {
  if (kind === 'scan_image') return requestScan(context, target)
  if (kind === 'scan_host') return requestHostScan(context, target)
  if (kind === 'feeds' && (context.offline || context.settings.get().feeds.offline))
    throw new JennerError('conflict', 'offline')
  return context.queue.add({ kind, target: '', title: kind, hostId: '', priority: 50 })
}

export function jobOf(row: JobRow): Job {
  return {
    id: row.id,
    kind: row.kind as Job['kind'],
    target: row.target,
    title: row.title,
    state: row.state as Job['state'],
    priority: row.priority,
    attempts: row.attempts,
    ...(row.progress && { progress: parsed<NonNullable<Job['progress']>>(row.progress) }),
    ...(row.error && { error: row.error }),
    createdAt: iso(row.created_at),
    ...isoOr('startedAt', row.started_at),
    ...isoOr('finishedAt', row.finished_at),
  }
}
