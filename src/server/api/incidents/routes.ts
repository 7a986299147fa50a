import { sql } from 'kysely'
import { JennerError } from '../../../base/errors.ts'
import { priorityNumber } from '../../../base/model/priority.ts'
import type { Context } from '../../context.ts'
import { newId } from '../../db/id.ts'
import { pageOf } from '../../db/page.ts'
import {
  type Assignees,
  assignees,
  incidentDetail as detailSchema,
  type IncidentQuery,
  incident,
  incidentPage,
  incidentPatch,
  incidentQuery,
} from '../../schemas/incidents.ts'
import { found } from '../found.ts'
import { holds } from '../like.ts'
import { type Route, route } from '../route.ts'
import { incidentDetail } from './detail.ts'
import { evidenceRoute } from './evidence.ts'
import { incidentsOf, selectIncidents } from './rows.ts'

export function incidentRoutes(context: Context): Route[] {
  const { db } = context
  return [
    route({
      method: 'GET',
      path: '/incidents',
      access: 'viewer',
      summary: 'Alerts grouped into what somebody must look at',
      query: incidentQuery,
      response: incidentPage,
      csv: true,
      handle: async ({ query }) => {
        const page = await pageOf(db, filtered(context, query), {
          sorts: {
            last: sql`incidents.last`,
            first: sql`incidents.first`,
            priority: sql`incidents.priority`,
            count: sql`incidents.count`,
            rule: sql`incidents.rule`,
            container: sql`incidents.container`,
            state: sql`incidents.state`,
          },
          byDefault: '-last',
          id: sql`incidents.id`,
          idOf: row => row.id,
          query,
        })
        return { ...page, items: await incidentsOf(context, page.items) }
      },
    }),
    route({
      method: 'GET',
      path: '/incidents/assignees',
      access: 'viewer',
      summary: 'Who may be given an incident',
      response: assignees,
      handle: async () => assignable(context),
    }),
    route({
      method: 'GET',
      path: '/incidents/:id',
      access: 'viewer',
      summary: 'One incident: what happened, in order, and what was done',
      response: detailSchema,
      handle: async ({ params }) => incidentDetail(context, params.id!),
    }),
    evidenceRoute(context),
    route({
      method: 'PATCH',
      path: '/incidents/:id',
      access: 'analyst',
      summary: 'Changes its state or who looks at it; adds a comment',
      body: incidentPatch,
      response: incident,
      audit: 'incident.change',
      auditDetail: ({ state, assignee, comment }) =>
        [state, assignee !== undefined && `assignee: ${assignee || '-'}`, comment && 'comment']
          .filter(Boolean)
          .join(' '),
      handle: async ({ params, body, who }) => {
        const id = params.id!
        const before = found(
          await db.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst(),
          'incident',
        )
        if (body.assignee && body.assignee !== before.assignee && body.assignee !== who.name)
          if (!(await assignable(context)).some(({ name }) => name === body.assignee))
            throw new JennerError('bad_argument', `assignee: ${body.assignee}`)
        const time = context.now()
        const note = (kind: string, text: string) => ({
          id: newId(time),
          incident_id: id,
          time,
          kind,
          actor: who.name,
          text,
        })
        const notes: ReturnType<typeof note>[] = []
        if (body.state && body.state !== before.state) notes.push(note('state', body.state))
        if (body.assignee !== undefined && (body.assignee ?? '') !== before.assignee)
          notes.push(note('state', `assignee: ${body.assignee ?? '-'}`))
        if (body.comment) notes.push(note('comment', body.comment))
        await db.transaction().execute(async transaction => {
          const change = {
            ...(body.state && { state: body.state }),
            ...(body.assignee !== undefined && { assignee: body.assignee ?? '' }),
          }
          if (Object.keys(change).length > 0)
            await transaction.updateTable('incidents').set(change).where('id', '=', id).execute()
          if (notes.length > 0) await transaction.insertInto('notes').values(notes).execute()
        })
        context.bus.emit('incident', id)
        const row = await selectIncidents(context).where('incidents.id', '=', id).executeTakeFirstOrThrow()
        return (await incidentsOf(context, [row]))[0]!
      },
    }),
  ]
}

/** Accounts that may change an incident. */
async function assignable({ db }: Context): Promise<Assignees> {
  const rows = await db
    .selectFrom('users')
    .select(['name', 'role'])
    .where('disabled', '=', 0)
    .where('role', 'in', ['analyst', 'admin'])
    .orderBy('name')
    .limit(500)
    .execute()
  return rows.map(({ name, role }) => ({ name, role: role as 'analyst' | 'admin' }))
}

function filtered(context: Context, query: IncidentQuery) {
  const { state, priority, rule, container, image, host, assignee, since, until, q } = query
  let select = selectIncidents(context)
  if (state) select = select.where('incidents.state', 'in', state)
  if (priority) select = select.where('incidents.priority', 'in', priority.map(priorityNumber))
  if (rule) select = select.where('incidents.rule', '=', rule)
  if (container)
    select = select.where(eb =>
      eb.or([eb('incidents.container_id', '=', container), eb('incidents.container', '=', container)]),
    )
  if (image)
    select = select.where(eb => eb.or([eb('incidents.image_id', '=', image), eb('incidents.image', '=', image)]))
  if (host) select = select.where('incidents.host_id', '=', host)
  if (assignee) select = select.where('incidents.assignee', '=', assignee === '-' ? '' : assignee)
  if (since) select = select.where('incidents.last', '>=', Date.parse(since))
  if (until) select = select.where('incidents.first', '<=', Date.parse(until))
  if (q)
    select = select.where(
      holds(
        ['incidents.rule', 'incidents.container', 'incidents.image', 'incidents.workload', 'incidents.assignee'],
        q,
      ),
    )
  return select
}
