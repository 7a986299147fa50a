import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { iso } from '../../ingest/time.ts'
import { severityName, severityNumber, useNames } from '../../judge/scales.ts'
import { inUseName, reasonsOf } from '../../judge/score.ts'
import {
  type Vulnerability,
  type VulnerabilityQuery,
  vulnerabilityDetail,
  vulnerabilityPage,
  vulnerabilityQuery,
} from '../../schemas/vulnerabilities.ts'
import { findingOf, selectFindings } from '../findings/rows.ts'
import { found, parsed } from '../found.ts'
import { holds } from '../like.ts'
import { ranker } from '../ranks.ts'
import { type Route, route } from '../route.ts'

export function vulnerabilityRoutes(context: Context): Route[] {
  const { db } = context
  return [
    route({
      method: 'GET',
      path: '/vulnerabilities',
      access: 'viewer',
      summary: 'Flaws over all that is stored, most urgent first',
      query: vulnerabilityQuery,
      response: vulnerabilityPage,
      csv: true,
      handle: async ({ query }) => {
        const page = await pageOf(db, await filtered(context, query), {
          sorts: {
            rank: { flip: sql`vulnerabilities.score` },
            severity: sql`vulnerabilities.severity`,
            id: sql`vulnerabilities.id`,
            images: sql`vulnerabilities.images`,
            running: sql`vulnerabilities.running`,
            cvss: sql`vulnerabilities.cvss`,
            epss: sql`vulnerabilities.epss`,
            firstSeen: sql`vulnerabilities.first_seen`,
          },
          byDefault: 'rank',
          id: sql`vulnerabilities.id`,
          idOf: row => row.id,
          query,
        })
        const rank = await ranker(context, 'vulnerabilities')
        return { ...page, items: page.items.map(row => vulnerabilityOf(row, rank)) }
      },
    }),
    route({
      method: 'GET',
      path: '/vulnerabilities/:id',
      access: 'viewer',
      summary: 'One flaw, with where it is',
      response: vulnerabilityDetail,
      handle: async ({ params }) => {
        const id = params.id!
        const row = await selectFlaws(context).where('vulnerabilities.id', '=', id).executeTakeFirst()
        const base = vulnerabilityOf(found(row, 'vulnerability'), await ranker(context, 'vulnerabilities'))
        const findings = await selectFindings(context)
          .where('findings.name', '=', id)
          .where('findings.kind', '=', 'vulnerability')
          .orderBy('findings.score', 'desc')
          .limit(500)
          .execute()
        const rank = await ranker(context, 'findings')
        return {
          ...base,
          description: row?.description ?? '',
          references: parsed<string[]>(row?.refs ?? '[]'),
          findings: findings.map(one => findingOf(one, rank)),
        }
      },
    }),
  ]
}

function selectFlaws({ db }: Pick<Context, 'db'>) {
  return db
    .selectFrom('vulnerabilities')
    .leftJoin('flaws', 'flaws.id', 'vulnerabilities.id')
    .selectAll('vulnerabilities')
    .select(['aliases', 'url', 'description', 'refs', 'flaws.epss as epss_text', 'flaws.kev as kev_text'])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectFlaws>['executeTakeFirstOrThrow']>>

function vulnerabilityOf(row: Row, rank: (score: number) => number): Vulnerability {
  return {
    id: row.id,
    aliases: parsed(row.aliases ?? '[]'),
    severity: severityName(row.severity),
    title: row.title,
    ...(row.url && { url: row.url }),
    ...(row.cvss >= 0 && { cvss: row.cvss }),
    ...(row.epss_text && { epss: parsed<NonNullable<Vulnerability['epss']>>(row.epss_text) }),
    ...(row.kev_text && { kev: parsed<NonNullable<Vulnerability['kev']>>(row.kev_text) }),
    packages: parsed(row.packages),
    images: row.images,
    running: row.running,
    inUse: inUseName(row.in_use),
    exposed: (row.reach & 1) === 1,
    rank: rank(row.score),
    reasons: reasonsOf({ ...row, fixed: row.fixable }),
    firstSeen: iso(row.first_seen),
    state: row.decided ? 'decided' : 'open',
  }
}

async function filtered(context: Context, query: VulnerabilityQuery) {
  const { severity, kev, inUse, exposed, fixable, running, state, image, since, q } = query
  let select = selectFlaws(context)
  if (severity) select = select.where('vulnerabilities.severity', 'in', severity.map(severityNumber))
  if (kev !== undefined) select = select.where('vulnerabilities.kev', kev ? '>' : '<=', 0)
  if (inUse) select = select.where('vulnerabilities.in_use', '=', useNames.indexOf(inUse))
  if (exposed !== undefined) select = select.where(sql<boolean>`(vulnerabilities.reach % 2 = 1) = ${sql.lit(exposed)}`)
  if (fixable !== undefined) select = select.where('vulnerabilities.fixable', '=', Number(fixable))
  if (running !== undefined) select = select.where('vulnerabilities.running', running ? '>' : '=', 0)
  if (state) select = select.where('vulnerabilities.decided', '=', Number(state === 'decided'))
  if (since) select = select.where('vulnerabilities.first_seen', '>=', Date.parse(since))
  if (image)
    select = select.where('vulnerabilities.id', 'in', eb =>
      eb.selectFrom('findings').select('name').where('image_id', '=', image),
    )
  if (query.package)
    select = select.where('vulnerabilities.id', 'in', eb =>
      eb.selectFrom('findings').select('name').where('package', '=', query.package!),
    )
  return q ? select.where(await searched(context, q)) : select
}

/** Up to so many that hold the text are looked up once, for page and count alike. */
const most = 2000

async function searched({ db }: Context, q: string) {
  const own = sql`select id from vulnerabilities where ${holds(['id', 'title', 'package_names'], q)}`
  const named = sql`select id from flaws where ${holds(['aliases'], q)}`
  const holding = sql<{ id: string }>`${own} union ${named}`
  const { rows } = await sql<{ id: string }>`select id from (${holding}) as holding limit ${most + 1}`.execute(db)
  if (rows.length > most) return sql<boolean>`vulnerabilities.id in (${holding})`
  if (rows.length === 0) return sql<boolean>`1 = 0`
  return sql<boolean>`vulnerabilities.id in (${sql.join(rows.map(row => row.id))})`
}
