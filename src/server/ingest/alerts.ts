import { priorityNumber } from '../../base/model/priority.ts'
import type { Context } from '../context.ts'
import { newId } from '../db/id.ts'
import { insertMany } from '../db/insert.ts'
import { addWords } from '../db/search.ts'
import { decide } from '../judge/decide.ts'
import { decisionsInForce } from '../judge/decided.ts'
import type { AlertBatch } from '../schemas/agent.ts'
import { linkDeeds } from './deeds.ts'
import { dayOf, timeOf } from './time.ts'

type Item = AlertBatch['items'][number]

interface IncidentRow {
  id: string
  agent_ref: string
  priority: number
  count: number
  last: number
  first: number
  state: string
}

const alertColumns = [
  'id',
  'host_id',
  'incident_id',
  'time',
  'day',
  'rule',
  'priority',
  'source',
  'output',
  'fields',
  'hostname',
  'tags',
  'container_id',
  'container',
  'image',
] as const

/**
 * Stores alerts, each once, and groups them by the agent's incidents. One transaction a batch: what is answered for is kept.
 * Answers how many were new.
 */
export async function storeAlerts(context: Context, { hostId, items, held }: AlertBatch): Promise<number> {
  const { store, now } = context
  const touched: string[] = []
  const stored: string[] = []
  let fresh: IncidentRow[] = []
  await store.db.transaction().execute(async transaction => {
    const incidents = await findIncidents({ ...context, db: transaction }, hostId, items, held)
    fresh = [...incidents.values()].filter(({ count }) => count === 0)
    const rows = items.map(item => rowOf(item, hostId, incidents.get(item.incident)!.id, now()))
    const added = await insertMany(transaction, store.kind, 'alerts', alertColumns, rows, {
      conflict: '(id) do nothing',
      returning: ['seq', 'id'],
    })
    const seqs = new Map(added.map(row => [row.id as string, row.seq as number]))
    await addWords(
      transaction,
      store.kind,
      'alerts',
      rows.flatMap(row =>
        seqs.has(row.id)
          ? [[seqs.get(row.id)!, `${row.rule} ${row.output} ${row.container} ${row.image}`] as const]
          : [],
      ),
    )
    const counted = new Map<string, { count: number; last: number; first: number; priority: number }>()
    items.forEach((item, i) => {
      const row = rows[i]!
      if (!seqs.delete(row.id)) return
      const sum = counted.get(row.incident_id) ?? { count: 0, last: 0, first: row.time, priority: 7 }
      sum.count++
      sum.last = Math.max(sum.last, row.time)
      sum.first = Math.min(sum.first, row.time)
      sum.priority = Math.min(sum.priority, row.priority)
      counted.set(row.incident_id, sum)
      stored.push(item.alert.priority)
    })
    for (const { incident, count } of held) {
      const found = incidents.get(incident)
      if (!found || count <= 0) continue
      const sum = counted.get(found.id) ?? { count: 0, last: found.last, first: found.first, priority: found.priority }
      sum.count += count
      counted.set(found.id, sum)
    }
    const byId = new Map([...incidents.values()].map(row => [row.id, row]))
    for (const [id, sum] of counted) {
      const before = byId.get(id)!
      // What goes on after it was closed is not closed.
      const reopened =
        before.state === 'closed' && sum.last > before.last && before.count > 0 && !decidedIds.has(before)
      await transaction
        .updateTable('incidents')
        .set({
          count: before.count + sum.count,
          last: Math.max(before.last, sum.last),
          first: before.count === 0 ? sum.first : Math.min(before.first, sum.first),
          priority: Math.min(before.priority, sum.priority),
          ...(reopened && { state: 'open' }),
        })
        .where('id', '=', id)
        .execute()
      touched.push(id)
    }
  })
  // What was written while this transaction ran saw no incident yet, and was not seen by it.
  if (fresh.length > 0) await linkDeeds(store.db, hostId, fresh)
  for (const id of touched) context.bus.emit('incident', id)
  if (stored.length > 0) {
    context.bus.emit('alert')
    for (const priority of stored) context.metrics?.alert(priority)
  }
  return stored.length
}

/** Incidents that a decision covers: they stay closed while they go on. */
const decidedIds = new WeakSet<IncidentRow>()

