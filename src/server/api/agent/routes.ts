import { z } from 'zod'
import { JennerError } from '../../../base/errors.ts'
import type { Context } from '../../context.ts'
import { storeAlerts } from '../../ingest/alerts.ts'
import { storeEvents } from '../../ingest/events.ts'
import { storeLoaded } from '../../ingest/loaded.ts'
import { judgeLogs } from '../../ingest/log-rules.ts'
import { storeLogs } from '../../ingest/logs.ts'
import { storeHello, storeSnapshot } from '../../ingest/snapshot.ts'
import { iso } from '../../ingest/time.ts'
import { jobEnded, jobFailedForGood } from '../../jobs/outcome.ts'
import {
  agentConfig,
  alertBatch,
  eventBatch,
  hello,
  jobDone,
  jobFailed,
  jobProgress,
  leaseAnswer,
  leaseInput,
  loadedBatch,
  logBatch,
  snapshot,
} from '../../schemas/agent.ts'
import { type Route, route } from '../route.ts'
import { configOf } from './config.ts'

const stored = z.object({ stored: z.int() })
const mebibyte = 1024 * 1024

/** What agents tell and ask. Over the socket, or with a token of scope `agent`. */
export function agentRoutes(context: Context): Route[] {
  return [
    route({
      method: 'POST',
      path: '/agent/hello',
      access: 'agent',
      summary: 'An agent says who it is',
      body: hello,
      handle: async ({ body }) => storeHello(context, body),
    }),
    route({
      method: 'POST',
      path: '/agent/snapshot',
      access: 'agent',
      summary: 'All that a host has now',
      body: snapshot,
      bodyLimit: 64 * mebibyte,
      handle: async ({ body }) => {
        if (!(await storeSnapshot(context, body))) throw new JennerError('conflict', 'hello first')
      },
    }),
    route({
      method: 'POST',
      path: '/agent/alerts',
      access: 'agent',
      summary: 'Alerts; what is answered for is kept',
      body: alertBatch,
      response: stored,
      bodyLimit: 64 * mebibyte,
      handle: async ({ body }) => ({ stored: await storeAlerts(context, body) }),
    }),
    route({
      method: 'POST',
      path: '/agent/loaded',
      access: 'agent',
      summary: 'Files that processes opened or mapped',
      body: loadedBatch,
      bodyLimit: 64 * mebibyte,
      handle: async ({ body }) => storeLoaded(context, body),
    }),
    route({
      method: 'POST',
      path: '/agent/events',
      access: 'agent',
      summary: 'Events; what is answered for is kept',
      body: eventBatch,
      response: stored,
      bodyLimit: 64 * mebibyte,
      handle: async ({ body }) => ({ stored: await storeEvents(context, body) }),
    }),
    route({
      method: 'POST',
      path: '/agent/logs',
      access: 'agent',
      summary: 'Lines of containers’ logs',
      body: logBatch,
      response: stored,
      bodyLimit: 64 * mebibyte,
      handle: async ({ body }) => {
        const count = await storeLogs(context, body)
        await judgeLogs(context, body)
        return { stored: count }
      },
    }),
    route({
      method: 'GET',
      path: '/agent/config',
      access: 'agent',
      summary: 'What an agent runs by',
      response: agentConfig,
      handle: async () => configOf(context),
    }),
    ...jobRoutes(context),
  ]
}

function jobRoutes(context: Context): Route[] {
  const { queue } = context
  return [
    route({
      method: 'POST',
      path: '/agent/jobs/lease',
      access: 'agent',
      summary: 'Asks for work',
      body: leaseInput,
      response: leaseAnswer,
      handle: async ({ body, who }) => {
        const job = await queue.lease(who.name, body.hostId, body.kinds, body.wait * 1000)
        if (!job) return {}
        if (job.kind === 'scan_image')
          await context.db.updateTable('images').set({ scan_state: 'running' }).where('id', '=', job.target).execute()
        if (job.kind === 'action')
          await context.db.updateTable('actions').set({ state: 'running' }).where('id', '=', job.target).execute()
        if (job.kind === 'drill')
          await context.db.updateTable('drills').set({ state: 'running' }).where('id', '=', job.target).execute()
        const { id, kind, target, data, lease_until: until } = job
        return {
          job: {
            id,
            kind: kind as 'rules',
            target,
            data: JSON.parse(data) as Record<string, unknown>,
            until: iso(until!),
          },
        }
      },
    }),
    route({
      method: 'POST',
      path: '/agent/jobs/:id/progress',
      access: 'agent',
      summary: 'Tells how far a job is, and keeps its lease',
      body: jobProgress,
      handle: async ({ body, params, who }) => {
        if (!(await queue.progress(params.id!, who.name, body))) throw new JennerError('conflict', 'lease')
      },
    }),
    route({
      method: 'POST',
      path: '/agent/jobs/:id/done',
      access: 'agent',
      summary: 'A job is done',
      body: jobDone,
      bodyLimit: 256 * mebibyte,
      handle: async ({ body, params, who }) => {
        const id = params.id!
        const held = await context.db
          .selectFrom('jobs')
          .selectAll()
          .where('id', '=', id)
          .where('lease_by', '=', who.name)
          .executeTakeFirst()
        if (held?.state !== 'running') throw new JennerError('conflict', 'lease')
        // What it found is kept before the job counts as done: who dies in between does it again.
        await jobEnded(context, held, body)
        await queue.done(id, who.name)
      },
    }),
    route({
      method: 'POST',
      path: '/agent/jobs/:id/fail',
      access: 'agent',
      summary: 'A job failed',
      body: jobFailed,
      handle: async ({ body, params, who }) => {
        const job = await queue.fail(params.id!, who.name, body.error, body.retry)
        if (!job) throw new JennerError('conflict', 'lease')
        if (job.state === 'failed') await jobFailedForGood(context, job)
      },
    }),
  ]
}
