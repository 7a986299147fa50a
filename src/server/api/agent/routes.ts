import { z } from 'zod'
import { JennerError } from '../../../base/errors.ts'
import type { Context } from '../../context.ts'
import { offerEvidence, pieceBytes, takePiece } from '../../evidence/receive.ts'
import { storeAlerts } from '../../ingest/alerts.ts'
import { storeDeeds } from '../../ingest/deeds.ts'
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
  deedBatch,
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
import { evidenceAnswer, evidenceOffer, evidenceOffset } from '../../schemas/evidence.ts'
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
    ...evidenceRoutes(context),
    ...jobRoutes(context),
  ]
}

function evidenceRoutes(context: Context): Route[] {
  return [
    route({
      method: 'POST',
      path: '/agent/actions',
      access: 'agent',
      summary: 'Steps that playbooks took; what is answered for is kept',
      body: deedBatch,
      response: stored,
      bodyLimit: 16 * mebibyte,
      handle: async ({ body }) => ({ stored: await storeDeeds(context, body) }),
    }),
    route({
      method: 'POST',
      path: '/agent/evidence',
      access: 'agent',
      summary: 'Evidence that an agent will hand over; answers how much of it is here',
      body: evidenceOffer,
      response: evidenceAnswer,
      handle: async ({ body }) => offerEvidence(context, body),
    }),
    route({
      method: 'PUT',
      path: '/agent/evidence/:id',
      access: 'agent',
      summary: 'The next piece of it, of 4 MiB at most',
      query: evidenceOffset,
      binary: true,
      response: evidenceAnswer,
      bodyLimit: pieceBytes,
      handle: async ({ params, query, request }) => {
        if (!Buffer.isBuffer(request.body)) throw new JennerError('bad_argument', 'application/octet-stream')
        return takePiece(context, params.id!, query.offset, request.body)
      },
    }),
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
