import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { hasWords } from '../../db/search.ts'
import { priorityNumber } from '../../judge/scales.ts'
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
        const page = await pageOf(db, filtered(context, query), {
          sorts: { time: sql`alerts.time` },
          byDefault: '-time',
          id: sql`alerts.id`,
          idOf: row => row.id,
          query,
        })
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

function filtered({ db, store }: Context, query: AlertQuery) {
  const { priority, rule, container, image, host, since, until, incident, q } = query
  let select = db.selectFrom('alerts').selectAll()
  if (incident) select = select.where('incident_id', '=', incident)
  if (priority) select = select.where('priority', 'in', priority.map(priorityNumber))
  if (rule) select = select.where('rule', '=', rule)
  if (container)
    select = select.where('container_id', 'in', eb =>
      eb
        .selectFrom('incidents')
        .select('container_id')
        .where(one => one.or([one('container_id', '=', container), one('container', '=', container)])),
    )
  // Few incidents stand for many alerts: to look there first is an index instead of a walk.
  if (image)
    select = select.where('incident_id', 'in', eb =>
      eb
        .selectFrom('incidents')
        .select('id')
        .where(one => one.or([one('image_id', '=', image), one('image', '=', image)])),
    )
  if (host) select = select.where('host_id', '=', host)
  if (since) select = select.where('time', '>=', Date.parse(since))
  if (until) select = select.where('time', '<=', Date.parse(until))
  const words = q ? hasWords(store.kind, 'alerts', q) : undefined
  if (words) select = select.where(words)
  return select
}
