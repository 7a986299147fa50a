import type { Context } from '../context.ts'
import type { Db } from '../db/open.ts'
import { incidentByRef, linkLate } from '../evidence/receive.ts'
import type { DeedBatch } from '../schemas/agent.ts'
import { noteEvent } from './events.ts'
import { timeOf } from './time.ts'

/** Stores what an agent's playbooks did, each step once. It belongs to the incident that the agent names, also where that comes later. Answers how many were new. */
export async function storeDeeds(context: Context, { hostId, items }: DeedBatch): Promise<number> {
  const { db, now, bus, audit, metrics } = context
  let stored = 0
  for (const item of items) {
    let incident = await incidentByRef(db, hostId, item.incident)
    const time = timeOf(item.time, now())
    const { numInsertedOrUpdatedRows: fresh } = await db
      .insertInto('actions')
      .values({
        id: item.id,
        step: item.step,
        container_id: item.containerId,
        container: item.container.slice(0, 300),
        host_id: hostId,
        incident_id: incident,
        dry_run: Number(item.dryRun),
        state: item.state,
        undoable: Number(item.undoable),
        reason: item.reason.slice(0, 2000),
        requested_by: item.by,
        created_at: time,
        done_at: time,
        until: item.until ? Date.parse(item.until) : null,
        detail: item.detail.slice(0, 10_000),
        milliseconds: item.milliseconds ?? null,
        ref: '',
        agent_ref: item.incident,
      })
      .onConflict(on => on.column('id').doNothing())
      .executeTakeFirstOrThrow()
    if (!fresh) continue
    stored++
    if (incident === '')
      incident = await linkLate(db, 'actions', { id: item.id, host_id: hostId, agent_ref: item.incident })
    const name = item.dryRun ? 'dry_run' : item.state
    await audit.write({
      actor: item.by,
      from: hostId,
      action: 'action.playbook',
      target: item.id,
      detail: `${item.step} ${item.container} ${name}`,
      outcome: item.state === 'refused' || item.state === 'failed' ? item.state : 'done',
    })
    metrics?.action(item.step, name)
    const { step, containerId, container } = item
    await noteEvent(context, { kind: 'action', name, text: `${item.by}: ${step}`, hostId, containerId, container })
    bus.emit('action', item.id)
    if (incident !== '') bus.emit('incident', incident)
  }
  return stored
}

/** An incident has come: steps and evidence that named it before are its own. */
export async function linkDeeds(
  db: Db,
  hostId: string,
  fresh: readonly { id: string; agent_ref: string }[],
): Promise<void> {
  const waiting = new Set<string>()
  const refs = fresh.map(row => row.agent_ref)
  for (const table of ['actions', 'evidence'] as const) {
    const rows = await db
      .selectFrom(table)
      .select('agent_ref')
      .where('host_id', '=', hostId)
      .where('agent_ref', '!=', '')
      .where('agent_ref', 'in', refs)
      .where('incident_id', '=', '')
      .execute()
    for (const row of rows) waiting.add(row.agent_ref)
  }
  for (const { id, agent_ref: ref } of fresh) {
    if (!waiting.has(ref)) continue
    for (const table of ['actions', 'evidence'] as const)
      await db
        .updateTable(table)
        .set({ incident_id: id })
        .where('host_id', '=', hostId)
        .where('agent_ref', '=', ref)
        .where('incident_id', '=', '')
        .execute()
  }
}
