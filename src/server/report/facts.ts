import { sql } from 'kysely'
import { translate } from '../../base/i18n/translate.ts'
import type { SecurityReport } from '../../reporting/reports/model.ts'
import { hostOf } from '../api/hosts/routes.ts'
import { ruleTexts } from '../api/rules/library.ts'
import { blindSpots } from '../api/today/blind.ts'
import { fixesFirst } from '../api/today/fixes.ts'
import type { Context } from '../context.ts'
import { dayOf, iso } from '../ingest/time.ts'
import { sayReasons } from '../judge/reasons.ts'
import { priorityName, severityName } from '../judge/scales.ts'
import { reasonsOf } from '../judge/score.ts'
import { levelsAt, levelsNow, total } from './levels.ts'

export interface Period {
  from: number
  to: number
  language: SecurityReport['language']
}

const day = 86_400_000
const rows = 15

/** Everything that the report on the state of security says, from the store. */
export async function reportFacts(context: Context, period: Period): Promise<SecurityReport> {
  const { db, now, version } = context
  const info = context.verdicts.info()
  const hosts = await Promise.all(
    (await db.selectFrom('hosts').selectAll().orderBy('name').execute()).map(row => hostOf(context, row)),
  )
  const [before, after] = [await levelsAt(context, dayOf(period.from) - 1), await levelsAtEnd(context, period)]
  const found = await countBetween(context, 'findings', 'first_seen', period)
  return {
    language: period.language,
    version,
    createdAt: iso(now()),
    from: iso(period.from),
    to: iso(period.to),
    hosts: hosts.map(({ name, sensor, containers }) => ({
      name,
      sensor: sensor.state,
      containers,
      ...(sensor.coverage !== undefined && { coverage: sensor.coverage }),
    })),
    counts: await counts(context),
    advisories: {
      starter: info?.starter ?? true,
      ...(info !== undefined && !info.starter && { builtAt: info.builtAt }),
    },
    incidents: await incidentCounts(context, period),
    ...(await times(context, period)),
    now: after,
    before,
    found,
    // What was there and what came, less what is there now.
    fixed: Math.max(0, total(before) + found - total(after)),
    trend: await trend(context, period),
    risks: await risks(context, period),
    fixes: (await fixesFirst(context)).map(({ title, image = '', removes }) => ({
      title: title[period.language],
      image,
      removes,
    })),
    worst: await worst(context, period),
    decisions: await endingSoon(context),
    ...(await lastDrill(context, period)),
    blind: (await blindSpots(context, rows)).map(({ kind, name, reason }) =>
      translate(period.language, `report.blind.${kind}`, { name, reason }),
    ),
  }
}

async function levelsAtEnd(context: Context, { to }: Period) {
  return dayOf(to) >= dayOf(context.now()) ? levelsNow(context) : levelsAt(context, dayOf(to))
}

async function countBetween(
  { db }: Context,
  table: 'findings',
  column: 'first_seen',
  { from, to }: Period,
): Promise<number> {
  const { n } = await db
    .selectFrom(table)
    .select(sql<number>`count(*)`.as('n'))
    .where(column, '>=', from)
    .where(column, '<', to)
    .executeTakeFirstOrThrow()
  return Number(n)
}

async function counts({ db }: Context): Promise<SecurityReport['counts']> {
  const containers = await db
    .selectFrom('containers')
    .select(sql<number>`count(*)`.as('n'))
    .where('state', '!=', 'gone')
    .executeTakeFirstOrThrow()
  const images = await db
    .selectFrom('images')
    .select([
      sql<number>`count(*)`.as('n'),
      sql<number>`sum(case when scan_state = 'done' then 1 else 0 end)`.as('scanned'),
      sql<number>`sum(case when incomplete <> '[]' then 1 else 0 end)`.as('incomplete'),
    ])
    .executeTakeFirstOrThrow()
  return {
    containers: Number(containers.n),
    images: Number(images.n),
    scanned: Number(images.scanned ?? 0),
    incomplete: Number(images.incomplete ?? 0),
  }
}

async function incidentCounts({ db }: Context, { from, to }: Period): Promise<SecurityReport['incidents']> {
  const row = await db
    .selectFrom('incidents')
    .select([
      sql<number>`sum(case when first >= ${from} and first < ${to} then 1 else 0 end)`.as('opened'),
      sql<number>`sum(case when state = 'closed' and last >= ${from} and last < ${to} then 1 else 0 end)`.as('closed'),
      sql<number>`sum(case when state <> 'closed' then 1 else 0 end)`.as('open'),
    ])
    .executeTakeFirstOrThrow()
  return { opened: Number(row.opened ?? 0), closed: Number(row.closed ?? 0), open: Number(row.open ?? 0) }
}

