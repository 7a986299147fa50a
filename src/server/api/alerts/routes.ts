import { sql } from 'kysely'
import { priorityNumber } from '../../../base/model/priority.ts'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { hasWords, wordsTable } from '../../db/search.ts'
import { type AlertQuery, alert, alertPage, alertQuery } from '../../schemas/incidents.ts'
import { found } from '../found.ts'
import { type Route, route } from '../route.ts'
import { alertOf } from './rows.ts'

export function alertRoutes(context: Context): Route[] {
  const { db } = context
  return [
    route({
      method: 'GET',
      path: '/alerts',
      access: 'viewer',
      summary: 'Every alert, newest first',
      query: alertQuery,
      response: alertPage,
      csv: true,
      handle: async ({ query }) => {
        const page = await pageOf(db, ...searched(context, query))
        return { ...page, items: page.items.map(alertOf) }
      },
    }),
    route({
      method: 'GET',
      path: '/alerts/:id',
      access: 'viewer',
      summary: 'One alert',
      response: alert,
      handle: async ({ params }) =>
        alertOf(
          found(await db.selectFrom('alerts').selectAll().where('id', '=', params.id!).executeTakeFirst(), 'alert'),
        ),
    }),
  ]
}

function filtered({ db }: Context, query: AlertQuery) {
  const { priority, rule, container, image, host, since, until, incident } = query
  let select = db.selectFrom('alerts').selectAll('alerts')
  if (incident) select = select.where('alerts.incident_id', '=', incident)
  if (priority) select = select.where('alerts.priority', 'in', priority.map(priorityNumber))
  if (rule) select = select.where('alerts.rule', '=', rule)
  if (container)
    select = select.where('alerts.container_id', 'in', eb =>
      eb
        .selectFrom('incidents')
        .select('container_id')
        .where(one => one.or([one('container_id', '=', container), one('container', '=', container)])),
    )
  // Few incidents stand for many alerts: to look there first is an index instead of a walk.
  if (image)
    select = select.where('alerts.incident_id', 'in', eb =>
      eb
        .selectFrom('incidents')
        .select('id')
        .where(one => one.or([one('image_id', '=', image), one('image', '=', image)])),
    )
  if (host) select = select.where('alerts.host_id', '=', host)
  if (since) select = select.where('alerts.time', '>=', Date.parse(since))
  if (until) select = select.where('alerts.time', '<=', Date.parse(until))
  return select
}

/** With words, the newest rows come first by their arrival, which the index of words knows; without, by their time. */
function searched(context: Context, query: AlertQuery) {
  const words = query.q ? hasWords(context.store.kind, 'alerts', query.q) : undefined
  const rows = filtered(context, query)
  const by = words ? sql`alerts_words.rowid` : sql`alerts.time`
  const select = words ? rows.innerJoin(wordsTable('alerts'), 'alerts_words.rowid', 'alerts.seq').where(words) : rows
  const id = words ? sql`alerts_words.rowid` : sql`alerts.id`
  const idOf = (row: { id: string; seq: number }) => (words ? row.seq : row.id)
  return [select, { sorts: { time: by }, byDefault: '-time', id, idOf, query }] as const
}
