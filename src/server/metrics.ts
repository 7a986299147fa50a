import { sql } from 'kysely'
import { createMetrics, type MetricFacts, type Metrics } from '../reporting/metrics/metrics.ts'
import { sensorOf, silence } from './api/hosts/routes.ts'
import type { Context } from './context.ts'
import { priorityName, severityName } from './judge/scales.ts'

/** The platform's metrics, told from its store at each scrape. */
export function openMetrics(context: Context): Metrics {
  return createMetrics({ version: context.version, collect: () => metricFacts(context) })
}

const week = 7 * 86_400_000

async function metricFacts(context: Context): Promise<MetricFacts> {
  const { db, now } = context
  const info = context.verdicts.info()
  const builtAt = info === undefined || info.starter ? Number.NaN : Date.parse(info.builtAt)
  const { n: expiring } = await db
    .selectFrom('decisions')
    .select(sql<number>`count(*)`.as('n'))
    .where('state', '=', 'active')
    .where('expires', '<', now() + week)
    .executeTakeFirstOrThrow()
  return {
    hosts: await hostFacts(context),
    containers: await countBy(context, 'containers', 'state'),
    images: await countBy(context, 'images', 'scan_state'),
    findings: await findingFacts(context),
    openIncidents: await incidentFacts(context),
    jobs: await jobFacts(context),
    outputs: await outputFacts(context),
    ...(Number.isFinite(builtAt) && { feedAgeSeconds: Math.max(0, (now() - builtAt) / 1000) }),
    starter: info?.starter ?? true,
    expiringDecisions: Number(expiring),
    storeBytes: await storeBytes(context),
  }
}

async function hostFacts({ db, now }: Context): Promise<MetricFacts['hosts']> {
  const rows = await db.selectFrom('hosts').select(['name', 'last_seen', 'sensor']).execute()
  return rows.map(({ name, last_seen, sensor: text }) => {
    const { state, produced, filtered, judged, lost } = sensorOf(text)
    return {
      host: name,
      up: now() - last_seen < silence,
      sensor: state === 'running',
      produced,
      filtered,
      judged,
      lost,
    }
  })
}

async function countBy(
  { db }: Context,
  table: 'containers' | 'images',
  column: 'state' | 'scan_state',
): Promise<Record<string, number>> {
  const { rows } = await sql<{ key: string; n: number }>`
    select ${sql.ref(column)} as key, count(*) as n from ${sql.table(table)} group by ${sql.ref(column)}`.execute(db)
  return Object.fromEntries(rows.map(({ key, n }) => [key, Number(n)]))
}

async function findingFacts({ db }: Context): Promise<MetricFacts['findings']> {
  const rows = await db
    .selectFrom('findings')
    .select(['kind', 'severity', sql<number>`count(*)`.as('n')])
    .where('decision_id', '=', '')
    .groupBy(['kind', 'severity'])
    .execute()
  return rows.map(({ kind, severity, n }) => ({ kind, severity: severityName(severity), count: Number(n) }))
}

async function incidentFacts({ db }: Context): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('incidents')
    .select(['priority', sql<number>`count(*)`.as('n')])
    .where('state', '!=', 'closed')
    .groupBy('priority')
    .execute()
  return Object.fromEntries(rows.map(({ priority, n }) => [priorityName(priority), Number(n)]))
}

async function jobFacts({ db }: Context): Promise<MetricFacts['jobs']> {
  const rows = await db
    .selectFrom('jobs')
    .select(['kind', 'state', sql<number>`count(*)`.as('n')])
    .groupBy(['kind', 'state'])
    .execute()
  return rows.map(({ kind, state, n }) => ({ kind, state, count: Number(n) }))
}

async function outputFacts({ db }: Context): Promise<MetricFacts['outputs']> {
  const rows = await db.selectFrom('outputs').select(['id', 'name', 'kind', 'delivered', 'failed']).execute()
  const waiting = await db
    .selectFrom('deliveries')
    .select(['output_id', 'state', sql<number>`count(*)`.as('n')])
    .groupBy(['output_id', 'state'])
    .execute()
  const count = (id: string, state: string): number =>
    Number(waiting.find(row => row.output_id === id && row.state === state)?.n ?? 0)
  return rows.map(({ id, name, kind, delivered, failed }) => ({
    output: name,
    kind,
    delivered,
    failed,
    pending: count(id, 'waiting'),
    dead: count(id, 'dead'),
  }))
}

async function storeBytes({ db, store }: Context): Promise<number> {
  const query =
    store.kind === 'sqlite'
      ? sql<{ bytes: number }>`select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`
      : sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`
  return Number((await query.execute(db)).rows[0]?.bytes ?? 0)
}
