import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { hasWords } from '../../db/search.ts'
import { iso } from '../../ingest/time.ts'
import { type EventQuery, type EventRow, eventPage, eventQuery } from '../../schemas/events.ts'
import { type Route, route } from '../route.ts'

export function eventRoutes(context: Context): Route[] {
  return [
    route({
      method: 'GET',
      path: '/events',
      access: 'viewer',
      summary: 'What happened to containers, images and the platform, newest first',
      query: eventQuery,
      response: eventPage,
      csv: true,
      handle: async ({ query }) => {
        const page = await pageOf(context.db, filtered(context, query), {
          sorts: { time: sql`events.time` },
          byDefault: '-time',
          id: sql`events.id`,
          idOf: row => row.id,
          query,
        })
        const items = page.items.map(row => ({
          id: row.id,
          time: iso(row.time),
          kind: row.kind as EventRow['kind'],
          name: row.name,
          hostId: row.host_id,
          containerId: row.container_id,
          container: row.container,
          text: row.text,
        }))
        return { ...page, items }
      },
    }),
  ]
}

function filtered({ db, store }: Context, query: EventQuery) {
  const { kind, container, host, since, until, q } = query
  let select = db.selectFrom('events').selectAll()
  if (kind) select = select.where('kind', 'in', kind)
  if (container)
    select = select.where('container_id', 'in', eb =>
      eb
        .selectFrom('containers')
        .select('id')
        .where(one => one.or([one('id', '=', container), one('name', '=', container)])),
    )
  if (host) select = select.where('host_id', '=', host)
  if (since) select = select.where('time', '>=', Date.parse(since))
  if (until) select = select.where('time', '<=', Date.parse(until))
  const words = q ? hasWords(store.kind, 'events', q) : undefined
  if (words) select = select.where(words)
  return select
}
