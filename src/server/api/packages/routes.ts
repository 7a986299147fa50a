import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { type Counts, countsOf, useNames } from '../../judge/scales.ts'
import { inUseName } from '../../judge/score.ts'
import { type ImagePackage, type PackageQuery, packagePage, packageQuery } from '../../schemas/images.ts'
import { parsed } from '../found.ts'
import { holds } from '../like.ts'
import { type Route, route } from '../route.ts'

const sorts = {
  name: sql`components.name`,
  version: sql`components.version`,
  ecosystem: sql`components.type`,
  images: sql`components.images`,
  vulnerabilities: sql`components.weight`,
}

export function packageRoutes(context: Context): Route[] {
  return [
    route({
      method: 'GET',
      path: '/packages',
      access: 'viewer',
      summary: 'Packages of all images, or of one',
      query: packageQuery,
      response: packagePage,
      csv: true,
      handle: async ({ query }) => (query.image ? ofImage(context, query, query.image) : ofAll(context, query)),
    }),
    route({
      method: 'GET',
      path: '/images/:id/packages',
      access: 'viewer',
      summary: 'Packages of an image',
      query: packageQuery.omit({ image: true }),
      response: packagePage,
      csv: true,
      handle: async ({ query, params }) => ofImage(context, query, params.id!),
    }),
  ]
}

async function ofAll({ db }: Context, query: PackageQuery) {
  let select = db.selectFrom('components').selectAll()
  if (query.ecosystem) select = select.where('type', '=', query.ecosystem)
  if (query.inUse) select = select.where('in_use', '=', useNames.indexOf(query.inUse))
  if (query.q) select = select.where(holds(['components.name', 'components.purl'], query.q))
  const page = await pageOf(db, select, {
    sorts,
    byDefault: '-vulnerabilities',
    id: sql`components.id`,
    idOf: row => row.id,
    query,
  })
  return { ...page, items: page.items.map(row => packageOf(row)) }
}

async function ofImage({ db }: Context, query: Omit<PackageQuery, 'image'>, imageId: string) {
  let select = db
    .selectFrom('packages')
    .innerJoin('components', 'components.id', 'packages.component_id')
    .selectAll('components')
    .select(['packages.no', 'packages.path', 'packages.layer', 'packages.in_use as own_use'])
    .where('packages.image_id', '=', imageId)
  if (query.ecosystem) select = select.where('components.type', '=', query.ecosystem)
  if (query.inUse) select = select.where('packages.in_use', '=', useNames.indexOf(query.inUse))
  if (query.q) select = select.where(holds(['components.name', 'components.purl', 'packages.path'], query.q))
  const page = await pageOf(db, select, { sorts, byDefault: 'name', id: sql`packages.no`, idOf: row => row.no, query })
  const flaws = await db
    .selectFrom('findings')
    .select(['package_no', 'severity', sql<number>`count(*)`.as('n')])
    .where('image_id', '=', imageId)
    .where('kind', '=', 'vulnerability')
    .where('decision_id', '=', '')
    .groupBy(['package_no', 'severity'])
    .execute()
  const byPackage = Map.groupBy(flaws, row => row.package_no)
  const items = page.items.map(row => {
    const of = (severity: number) => Number(byPackage.get(row.no)?.find(one => one.severity === severity)?.n ?? 0)
    const counts = { critical: of(0), high: of(1), medium: of(2), low: of(3), unknown: of(4) }
    const place = { ...(row.path && { path: row.path }), ...(row.layer && { layer: row.layer }) }
    return { ...packageOf({ ...row, ...counts, in_use: row.own_use }), ...place }
  })
  return { ...page, items }
}

interface Row extends Counts {
  purl: string
  name: string
  version: string
  type: string
  licenses: string
  images: number
  in_use: number
}

function packageOf(row: Row): ImagePackage {
  const { purl, name, version, type, licenses, images, in_use } = row
  return {
    purl,
    name,
    version,
    ecosystem: type,
    licenses: parsed(licenses),
    inUse: inUseName(in_use),
    vulnerabilities: countsOf(row),
    images,
  }
}
