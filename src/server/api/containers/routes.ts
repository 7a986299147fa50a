import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { iso, isoOr } from '../../ingest/time.ts'
import { countsOf, severityName } from '../../judge/scales.ts'
import { type Container, container, containerPage, containerQuery } from '../../schemas/containers.ts'
import { found, parsed } from '../found.ts'
import { holds } from '../like.ts'
import { type Route, route } from '../route.ts'

const day = 86_400_000

export function containerRoutes(context: Context): Route[] {
  const { db } = context
  return [
    route({
      method: 'GET',
      path: '/containers',
      access: 'viewer',
      summary: 'Containers, and what is risky in how each runs',
      query: containerQuery,
      response: containerPage,
      csv: true,
      handle: async ({ query }) => {
        const { state, host, image, owner, risk, exposed, q } = query
        let select = selectContainers(context)
        if (state) select = select.where('containers.state', 'in', state)
        else select = select.where('containers.state', '!=', 'gone')
        if (host) select = select.where('containers.host_id', '=', host)
        if (image)
          select = select.where(eb =>
            eb.or([eb('containers.image_id', '=', image), eb('containers.image', '=', image)]),
          )
        if (owner) select = select.where('containers.owner', '=', owner)
        if (risk) select = select.where('containers.risks', 'like', `%"id":"${risk.replace(/[%_"\\]/g, '')}"%`)
        if (exposed !== undefined) select = select.where('containers.exposed', '=', Number(exposed))
        if (q)
          select = select.where(holds(['containers.name', 'containers.image', 'containers.owner', 'containers.id'], q))
        const page = await pageOf(db, select, {
          sorts: {
            name: sql`containers.name`,
            host: sql`coalesce(hosts.name, '')`,
            image: sql`containers.image`,
            state: sql`containers.state`,
            risk: sql`containers.risk`,
            createdAt: sql`containers.created_at`,
            vulnerabilities: sql`coalesce(images.weight, 0)`,
          },
          byDefault: 'risk',
          id: sql`containers.id`,
          idOf: row => row.id,
          query,
        })
        return { ...page, items: await withIncidents(context, page.items) }
      },
    }),
    route({
      method: 'GET',
      path: '/containers/:id',
      access: 'viewer',
      summary: 'One container',
      response: container,
      handle: async ({ params }) => {
        const row = await selectContainers(context).where('containers.id', '=', params.id!).executeTakeFirst()
        return (await withIncidents(context, [found(row, 'container')]))[0]!
      },
    }),
  ]
}

export function selectContainers({ db }: Pick<Context, 'db'>) {
  return db
    .selectFrom('containers')
    .leftJoin('hosts', 'hosts.id', 'containers.host_id')
    .leftJoin('images', 'images.id', 'containers.image_id')
    .selectAll('containers')
    .select([
      'hosts.name as host_name',
      'images.created_at as built_at',
      'images.scan_state',
      'images.critical',
      'images.high',
      'images.medium',
      'images.low',
      'images.unknown',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectContainers>['executeTakeFirstOrThrow']>>

async function withIncidents({ db, now }: Context, rows: readonly Row[]): Promise<Container[]> {
  if (rows.length === 0) return []
  const open = await db
    .selectFrom('incidents')
    .select(['container_id', sql<number>`count(*)`.as('n')])
    .where(
      'container_id',
      'in',
      rows.map(row => row.id),
    )
    .where('state', '!=', 'closed')
    .groupBy('container_id')
    .execute()
  const counts = new Map(open.map(row => [row.container_id, Number(row.n)]))
  return rows.map(row => containerOf(row, counts.get(row.id) ?? 0, now()))
}

function containerOf(row: Row, openIncidents: number, now: number): Container {
  const { critical, high, medium, low, unknown } = row
  const judged = row.scan_state === 'done' && critical !== null
  return {
    id: row.id,
    hostId: row.host_id,
    host: row.host_name ?? '',
    name: row.name,
    image: row.image,
    imageId: row.image_id,
    runtime: row.runtime,
    state: row.state as Container['state'],
    createdAt: iso(row.created_at),
    ...isoOr('startedAt', row.started_at),
    ...(row.owner && { owner: row.owner }),
    ...(row.service && { service: row.service }),
    user: row.run_as,
    privileged: row.privileged === 1,
    ports: parsed(row.ports),
    mounts: parsed(row.mounts),
    risks: parsed(row.risks),
    ...(row.risk < 9 && { risk: severityName(row.risk) }),
    ...(judged && {
      vulnerabilities: countsOf({
        critical,
        high: high ?? 0,
        medium: medium ?? 0,
        low: low ?? 0,
        unknown: unknown ?? 0,
      }),
    }),
    openIncidents,
    actions: parsed(row.actions),
    ...(row.built_at !== null && { imageAge: Math.max(0, Math.floor((now - row.built_at) / day)) }),
  }
}
