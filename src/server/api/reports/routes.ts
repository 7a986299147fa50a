import { sql } from 'kysely'
import { JennerError } from '../../../base/errors.ts'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import type { Tables } from '../../db/tables.ts'
import { iso } from '../../ingest/time.ts'
import { fileName, orderReport, writerOf } from '../../report/report.ts'
import { type ReportRow, report, reportInput, reportPage, reportQuery } from '../../schemas/reports.ts'
import { type Route, route } from '../route.ts'
import { scheduleRoutes } from './schedules.ts'

type Known = Omit<Tables['reports'], 'body'>
const columns = [
  'id',
  'from_time',
  'to_time',
  'format',
  'lang',
  'state',
  'created_by',
  'created_at',
  'size',
  'error',
] as const

export function reportRoutes(context: Context): Route[] {
  return [...reports(context), ...scheduleRoutes(context)]
}

function reports(context: Context): Route[] {
  const { db } = context
  return [
    route({
      method: 'GET',
      path: '/reports',
      access: 'viewer',
      summary: 'Reports that were made',
      query: reportQuery,
      response: reportPage,
      handle: async ({ query }) => {
        const page = await pageOf(db, db.selectFrom('reports').select([...columns]), {
          sorts: { createdAt: sql`created_at` },
          byDefault: '-createdAt',
          id: sql`id`,
          idOf: row => row.id,
          query,
        })
        return { ...page, items: page.items.map(reportOf) }
      },
    }),
    route({
      method: 'POST',
      path: '/reports',
      access: 'analyst',
      summary: 'Has a report made',
      body: reportInput,
      response: report,
      status: 202,
      audit: 'report.create',
      auditDetail: body => `${body.from} ${body.to} ${body.format}`,
      handle: async ({ body, who }) => reportOf(await find(context, await orderReport(context, body, who.name))),
    }),
    route({
      method: 'GET',
      path: '/reports/:id/file',
      access: 'viewer',
      summary: 'The report itself',
      raw: 'application/octet-stream',
      audit: 'report.read',
      handle: async ({ params, reply }) => {
        const row = await find(context, params.id!)
        if (row.state !== 'done') throw new JennerError('target_not_found', 'report')
        const { body } = await db
          .selectFrom('reports')
          .select('body')
          .where('id', '=', row.id)
          .executeTakeFirstOrThrow()
        // A page of ours that holds foreign names: saved, never shown with the console's rights.
        void reply.header('content-disposition', `attachment; filename="${fileName(row)}"`)
        void reply.header('content-security-policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'")
        return reply.type(writerOf(row.format).mediaType).send(Buffer.from(body)) as unknown as undefined
      },
    }),
    route({
      method: 'DELETE',
      path: '/reports/:id',
      access: 'analyst',
      summary: 'Takes a report away',
      audit: 'report.delete',
      handle: async ({ params }) => {
        await db
          .deleteFrom('reports')
          .where('id', '=', (await find(context, params.id!)).id)
          .execute()
      },
    }),
  ]
}

async function find({ db }: Context, id: string): Promise<Known> {
  const row = await db
    .selectFrom('reports')
    .select([...columns])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw new JennerError('target_not_found', 'report')
  return row
}

function reportOf(row: Known): ReportRow {
  return {
    id: row.id,
    from: iso(row.from_time),
    to: iso(row.to_time),
    format: row.format as ReportRow['format'],
    lang: row.lang as ReportRow['lang'],
    state: row.state as ReportRow['state'],
    createdAt: iso(row.created_at),
    createdBy: row.created_by,
    ...(row.size !== null && { size: row.size }),
    ...(row.error !== '' && { error: row.error }),
  }
}
