import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { hasWords, wordsTable } from '../../db/search.ts'
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
        const page = await pageOf(context.db, ...searched(context, query))
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

function filtered({ db }: Context, query: EventQuery) {
  const { kind, container, host, since, until } = query
  let select = db.selectFrom('events').selectAll('events')
  if (kind) select = select.where('events.kind', 'in', kind)
  if (container)
    select = select.where('events.container_id', 'in', eb =>
      eb
        .selectFrom('containers')
        .select('id')
        .where(one => one.or([one('id', '=', container), one('name', '=', container)])),
    )
  if (host) select = select.where('events.host_id', '=', host)
  if (since) select = select.where('events.time', '>=', Date.parse(since))
  if (until) select = select.where('events.time', '<=', Date.parse(until))
  return select
}

/** With words, the newest rows come first by their arrival, which the index of words knows; without, by their time. */
function searched(context: Context, query: EventQuery) {
  const words = query.q ? hasWords(context.store.kind, 'events', query.q) : undefined
  const rows = filtered(context, query)
  const by = words ? sql`events_words.rowid` : sql`events.time`
  const select = words ? rows.innerJoin(wordsTable('events'), 'events_words.rowid', 'events.seq').where(words) : rows
  const id = words ? sql`events_words.rowid` : sql`events.id`
  const idOf = (row: { id: string; seq: number }) => (words ? row.seq : row.id)
  return [select, { sorts: { time: by }, byDefault: '-time', id, idOf, query }] as const
}
