import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { severityNumber, useNames } from '../../judge/scales.ts'
import { type FindingQuery, finding, findingPage, findingQuery } from '../../schemas/vulnerabilities.ts'
import { found } from '../found.ts'
import { holds } from '../like.ts'
import { ranker } from '../ranks.ts'
import { type Route, route } from '../route.ts'
import { findingOf, selectFindings } from './rows.ts'

export function findingRoutes(context: Context): Route[] {
  const { db } = context
  return [
    route({
      method: 'GET',
      path: '/findings',
      access: 'viewer',
      summary: 'Everything that is wrong with images: flaws, secrets, malware, licences',
      query: findingQuery,
      response: findingPage,
      csv: true,
      handle: async ({ query }) => {
        const page = await pageOf(db, filtered(context, query), {
          sorts: {
            rank: { flip: sql`findings.score` },
            severity: sql`findings.severity`,
            name: sql`findings.name`,
            package: sql`findings.package`,
            image: sql`images.name`,
            firstSeen: sql`findings.first_seen`,
            epss: sql`findings.epss`,
            cvss: sql`findings.cvss`,
          },
          byDefault: 'rank',
          id: sql`findings.id`,
          idOf: row => row.id,
          query,
        })
        const rank = await ranker(context, 'findings')
        return { ...page, items: page.items.map(row => findingOf(row, rank)) }
      },
    }),
    route({
      method: 'GET',
      path: '/findings/:id',
      access: 'viewer',
      summary: 'One finding',
      response: finding,
      handle: async ({ params }) => {
        const row = await selectFindings(context).where('findings.id', '=', params.id!).executeTakeFirst()
        return findingOf(found(row, 'finding'), await ranker(context, 'findings'))
      },
    }),
  ]
}

function filtered(context: Context, query: FindingQuery) {
  const { severity, kev, inUse, exposed, fixable, running, state, image, since, kind, name, q } = query
  let select = selectFindings(context)
  if (image) select = select.where('findings.image_id', '=', image)
  if (name) select = select.where('findings.name', '=', name)
  if (query.package) select = select.where('findings.package', '=', query.package)
  if (kind) select = select.where('findings.kind', 'in', kind)
  if (severity) select = select.where('findings.severity', 'in', severity.map(severityNumber))
  if (kev !== undefined) select = select.where('findings.kev', kev ? '>' : '=', 0)
  if (inUse) select = select.where('findings.in_use', '=', useNames.indexOf(inUse))
  if (exposed !== undefined)
    select = select.where(sql<boolean>`(findings.running > 0 and findings.reach % 2 = 1) = ${sql.lit(exposed)}`)
  if (fixable !== undefined) select = select.where('findings.fixed', fixable ? '!=' : '=', '')
  if (running !== undefined) select = select.where('findings.running', running ? '>' : '=', 0)
  if (state) select = select.where('findings.decision_id', state === 'decided' ? '!=' : '=', '')
  if (since) select = select.where('findings.first_seen', '>=', Date.parse(since))
  if (q) select = select.where(searched(q))
  return select
}

/** Names stand in small tables: looking there first spares the large one. */
function searched(q: string) {
  const flaws = sql`select id from flaws where ${holds(['id', 'title', 'aliases'], q)}`
  const components = sql`select id from components where ${holds(['name', 'purl'], q)}`
  const images = sql`select id from images where ${holds(['name', 'names'], q)}`
  const others = sql`findings.kind <> 'vulnerability' and ${holds(['findings.name', 'findings.path', 'findings.title'], q)}`
  return sql<boolean>`(findings.name in (${flaws}) or findings.component_id in (${components}) or findings.image_id in (${images}) or (${others}))`
}
