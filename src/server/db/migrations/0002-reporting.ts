import { type AnyDb, createIndex, createTable, type StoreKind } from '../define.ts'
import { createSearch } from '../search.ts'

/** Outputs and what waits for them, reports and their schedules, lines of containers' logs. */
export async function reporting(db: AnyDb, kind: StoreKind): Promise<void> {
  await createTable(
    db,
    kind,
    'outputs',
    {
      id: 'text',
      kind: 'text',
      name: 'text',
      enabled: 'int',
      minimum: 'int',
      config: 'text',
      delivered: 'int',
      failed: 'int',
      last_delivered: 'int?',
      last_error: 'text',
      created_at: 'int',
    },
    ['id'],
  )
  await createTable(
    db,
    kind,
    'deliveries',
    {
      seq: 'serial',
      output_id: 'text',
      notice_id: 'text',
      notice: 'text',
      state: 'text',
      at: 'int',
      attempts: 'int',
      error: 'text',
      created_at: 'int',
    },
    ['seq'],
  )
  await createIndex(db, 'deliveries', 'output_id, notice_id', { unique: true })
  await createIndex(db, 'deliveries', 'output_id, state, at')
  // What somebody was told of, and how bad it was then.
  await createTable(db, kind, 'told', { kind: 'text', ref: 'text', level: 'int', at: 'int' }, ['kind', 'ref'])
  await createTable(
    db,
    kind,
    'reports',
    {
      id: 'text',
      from_time: 'int',
      to_time: 'int',
      format: 'text',
      lang: 'text',
      state: 'text',
      created_by: 'text',
      created_at: 'int',
      size: 'int?',
      error: 'text',
      body: 'blob',
    },
    ['id'],
  )
  await createTable(
    db,
    kind,
    'schedules',
    { id: 'text', every: 'text', format: 'text', lang: 'text', outputs: 'text', next: 'int', enabled: 'int' },
    ['id'],
  )
  // Findings that stood at the end of each day: what was mended leaves no other trace.
  await createTable(db, kind, 'daily', { day: 'int', levels: 'text' }, ['day'])
  await createTable(
    db,
    kind,
    'logs',
    {
      seq: 'serial',
      id: 'text',
      host_id: 'text',
      container_id: 'text',
      container: 'text',
      stream: 'text',
      time: 'int',
      day: 'int',
      text: 'text',
    },
    ['seq'],
  )
  await createIndex(db, 'logs', 'id', { unique: true })
  await createIndex(db, 'logs', 'container_id, time')
  await createIndex(db, 'logs', 'time, id')
  await createIndex(db, 'logs', 'day')
  await createSearch(db, kind, 'logs')
}
