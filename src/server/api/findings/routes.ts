import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { severityNumber, useNames } from '../../judge/scales.ts'
import { type FindingQuery, finding, findingPage, findingQuery } from '../../schemas/vulnerabilities.ts'
import { found } from '../found.ts'
import { ranker } from '../ranks.ts'
import { type Route, route } from '../route.ts'
import { findingOf, selectFindings } from './rows.ts'
import { searched } from './search.ts'

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
        const page = await pageOf(db, await filtered(context, query), {
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

async function filtered(context: Context, query: FindingQuery) {
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
  return q ? select.where(await searched(context, q)) : select
}
