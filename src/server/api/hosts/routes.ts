import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import type { Tables } from '../../db/tables.ts'
import { iso } from '../../ingest/time.ts'
import { type Host, host, hostPage, hostQuery } from '../../schemas/hosts.ts'
import { found, parsed } from '../found.ts'
import { holds } from '../like.ts'
import { type Route, route } from '../route.ts'

/** An agent that says nothing for so long is not there. */
export const silence = 60_000

export function hostRoutes(context: Context): Route[] {
  const { db, now } = context
  return [
    route({
      method: 'GET',
      path: '/hosts',
      access: 'viewer',
      summary: 'Hosts, their agents and what nobody watches',
      query: hostQuery,
      response: hostPage,
      csv: true,
      handle: async ({ query }) => {
        let select = db.selectFrom('hosts').selectAll()
        if (query.state) select = select.where('last_seen', query.state === 'online' ? '>=' : '<', now() - silence)
        if (query.q) select = select.where(holds(['name', 'os', 'id'], query.q))
        const page = await pageOf(db, select, {
          sorts: { name: sql`name`, lastSeen: sql`last_seen`, firstSeen: sql`first_seen` },
          byDefault: 'name',
          id: sql`id`,
          idOf: row => row.id,
          query,
        })
        return { ...page, items: await Promise.all(page.items.map(row => hostOf(context, row))) }
      },
    }),
    route({
      method: 'GET',
      path: '/hosts/:id',
      access: 'viewer',
      summary: 'One host',
      response: host,
      handle: async ({ params }) => {
        const row = await db.selectFrom('hosts').selectAll().where('id', '=', params.id!).executeTakeFirst()
        return hostOf(context, found(row, 'host'))
      },
    }),
  ]
}

export async function hostOf({ db, now }: Context, row: Tables['hosts']): Promise<Host> {
  const counted = await db
    .selectFrom('containers')
    .select([sql<number>`count(*)`.as('n'), sql<number>`count(distinct image_id)`.as('images')])
    .where('host_id', '=', row.id)
    .where('state', '!=', 'gone')
    .executeTakeFirstOrThrow()
  const online = now() - row.last_seen < silence
  return {
    id: row.id,
    name: row.name,
    os: row.os,
    kernel: row.kernel,
    cores: row.cores,
    memory: row.memory,
    agentVersion: row.agent_version,
    state: online ? 'online' : 'offline',
    firstSeen: iso(row.first_seen),
    lastSeen: iso(row.last_seen),
    runtimes: parsed(row.runtimes),
    sensor: sensorOf(row.sensor),
    containers: Number(counted.n),
    images: Number(counted.images),
    risks: parsed(row.risks),
  }
}

/** Coverage: of what the kernel produced, the share that was not lost. */
export function sensorOf(text: string): Host['sensor'] {
  if (text === '') return { state: 'off', losses: [], produced: 0, filtered: 0, judged: 0, lost: 0 }
  const sensor = parsed<Omit<Host['sensor'], 'coverage'>>(text)
  const all = sensor.produced + sensor.lost
  return all > 0 ? { ...sensor, coverage: Math.floor((sensor.produced / all) * 10_000) / 100 } : sensor
}
