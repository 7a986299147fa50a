import type { Context } from '../../context.ts'
import { iso } from '../../ingest/time.ts'
import { priorityName } from '../../judge/scales.ts'
import type { Incident } from '../../schemas/incidents.ts'
import { parsed } from '../found.ts'
import { ruleTexts } from '../rules/library.ts'

export function selectIncidents({ db }: Pick<Context, 'db'>) {
  return db
    .selectFrom('incidents')
    .leftJoin('hosts', 'hosts.id', 'incidents.host_id')
    .selectAll('incidents')
    .select('hosts.name as host_name')
}

export type IncidentRow = Awaited<ReturnType<ReturnType<typeof selectIncidents>['executeTakeFirstOrThrow']>>

export async function incidentsOf({ db }: Pick<Context, 'db'>, rows: readonly IncidentRow[]): Promise<Incident[]> {
  const ids = [...new Set(rows.map(row => row.container_id))].filter(Boolean)
  const containers =
    ids.length === 0 ? [] : await db.selectFrom('containers').select(['id', 'actions']).where('id', 'in', ids).execute()
  const actions = new Map(containers.map(row => [row.id, parsed<string[]>(row.actions)]))
  return rows.map(row => ({
    id: row.id,
    rule: row.rule,
    title: ruleTexts(row.rule).title,
    priority: priorityName(row.priority),
    techniques: parsed(row.techniques),
    tags: parsed(row.tags),
    workload: row.workload,
    hostId: row.host_id,
    host: row.host_name ?? '',
    containerId: row.container_id,
    container: row.container,
    image: row.image,
    imageId: row.image_id,
    first: iso(row.first),
    last: iso(row.last),
    count: row.count,
    state: row.state as Incident['state'],
    ...(row.assignee && { assignee: row.assignee }),
    actions: actions.get(row.container_id) ?? [],
  }))
}
