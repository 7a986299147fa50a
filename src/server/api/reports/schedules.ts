import { z } from 'zod'
import { JennerError } from '../../../base/errors.ts'
import type { Context } from '../../context.ts'
import { newId } from '../../db/id.ts'
import type { Tables } from '../../db/tables.ts'
import { iso } from '../../ingest/time.ts'
import { nextTime } from '../../report/report.ts'
import { type Schedule, type ScheduleInput, schedule, scheduleInput, schedulePatch } from '../../schemas/reports.ts'
import { found, parsed } from '../found.ts'
import { type Route, route } from '../route.ts'

type Row = Tables['schedules']

export function scheduleRoutes(context: Context): Route[] {
  const { db, now } = context
  return [
    route({
      method: 'GET',
      path: '/reports/schedules',
      access: 'viewer',
      summary: 'Reports that are made by the clock: when next, when last, and what became of it',
      response: z.array(schedule),
      handle: async () => {
        const rows = await db.selectFrom('schedules').selectAll().orderBy('id').execute()
        return Promise.all(rows.map(row => scheduleOf(context, row)))
      },
    }),
    route({
      method: 'POST',
      path: '/reports/schedules',
      access: 'admin',
      summary: 'Has reports made by the clock',
      body: scheduleInput,
      response: schedule,
      status: 201,
      audit: 'schedule.create',
      auditDetail: body => `${body.every} ${body.format}`,
      handle: async ({ body }) => {
        await checkOutputs(context, body.outputs)
        const row: Row = {
          ...columnsOf(body),
          id: newId(now()),
          next: nextTime(body.every, now()),
          last_run: 0,
          last_report: '',
        }
        await db.insertInto('schedules').values(row).execute()
        return scheduleOf(context, row)
      },
    }),
    route({
      method: 'PATCH',
      path: '/reports/schedules/:id',
      access: 'admin',
      summary: 'Changes a schedule, switches it off or on',
      body: schedulePatch,
      response: schedule,
      audit: 'schedule.change',
      auditDetail: body => JSON.stringify(body),
      handle: async ({ params, body }) => {
        const before = await find(context, params.id!)
        const next: ScheduleInput = { ...inputOf(before), ...body }
        if (body.outputs) await checkOutputs(context, body.outputs)
        // What was due while it was off is not made up for.
        const moved = next.every !== before.every || (next.enabled && before.enabled === 0)
        const change = { ...columnsOf(next), ...(moved && { next: nextTime(next.every, now()) }) }
        await db.updateTable('schedules').set(change).where('id', '=', before.id).execute()
        return scheduleOf(context, { ...before, ...change })
      },
    }),
    route({
      method: 'DELETE',
      path: '/reports/schedules/:id',
      access: 'admin',
      summary: 'Ends a schedule',
      audit: 'schedule.delete',
      handle: async ({ params }) => {
        const { id } = await find(context, params.id!)
        await db.deleteFrom('schedules').where('id', '=', id).execute()
      },
    }),
  ]
}

async function find({ db }: Context, id: string): Promise<Row> {
  return found(await db.selectFrom('schedules').selectAll().where('id', '=', id).executeTakeFirst(), 'schedule')
}

/** Throws JennerError bad_argument for an output that is not there. */
async function checkOutputs({ db }: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const known = await db.selectFrom('outputs').select('id').where('id', 'in', ids).execute()
  const missing = ids.find(id => !known.some(row => row.id === id))
  if (missing !== undefined) throw new JennerError('bad_argument', `outputs: ${missing}`)
}

function columnsOf({ every, format, lang, outputs, enabled }: ScheduleInput) {
  return { every, format, lang, outputs: JSON.stringify(outputs), enabled: Number(enabled) }
}

function inputOf(row: Row): ScheduleInput {
  const { every, format, lang, outputs, enabled } = row
  return {
    every: every as Schedule['every'],
    format: format as Schedule['format'],
    lang: lang as Schedule['lang'],
    outputs: parsed(outputs),
    enabled: enabled === 1,
  }
}

async function scheduleOf(context: Context, row: Row): Promise<Schedule> {
  const input = inputOf(row)
  const last = row.last_run === 0 ? undefined : await lastOf(context, row, input.outputs.length)
  return { id: row.id, ...input, ...(input.enabled && { next: iso(row.next) }), ...(last && { last }) }
}

/** A message that was delivered leaves the queue; what could not be stays in it. */
async function lastOf({ db }: Context, row: Row, outputs: number): Promise<Schedule['last']> {
  const id = row.last_report
  const report = await db.selectFrom('reports').select(['state', 'error']).where('id', '=', id).executeTakeFirst()
  const left = await db.selectFrom('deliveries').select('state').where('notice_id', '=', `report-${id}`).execute()
  const failed = left.filter(({ state }) => state === 'dead').length
  const waiting = left.length - failed
  return {
    at: iso(row.last_run),
    reportId: id,
    state: (report?.state ?? 'gone') as NonNullable<Schedule['last']>['state'],
    ...(report?.error && { error: report.error }),
    sent: report?.state === 'done' ? Math.max(0, outputs - left.length) : 0,
    waiting,
    failed,
  }
}
