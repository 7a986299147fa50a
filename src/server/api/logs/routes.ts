import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { hasWords, wordsTable } from '../../db/search.ts'
import type { Tables } from '../../db/tables.ts'
import { iso } from '../../ingest/time.ts'
import { type LogLine, type LogQuery, logPage, logQuery } from '../../schemas/logs.ts'
import { type Route, route } from '../route.ts'

type Row = Pick<Tables['logs'], 'id' | 'time' | 'host_id' | 'container_id' | 'container' | 'stream' | 'text'>

export function logRoutes(context: Context): Route[] {
  return [
    route({
      method: 'GET',
      path: '/logs',
      access: 'viewer',
      summary: 'What containers print, newest first; with `context`, lines around each hit',
      query: logQuery,
      response: logPage,
      csv: true,
      // Logs may hold personal data in spite of masking: who read them is kept.
      audit: 'logs.read',
      handle: async ({ query }) => {
        const page = await pageOf(context.db, filtered(context, query), {
          sorts: { time: sql`time` },
          byDefault: '-time',
          id: sql`id`,
          idOf: row => row.id,
          query,
        })
        const rows = query.context === 0 ? page.items : await withContext(context, page.items, query.context)
        return { ...page, items: rows.map(lineOf) }
      },
    }),
  ]
}

function filtered({ db, store }: Context, query: LogQuery) {
  const { container, stream, since, until, q } = query
  let select = db.selectFrom('logs').selectAll()
  if (container)
    select = select.where(eb => eb.or([eb('container_id', '=', container), eb('container', '=', container)]))
  if (stream) select = select.where('stream', '=', stream)
  if (since) select = select.where('time', '>=', Date.parse(since))
  if (until) select = select.where('time', '<=', Date.parse(until))
  const words = q ? hasWords(store.kind, 'logs', q) : undefined
  return words
    ? select.where('seq', 'in', eb => eb.selectFrom(wordsTable('logs')).select('rowid').where(words))
    : select
}

/** The hits with so many lines of the same container before and after each; every line once, in the order of the page. */
async function withContext({ db }: Context, hits: Row[], lines: number): Promise<Row[]> {
  const found = new Map<string, Row>()
  const around = (hit: Row, newer: boolean) =>
    db
      .selectFrom('logs')
      .selectAll()
      .where('container_id', '=', hit.container_id)
      .where(eb =>
        newer
          ? eb.or([eb('time', '>', hit.time), eb.and([eb('time', '=', hit.time), eb('id', '>', hit.id)])])
          : eb.or([eb('time', '<', hit.time), eb.and([eb('time', '=', hit.time), eb('id', '<', hit.id)])]),
      )
      .orderBy('time', newer ? 'asc' : 'desc')
      .orderBy('id', newer ? 'asc' : 'desc')
      .limit(lines)
      .execute()
  for (const hit of hits) {
    const [after, before] = [await around(hit, true), await around(hit, false)]
    for (const row of [...after.reverse(), hit, ...before]) found.set(row.id, row)
  }
  return [...found.values()]
}

function lineOf(row: Row): LogLine {
  return {
    id: row.id,
    time: iso(row.time),
    hostId: row.host_id,
    containerId: row.container_id,
    container: row.container,
    stream: row.stream as LogLine['stream'],
    text: row.text,
  }
}
