import { sealOf } from '../api/incidents/evidence.ts'
import type { Context } from '../context.ts'
import { newId } from '../db/id.ts'
import { noteEvent } from '../ingest/events.ts'
import { imageRow0 } from '../ingest/snapshot.ts'
import type { JobDone } from '../schemas/agent.ts'
import type { DrillResult } from '../schemas/drills.ts'
import type { JobRow } from './queue.ts'

/** Takes over what an agent's job brought. */
export async function jobEnded(context: Context, job: JobRow, done: JobDone): Promise<void> {
  if (job.kind === 'scan_image' && done.inventory !== undefined) {
    await context.verdicts.scanned(job.target, done.inventory)
    await noteEvent(context, { kind: 'scan', name: 'finished', text: job.title, hostId: job.host_id })
  }
  if (job.kind === 'scan_host' && done.inventory !== undefined) await hostScanned(context, job, done.inventory)
  if (job.kind === 'action' && done.action) await actionEnded(context, job.target, done.action)
  if (job.kind === 'undo' && done.action) await undoEnded(context, job.target, done.action)
  if (job.kind === 'drill' && done.drill) await drillEnded(context, job.target, done.drill)
}

/** A host is kept as an image of its own, `host:ID`, that runs once. */
async function hostScanned(context: Context, job: JobRow, inventory: unknown): Promise<void> {
  const { db, now } = context
  const hostId = job.host_id === '*' ? job.target : job.host_id
  const id = `host:${hostId}`
  const host = await db.selectFrom('hosts').select('name').where('id', '=', hostId).executeTakeFirst()
  const name = host?.name ?? hostId
  await db
    .insertInto('images')
    .values({ ...imageRow0, id, name, names: JSON.stringify([name]), running: 1, first_seen: now(), last_seen: now() })
    .onConflict(on => on.column('id').doUpdateSet({ last_seen: now(), running: 1 }))
    .execute()
  await context.verdicts.scanned(id, inventory)
  await noteEvent(context, { kind: 'scan', name: 'finished', text: name, hostId })
}

type ActionDone = NonNullable<JobDone['action']>

async function actionEnded(context: Context, id: string, done: ActionDone): Promise<void> {
  const { db, now, bus } = context
  await db
    .updateTable('actions')
    .set({
      state: done.state,
      detail: done.detail.slice(0, 10_000),
      undoable: Number(done.undoable),
      done_at: now(),
      until: done.until ? Date.parse(done.until) : null,
      milliseconds: done.milliseconds ?? null,
      ref: done.ref ?? '',
    })
    .where('id', '=', id)
    .execute()
  if (done.ref) await keepEvidence(context, id, done.ref)
  await told(context, id, done.state)
  bus.emit('action', id)
}

/** An agent that hands nothing over: where the evidence stands on its host, with its size and hash where that is this machine. It can be fetched from here then. */
async function keepEvidence(context: Context, actionId: string, ref: string): Promise<void> {
  const { db, now } = context
  const row = await db
    .selectFrom('actions')
    .select(['incident_id', 'step', 'host_id', 'container_id', 'container', 'requested_by'])
    .where('id', '=', actionId)
    .executeTakeFirst()
  if (!row?.incident_id || row.step !== 'evidence') return
  const id = newId(now())
  await db
    .insertInto('evidence')
    .values({
      id,
      incident_id: row.incident_id,
      action_id: actionId,
      name: ref.slice(0, 1000),
      ...(await sealOf(context, ref)),
      created_at: now(),
      host_id: row.host_id,
      container_id: row.container_id,
      container: row.container,
      agent_ref: '',
      made_by: row.requested_by,
      agent_key: id,
      state: 'referred',
      received: 0,
    })
    .execute()
}

async function undoEnded(context: Context, id: string, done: ActionDone): Promise<void> {
  const { db, bus } = context
  const undone = done.state === 'undone' || done.state === 'done'
  await db
    .updateTable('actions')
    .set({
      ...(undone && { state: 'undone' as const, undoable: 0 }),
      detail: done.detail.slice(0, 10_000),
    })
    .where('id', '=', id)
    .execute()
  await told(context, id, undone ? 'undone' : `undo_${done.state}`)
  bus.emit('action', id)
}

async function told(context: Context, id: string, name: string): Promise<void> {
  const row = await context.db.selectFrom('actions').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return
  context.metrics?.action(row.step, name)
  const { host_id: hostId, container_id: containerId, container } = row
  await noteEvent(context, {
    kind: 'action',
    name,
    text: `${row.step}: ${row.detail}`.slice(0, 2000),
    hostId,
    containerId,
    container,
  })
  if (row.incident_id) context.bus.emit('incident', row.incident_id)
}

async function drillEnded(context: Context, id: string, results: readonly DrillResult[]): Promise<void> {
  const { db, now, bus } = context
  const detected = results.filter(one => one.detected).length
  await db
    .updateTable('drills')
    .set({ state: 'done', finished_at: now(), total: results.length, detected, results: JSON.stringify(results) })
    .where('id', '=', id)
    .execute()
  await noteEvent(context, { kind: 'drill', name: 'finished', text: `${detected}/${results.length}` })
  bus.emit('drill', id)
}

/** A job that nobody will try again: what it was for says so. */
export async function jobFailedForGood(context: Context, job: JobRow): Promise<void> {
  const { db, now, bus } = context
  const error = job.error.slice(0, 5000)
  if (job.kind === 'scan_image') {
    await db
      .updateTable('images')
      .set({ scan_state: 'failed', scan_error: error })
      .where('id', '=', job.target)
      .execute()
    bus.emit('image', job.target)
  }
  if (job.kind === 'action')
    await db
      .updateTable('actions')
      .set({ state: 'failed', detail: error, done_at: now() })
      .where('id', '=', job.target)
      .execute()
  if (job.kind === 'drill')
    await db
      .updateTable('drills')
      .set({ state: 'failed', error, finished_at: now() })
      .where('id', '=', job.target)
      .execute()
  if (job.kind === 'action' || job.kind === 'undo') bus.emit('action', job.target)
  if (job.kind === 'drill') bus.emit('drill', job.target)
  const kind = job.kind === 'feeds' ? 'feed' : job.kind.startsWith('scan') ? 'scan' : 'platform'
  await noteEvent(context, {
    kind,
    name: 'failed',
    text: `${job.title}: ${error}`.slice(0, 2000),
    hostId: job.host_id.replace('*', ''),
  })
}
