import { sql } from 'kysely'
import { type AnyDb, addColumns, createIndex, createTable, type StoreKind } from '../define.ts'

/** Evidence that agents hand over, steps that playbooks took, what changed in decisions, runs of schedules, drills that were started beside the platform. */
export async function casework(db: AnyDb, kind: StoreKind): Promise<void> {
  await addColumns(db, kind, 'evidence', {
    host_id: 'text',
    container_id: 'text',
    container: 'text',
    /** The agent's name of its incident, which may come later. */
    agent_ref: 'text',
    made_by: 'text',
    /** What the agent calls it: told twice, it is one. */
    agent_key: 'text',
    /** `referred`: it stands on its host alone; `receiving`, `whole`, `expired`. */
    state: 'text',
    received: 'int',
  })
  await sql`update evidence set state = 'referred', agent_key = id`.execute(db)
  await createIndex(db, 'evidence', 'host_id, agent_key', { unique: true })
  await createIndex(db, 'evidence', 'host_id, agent_ref', { where: "agent_ref <> ''" })
  await createIndex(db, 'evidence', 'created_at, id')
  await addColumns(db, kind, 'actions', { agent_ref: 'text' })
  await createIndex(db, 'actions', 'host_id, agent_ref', { where: "agent_ref <> ''" })
  await createTable(
    db,
    kind,
    'decision_changes',
    { id: 'text', decision_id: 'text', time: 'int', actor: 'text', what: 'text', before: 'text', after: 'text' },
    ['id'],
  )
  await createIndex(db, 'decision_changes', 'decision_id, time')
  await createIndex(db, 'incidents', 'assignee, last desc, id desc')
  await addColumns(db, kind, 'schedules', { last_run: 'int', last_report: 'text' })
  await addColumns(db, kind, 'drills', { origin: 'text' })
}
