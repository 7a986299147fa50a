import { sql } from 'kysely'
import { JennerError } from '../../../base/errors.ts'
import type { Context } from '../../context.ts'
import { newId } from '../../db/id.ts'
import { pageOf } from '../../db/page.ts'
import type { Tables } from '../../db/tables.ts'
import { iso, isoOr } from '../../ingest/time.ts'
import { fits } from '../../judge/glob.ts'
import { type Action, type ActionInput, action, actionInput, actionPage, actionQuery } from '../../schemas/actions.ts'
import { found } from '../found.ts'
import { type Route, route } from '../route.ts'

type Row = Tables['actions']

export function actionRoutes(context: Context): Route[] {
  const { db } = context
  return [
    route({
      method: 'GET',
      path: '/actions',
      access: 'viewer',
      summary: 'Steps of response: asked for, in force, undone',
      query: actionQuery,
      response: actionPage,
      csv: true,
      handle: async ({ query }) => {
        let select = db.selectFrom('actions').selectAll()
        if (query.state) select = select.where('state', 'in', query.state)
        if (query.container)
          select = select.where(eb =>
            eb.or([eb('container_id', '=', query.container!), eb('container', '=', query.container!)]),
          )
        if (query.incident) select = select.where('incident_id', '=', query.incident)
        const page = await pageOf(db, select, {
          sorts: { createdAt: sql`created_at`, state: sql`state`, step: sql`step`, container: sql`container` },
          byDefault: '-createdAt',
          id: sql`id`,
          idOf: row => row.id,
          query,
        })
        return { ...page, items: page.items.map(actionOf) }
      },
    }),
    route({
      method: 'POST',
      path: '/actions',
      access: 'analyst',
      summary: 'Asks for a step of response',
      body: actionInput,
      response: action,
      status: 202,
      audit: 'action.request',
      auditDetail: body => `${body.step} ${body.containerId}${body.dryRun ? ' dry run' : ''}`,
      handle: async ({ body, who }) => request(context, body, who.name),
    }),
    route({
      method: 'GET',
      path: '/actions/:id',
      access: 'viewer',
      summary: 'One step of response',
      response: action,
      handle: async ({ params }) => actionOf(await find(context, params.id!)),
    }),
    route({
      method: 'POST',
      path: '/actions/:id/undo',
      access: 'analyst',
      summary: 'Takes a step back',
      response: action,
      status: 202,
      audit: 'action.undo',
      handle: async ({ params, who }) => {
        const row = await find(context, params.id!)
        if (row.state !== 'active' || !row.undoable) throw new JennerError('conflict', row.state)
        const data = { containerId: row.container_id, step: row.step, ref: row.ref, requestedBy: who.name }
        await context.queue.add({
          kind: 'undo',
          target: row.id,
          title: `${row.step} ${row.container}`,
          hostId: row.host_id,
          data,
        })
        return actionOf(row)
      },
    }),
  ]
}

/** The agent's list of protected containers has the last word; what is protected here is not even asked for. */
async function request(context: Context, input: ActionInput, by: string): Promise<Action> {
  const { db, now, settings, queue, bus } = context
  const container = found(
    await db.selectFrom('containers').selectAll().where('id', '=', input.containerId).executeTakeFirst(),
    'container',
  )
  if (container.state === 'gone') throw new JennerError('conflict', 'gone')
  const spared = settings
    .get()
    .protected.some(pattern => fits(pattern, container.name) || fits(pattern, container.image))
  if (spared && input.step !== 'observe' && input.step !== 'evidence')
    throw new JennerError('container_protected', container.name)
  const row: Row = {
    id: newId(now()),
    step: input.step,
    container_id: container.id,
    container: container.name,
    host_id: container.host_id,
    incident_id: input.incidentId ?? '',
    dry_run: Number(input.dryRun),
    state: 'requested',
    undoable: 0,
    reason: input.reason,
    requested_by: by,
    created_at: now(),
    done_at: null,
    until: null,
    detail: '',
    milliseconds: null,
    ref: '',
    agent_ref: '',
  }
  await db.insertInto('actions').values(row).execute()
  const data = { ...input, requestedBy: by, actionId: row.id }
  await queue.add({ kind: 'action', target: row.id, title: `${row.step} ${row.container}`, hostId: row.host_id, data })
  bus.emit('action', row.id)
  return actionOf(row)
}

async function find({ db }: Context, id: string): Promise<Row> {
  return found(await db.selectFrom('actions').selectAll().where('id', '=', id).executeTakeFirst(), 'action')
}

export function actionOf(row: Row): Action {
  return {
    id: row.id,
    step: row.step as Action['step'],
    containerId: row.container_id,
    container: row.container,
    hostId: row.host_id,
    ...(row.incident_id && { incidentId: row.incident_id }),
    dryRun: row.dry_run === 1,
    state: row.state as Action['state'],
    undoable: row.undoable === 1,
    reason: row.reason,
    requestedBy: row.requested_by,
    createdAt: iso(row.created_at),
    ...isoOr('doneAt', row.done_at),
    ...isoOr('until', row.until),
    detail: row.detail,
    ...(row.milliseconds !== null && { milliseconds: row.milliseconds }),
  }
}