/** Detection is timed by drills, where the moment of the act is known; response from an incident's first alert to the first step that was done. */
async function times(
  { db }: Context,
  { from, to }: Period,
): Promise<Pick<SecurityReport, 'detectSeconds' | 'respondSeconds'>> {
  const drills = await db
    .selectFrom('drills')
    .select('results')
    .where('state', '=', 'done')
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .execute()
  const waits = drills
    .flatMap(({ results }) => JSON.parse(results) as { detected: boolean; milliseconds?: number }[])
    .flatMap(({ detected, milliseconds }) => (detected && milliseconds !== undefined ? [milliseconds / 1000] : []))
  const responses = await db
    .selectFrom('actions')
    .innerJoin('incidents', 'incidents.id', 'actions.incident_id')
    .select([sql<number>`min(actions.done_at) - min(incidents.first)`.as('ms')])
    .where('actions.dry_run', '=', 0)
    .where('actions.done_at', 'is not', null)
    .where('incidents.first', '>=', from)
    .where('incidents.first', '<', to)
    .groupBy('incidents.id')
    .execute()
  return {
    ...meanOf('detectSeconds', waits),
    ...meanOf(
      'respondSeconds',
      responses.map(({ ms }) => Math.max(0, Number(ms)) / 1000),
    ),
  }
}

function meanOf<K extends string>(key: K, values: number[]): { [P in K]?: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return (values.length === 0 ? {} : { [key]: mean }) as { [P in K]?: number }
}

async function trend({ db }: Context, { from, to }: Period): Promise<SecurityReport['trend']> {
  const first = dayOf(from)
  const last = Math.min(dayOf(to - 1), first + 366)
  const count = async (rows: Promise<{ day: unknown; n: unknown }[]>) =>
    new Map((await rows).map(({ day, n }) => [Number(day), Number(n)]))
  const alerts = await count(
    db
      .selectFrom('alerts')
      .select(['day', sql<number>`count(*)`.as('n')])
      .where('day', '>=', first)
      .where('day', '<=', last)
      .groupBy('day')
      .execute(),
  )
  const dayColumn = (column: string) => sql<number>`cast(${sql.ref(column)} / ${sql.lit(day)} as integer)`
  const incidents = await count(
    db
      .selectFrom('incidents')
      .select([dayColumn('first').as('day'), sql<number>`count(*)`.as('n')])
      .where('first', '>=', from)
      .where('first', '<', to)
      .groupBy('day')
      .execute(),
  )
  const findings = await count(
    db
      .selectFrom('findings')
      .select([dayColumn('first_seen').as('day'), sql<number>`count(*)`.as('n')])
      .where('first_seen', '>=', from)
      .where('first_seen', '<', to)
      .groupBy('day')
      .execute(),
  )
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => {
    const each = first + at
    return {
      day: iso(each * day).slice(0, 10),
      alerts: alerts.get(each) ?? 0,
      incidents: incidents.get(each) ?? 0,
      findings: findings.get(each) ?? 0,
    }
  })
}

async function risks({ db }: Context, { language }: Period): Promise<SecurityReport['risks']> {
  const top = await db
    .selectFrom('vulnerabilities')
    .selectAll()
    .where('decided', '=', 0)
    .orderBy('score', 'desc')
    .limit(rows)
    .execute()
  return top.map(row => ({
    title: `${row.id} ${row.title}`.trim().slice(0, 200),
    why: sayReasons(reasonsOf({ ...row, fixed: row.fixable }))[language],
    severity: severityName(row.severity),
    images: row.images,
  }))
}

async function worst({ db }: Context, { from, to, language }: Period): Promise<SecurityReport['worst']> {
  const top = await db
    .selectFrom('incidents')
    .selectAll()
    .where('last', '>=', from)
    .where('first', '<', to)
    .orderBy('priority')
    .orderBy('count', 'desc')
    .limit(rows)
    .execute()
  const done =
    top.length === 0
      ? []
      : await db
          .selectFrom('actions')
          .select(['incident_id', 'step'])
          .where(
            'incident_id',
            'in',
            top.map(({ id }) => id),
          )
          .where('dry_run', '=', 0)
          .where('done_at', 'is not', null)
          .execute()
  return top.map(row => ({
    rule: ruleTexts(row.rule).title[language],
    container: row.container,
    priority: priorityName(row.priority),
    first: iso(row.first),
    count: row.count,
    state: row.state,
    response: [...new Set(done.filter(({ incident_id }) => incident_id === row.id).map(({ step }) => step))].join(', '),
  }))
}

async function endingSoon({ db, now }: Context): Promise<SecurityReport['decisions']> {
  const ending = await db
    .selectFrom('decisions')
    .selectAll()
    .where('state', '=', 'active')
    .where('expires', '<', now() + 30 * day)
    .orderBy('expires')
    .limit(rows)
    .execute()
  return ending.map(row => ({
    what: [row.vulnerability, row.package, row.rule, row.image].filter(part => part !== '').join(' '),
    status: row.status,
    owner: row.owner,
    expires: iso(row.expires!),
  }))
}

async function lastDrill({ db }: Context, { from, to }: Period): Promise<Pick<SecurityReport, 'drill'>> {
  const row = await db
    .selectFrom('drills')
    .selectAll()
    .where('state', '=', 'done')
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? {} : { drill: { at: iso(row.created_at), detected: row.detected, total: row.total } }
}
