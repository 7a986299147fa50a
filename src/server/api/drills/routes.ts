import { sql } from 'kysely'
import { z } from 'zod'
import { JennerError } from '../../../base/errors.ts'
import type { Context } from '../../context.ts'
import { newId } from '../../db/id.ts'
import { pageOf } from '../../db/page.ts'
import type { Tables } from '../../db/tables.ts'
import { iso, isoOr } from '../../ingest/time.ts'
import {
  type Drill,
  type DrillBeside,
  type DrillBesideDone,
  type DrillInput,
  drill,
  drillBeside,
  drillBesideDone,
  drillInput,
  drillPage,
  drillQuery,
  scenario,
} from '../../schemas/drills.ts'
import { found, parsed } from '../found.ts'
import { type Route, route } from '../route.ts'

type Row = Tables['drills']

export function drillRoutes(context: Context): Route[] {
  const { db } = context
  return [
    route({
      method: 'GET',
      path: '/drills',
      access: 'viewer',
      summary: 'Drills, and what each found',
      query: drillQuery,
      response: drillPage,
      csv: true,
      handle: async ({ query }) => {
        const page = await pageOf(db, db.selectFrom('drills').selectAll(), {
          sorts: { createdAt: sql`created_at` },
          byDefault: '-createdAt',
          id: sql`id`,
          idOf: row => row.id,
          query,
        })
        return { ...page, items: page.items.map(drillOf) }
      },
    }),
    route({
      method: 'GET',
      path: '/drills/scenarios',
      access: 'viewer',
      summary: 'What can be tried',
      response: z.array(scenario),
      handle: async () => {
        const { scenarios } = await import('../../../runtime/drill/scenarios.ts')
        return scenarios.map(({ id, title, area, technique, rule, mustBlock }) => ({
          id,
          title,
          area,
          technique,
          rule,
          blocks: Boolean(mustBlock),
        }))
      },
    }),
    route({
      method: 'POST',
      path: '/drills',
      access: 'analyst',
      summary: 'Runs harmless attacks in a container of its own',
      body: drillInput,
      response: drill,
      status: 202,
      audit: 'drill.run',
      handle: async ({ body, who }) => start(context, body, who.name),
    }),
    route({
      method: 'POST',
      path: '/drills/beside',
      access: 'agent',
      summary: 'Somebody with the rights of the state folder runs a drill by the command',
      body: drillBeside,
      response: drill,
      status: 201,
      audit: 'drill.beside',
      auditDetail: body => body.by,
      handle: async ({ body, who }) => {
        if (who.kind !== 'local') throw new JennerError('forbidden', 'socket')
        return beside(context, body)
      },
    }),
    route({
      method: 'POST',
      path: '/drills/beside/:id',
      access: 'agent',
      summary: 'What such a drill found',
      body: drillBesideDone,
      handle: async ({ params, body, who }) => {
        if (who.kind !== 'local') throw new JennerError('forbidden', 'socket')
        await endBeside(context, params.id!, body)
      },
    }),
    route({
      method: 'GET',
      path: '/drills/:id',
      access: 'viewer',
      summary: 'One drill',
      response: drill,
      handle: async ({ params }) =>
        drillOf(
          found(await db.selectFrom('drills').selectAll().where('id', '=', params.id!).executeTakeFirst(), 'drill'),
        ),
    }),
  ]
}

async function start({ db, now, queue, bus }: Context, input: DrillInput, by: string): Promise<Drill> {
  const host = input.hostId
    ? await db.selectFrom('hosts').select(['id', 'name']).where('id', '=', input.hostId).executeTakeFirst()
    : await db.selectFrom('hosts').select(['id', 'name']).orderBy('last_seen', 'desc').limit(1).executeTakeFirst()
  if (!host) throw new JennerError('target_not_found', 'host')
  const row: Row = {
    id: newId(now()),
    host_id: host.id,
    state: 'queued',
    requested_by: by,
    created_at: now(),
    finished_at: null,
    total: input.scenarios?.length ?? 0,
    detected: 0,
    scenarios: JSON.stringify(input.scenarios ?? []),
    results: '[]',
    error: '',
    origin: 'console',
  }
  await db.insertInto('drills').values(row).execute()
  const data = input.scenarios ? { scenarios: input.scenarios } : {}
  await queue.add({ kind: 'drill', target: row.id, title: host.name, hostId: host.id, data })
  bus.emit('drill', row.id)
  return drillOf(row)
}

async function beside({ db, now, bus }: Context, { hostId, by, scenarios }: DrillBeside): Promise<Drill> {
  const row: Row = {
    id: newId(now()),
    host_id: hostId,
    state: 'running',
    requested_by: by,
    created_at: now(),
    finished_at: null,
    total: scenarios.length,
    detected: 0,
    scenarios: JSON.stringify(scenarios),
    results: '[]',
    error: '',
    origin: 'command',
  }
  await db.insertInto('drills').values(row).execute()
  bus.emit('drill', row.id)
  return drillOf(row)
}

async function endBeside({ db, now, bus }: Context, id: string, { results, error }: DrillBesideDone): Promise<void> {
  const row = found(
    await db.selectFrom('drills').selectAll().where('id', '=', id).where('origin', '=', 'command').executeTakeFirst(),
    'drill',
  )
  if (row.state !== 'running') throw new JennerError('conflict', row.state)
  await db
    .updateTable('drills')
    .set({
      state: error === undefined ? 'done' : 'failed',
      finished_at: now(),
      total: Math.max(row.total, results.length),
      detected: results.filter(one => one.detected).length,
      results: JSON.stringify(results),
      error: error ?? '',
    })
    .where('id', '=', id)
    .execute()
  bus.emit('drill', id)
}

/** A command that was killed says nothing any more: its drill is over after this, longer than all scenarios take. */
const mostTime = 3_600_000

/** Ends drills of commands that never said how they ended. */
export async function endLostDrills({ db, now, bus }: Context): Promise<void> {
  const rows = await db
    .selectFrom('drills')
    .select('id')
    .where('state', '=', 'running')
    .where('origin', '=', 'command')
    .where('created_at', '<', now() - mostTime)
    .execute()
  for (const { id } of rows) {
    await db
      .updateTable('drills')
      .set({ state: 'failed', error: 'lost', finished_at: now() })
      .where('id', '=', id)
      .execute()
    bus.emit('drill', id)
  }
}

function drillOf(row: Row): Drill {
  return {
    id: row.id,
    hostId: row.host_id,
    state: row.state as Drill['state'],
    requestedBy: row.requested_by,
    createdAt: iso(row.created_at),
    ...isoOr('finishedAt', row.finished_at),
    total: row.total,
    detected: row.detected,
    results: parsed(row.results),
    ...(row.error && { error: row.error }),
    origin: row.origin === 'command' ? 'command' : 'console',
  }
}
