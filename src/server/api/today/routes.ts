import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { iso } from '../../ingest/time.ts'
import { priorityName, severityName } from '../../judge/scales.ts'
import { type Today, today } from '../../schemas/health.ts'
import { kept } from '../kept.ts'
import { type Route, route } from '../route.ts'
import { ruleTexts } from '../rules/library.ts'
import { countBlindSpots } from './blind.ts'
import { fixesFirst } from './fixes.ts'
import { itemsOf } from './items.ts'

const day = 86_400_000

export function todayRoutes(context: Context): Route[] {
  return [
    route({
      method: 'GET',
      path: '/today',
      access: 'viewer',
      summary: 'What changed since yesterday, and what must be done first',
      response: today,
      handle: async () => todayOf(context),
    }),
  ]
}

async function todayOf(context: Context): Promise<Today> {
  const { db, now } = context
  const since = now() - day
  const count = async (query: { executeTakeFirstOrThrow(): Promise<{ n: number | bigint | string }> }) =>
    Number((await query.executeTakeFirstOrThrow()).n)
  const n = sql<number>`count(*)`.as('n')
  const incidents = await db
    .selectFrom('incidents')
    .selectAll()
    .where('state', '!=', 'closed')
    .orderBy('priority')
    .orderBy('last', 'desc')
    .limit(10)
    .execute()
  return {
    since: iso(since),
    counts: {
      containers: await count(db.selectFrom('containers').select(n).where('state', 'in', ['running', 'paused'])),
      images: await count(db.selectFrom('images').select(n)),
      openIncidents: await count(db.selectFrom('incidents').select(n).where('state', '!=', 'closed')),
      newFindings: await kept(context, 'new', () =>
        count(db.selectFrom('vulnerabilities').select(n).where('first_seen', '>=', since).where('decided', '=', 0)),
      ),
      kevInUse: await kept(context, 'kev', () =>
        count(
          db
            .selectFrom('vulnerabilities')
            .select(n)
            .where('kev', '>', 0)
            .where('decided', '=', 0)
            .where('running', '>', 0)
            .where('in_use', '>', 0),
        ),
      ),
      expiringDecisions: await count(
        db
          .selectFrom('decisions')
          .select(n)
          .where('state', '=', 'active')
          .where('expires', '<=', now() + 14 * day),
      ),
      blindSpots: await countBlindSpots(context),
    },
    vulnerabilities: await kept(context, 'severities', () => severitiesOf(context)),
    items: await itemsOf(context),
    fixes: await fixesFirst(context),
    incidents: incidents.map(row => ({
      id: row.id,
      rule: row.rule,
      title: ruleTexts(row.rule).title,
      priority: priorityName(row.priority),
      container: row.container,
      count: row.count,
      last: iso(row.last),
    })),
    trend: await trendOf(context),
  }
}

async function severitiesOf({ db }: Context): Promise<Today['vulnerabilities']> {
  const rows = await db
    .selectFrom('vulnerabilities')
    .select(['severity', sql<number>`count(*)`.as('n')])
    .where('decided', '=', 0)
    .groupBy('severity')
    .execute()
  const out = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 }
  for (const row of rows) out[severityName(row.severity)] = Number(row.n)
  return out
}

const days = 14

/** Past days do not change: only today's are counted again. */
const past = new WeakMap<object, Map<string, number>>()

async function trendOf(context: Context): Promise<Today['trend']> {
  const { db, now } = context
  const known = past.get(db) ?? new Map<string, number>()
  past.set(db, known)
  const today = Math.floor(now() / day)
  const counted = async (what: string, at: number, query: () => Promise<number>) => {
    const key = `${what} ${at}`
    const before = known.get(key)
    if (before !== undefined && at < today - 1) return before
    const value = await query()
    known.set(key, value)
    return value
  }
  const out: Today['trend'] = []
  for (let at = today - days + 1; at <= today; at++) {
    const [from, to] = [at * day, (at + 1) * day]
    const within = (table: 'incidents' | 'findings', column: string) => async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*) as n from ${sql.table(table)} where ${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${to}`.execute(
        db,
      )
      return Number(rows[0]?.n ?? 0)
    }
    const alertsOf = async () =>
      Number(
        (
          await db
            .selectFrom('alerts')
            .select(sql<number>`count(*)`.as('n'))
            .where('day', '=', at)
            .executeTakeFirstOrThrow()
        ).n,
      )
    out.push({
      day: iso(from).slice(0, 10),
      alerts: await counted('alerts', at, alertsOf),
      incidents: await counted('incidents', at, within('incidents', 'first')),
      findings: await kept(context, `findings ${at}`, () => counted('findings', at, within('findings', 'first_seen'))),
    })
  }
  return out
}