async function findIncidents(
  context: Context,
  hostId: string,
  items: readonly Item[],
  held: AlertBatch['held'],
): Promise<Map<string, IncidentRow>> {
  const { db, store, now } = context
  const refs = [...new Set([...items.map(item => item.incident), ...held.map(one => one.incident)])]
  const known = new Map<string, IncidentRow>()
  for (let at = 0; at < refs.length; at += 500) {
    const rows = await db
      .selectFrom('incidents')
      .select([
        'id',
        'agent_ref',
        'priority',
        'count',
        'last',
        'first',
        'state',
        'rule',
        'image',
        'image_id',
        'container',
        'workload',
      ])
      .where('host_id', '=', hostId)
      .where('agent_ref', 'in', refs.slice(at, at + 500))
      .execute()
    for (const row of rows) known.set(row.agent_ref, row)
  }
  const firstOf = new Map<string, Item>()
  for (const item of items)
    if (!known.has(item.incident) && !firstOf.has(item.incident)) firstOf.set(item.incident, item)
  if (firstOf.size > 0 || [...known.values()].some(row => row.state === 'closed')) {
    const decisions = (await decisionsInForce(db, now())).filter(one => one.rule !== '')
    const fresh = [...firstOf].map(([ref, item]) => incidentOf(ref, item, hostId, now()))
    const notes: { id: string; incident_id: string; time: number; kind: string; actor: string; text: string }[] = []
    for (const row of fresh) {
      const found = decide(subjectOf(row), decisions)
      known.set(row.agent_ref, row)
      if (!found) continue
      row.state = 'closed'
      decidedIds.add(row)
      notes.push({
        id: newId(now()),
        incident_id: row.id,
        time: now(),
        kind: 'state',
        actor: 'decision',
        text: `closed ${found.id}`,
      })
    }
    for (const row of known.values())
      if (row.state === 'closed' && 'rule' in row && decide(subjectOf(row as never), decisions)) decidedIds.add(row)
    if (fresh.length > 0) {
      await insertMany(db, store.kind, 'incidents', Object.keys(fresh[0]!) as 'id'[], fresh)
      await linkDeeds(db, hostId, fresh)
    }
    if (notes.length > 0) await db.insertInto('notes').values(notes).execute()
  }
  return known
}

function subjectOf(row: { rule: string; image: string; image_id: string; container: string; workload: string }) {
  return {
    kind: 'alert',
    name: row.rule,
    aliases: [],
    package: '',
    purl: '',
    images: [row.image, row.image_id],
    workloads: [[row.container, row.workload]],
  }
}

function incidentOf(ref: string, { alert, workload, lineage }: Item, hostId: string, now: number) {
  const time = timeOf(alert.time, now)
  return {
    id: newId(now),
    host_id: hostId,
    agent_ref: ref,
    rule: alert.rule.slice(0, 500),
    priority: priorityNumber(alert.priority),
    techniques: JSON.stringify(alert.tags.filter(tag => /^T\d{4}(?:\.\d{3})?$/.test(tag))),
    tags: JSON.stringify(alert.tags),
    workload: workload.slice(0, 500),
    container_id: alert.container?.id ?? '',
    container: alert.container?.name ?? '',
    image: alert.container?.image ?? '',
    image_id: alert.container?.imageId ?? '',
    first: time,
    last: time,
    count: 0,
    state: 'open',
    assignee: '',
    lineage: JSON.stringify(lineage.slice(0, 50)),
  }
}

function rowOf({ id, alert }: Item, hostId: string, incidentId: string, now: number) {
  const time = timeOf(alert.time, now)
  return {
    id: `${hostId.slice(0, 60)}.${id}`.slice(0, 200),
    host_id: hostId,
    incident_id: incidentId,
    time,
    day: dayOf(time),
    rule: alert.rule.slice(0, 500),
    priority: priorityNumber(alert.priority),
    source: alert.source,
    output: alert.output.slice(0, 16_000),
    fields: JSON.stringify(alert.output_fields),
    hostname: alert.hostname,
    tags: JSON.stringify(alert.tags),
    container_id: alert.container?.id ?? '',
    container: alert.container?.name ?? '',
    image: alert.container?.image ?? '',
  }
}
