import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { iso } from '../../ingest/time.ts'
import { type AuditRow, auditPage, auditQuery, auditVerified } from '../../schemas/audit.ts'
import { holds } from '../like.ts'
import { type Route, route } from '../route.ts'

export function auditRoutes(context: Context): Route[] {
  const { db } = context
  return [
    route({
      method: 'GET',
      path: '/audit',
      access: 'admin',
      summary: 'Who did what',
      query: auditQuery,
      response: auditPage,
      csv: true,
      handle: async ({ query }) => {
        let select = db.selectFrom('audit').selectAll()
        if (query.actor) select = select.where('actor', '=', query.actor)
        if (query.action) select = select.where('action', '=', query.action)
        if (query.since) select = select.where('time', '>=', Date.parse(query.since))
        if (query.until) select = select.where('time', '<=', Date.parse(query.until))
        if (query.q) select = select.where(holds(['actor', 'action', 'target', 'detail'], query.q))
        const page = await pageOf(db, select, {
          sorts: { time: sql`seq` },
          byDefault: '-time',
          id: sql`seq`,
          idOf: row => row.seq,
          query,
        })
        const items = page.items.map(row => ({
          id: row.id,
          time: iso(row.time),
          actor: row.actor,
          from: row.from_address,
          action: row.action,
          target: row.target,
          detail: row.detail,
          outcome: row.outcome as AuditRow['outcome'],
          hash: row.hash,
        }))
        return { ...page, items }
      },
    }),
    route({
      method: 'GET',
      path: '/audit/verify',
      access: 'admin',
      summary: 'Whether the log is whole and unchanged',
      response: auditVerified,
      perMinute: 10,
      handle: async () => context.audit.verify(),
    }),
  ]
}
