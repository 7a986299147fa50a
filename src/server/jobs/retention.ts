import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { removeWords } from '../db/search.ts'
import { pruneEvidence, removeEvidenceFile } from '../evidence/receive.ts'
import { dayOf } from '../ingest/time.ts'

const day = 86_400_000
/** Rows a transaction: as many as are gone in about this time, for a long one would hold alerts up. */
const parts = { least: 500, most: 8000, milliseconds: 50 }

/**
 * Takes out what is older than the settings say.
 *
 * Alerts and events carry their day, and whole days go, some thousand rows at a time. Tables per day would make that one drop, but every list, search and sum would be
 * over as many tables as days, on SQLite by hand; and rows that come late would be of a table that is gone. What is freed is used for the next rows; the file does
 * not shrink by itself.
 */
export async function pruneOld(context: Context): Promise<void> {
  const { alerts, events, audit, logs, evidence } = context.settings.get().retentionDays
  const today = dayOf(context.now())
  await pruneDays(context, 'alerts', today - alerts)
  await pruneDays(context, 'events', today - events)
  await pruneDays(context, 'logs', today - logs)
  await pruneIncidents(context, context.now() - alerts * day)
  await pruneEvidence(context, context.now() - evidence * day)
  await context.audit.prune(context.now() - audit * day)
  await pruneContainers(context)
}

async function pruneDays(context: Context, table: 'alerts' | 'events' | 'logs', before: number): Promise<void> {
  const { db, stopping } = context
  let part = parts.least
  let removed = 0
  while (!stopping.aborted) {
    const rows = await db.selectFrom(table).select('seq').where('day', '<', before).orderBy('day').limit(part).execute()
    if (rows.length === 0) return removed > 0 ? freeRoom(context, table) : undefined
    removed += rows.length
    const seqs = rows.map(row => row.seq)
    let took = 0
    await db.transaction().execute(async transaction => {
      const began = performance.now()
      await removeWords(transaction, table, seqs)
      await transaction.deleteFrom(table).where('seq', 'in', seqs).execute()
      // Without the commit: on a slow disk more and smaller ones would only be slower.
      took = performance.now() - began
    })
    part = took < parts.milliseconds ? Math.min(parts.most, part * 2) : Math.max(parts.least, Math.floor(part / 2))
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

/** PostgreSQL gives the room of deleted rows to new ones after a vacuum: its own comes later, when as many rows may have come. It holds up nobody; where it is refused, its own must do. */
async function freeRoom({ db, store }: Context, table: string): Promise<void> {
  if (store.kind !== 'postgresql') return
  for (const name of [table, `${table}_words`]) await sql`vacuum ${sql.table(name)}`.execute(db).catch(() => {})
}

/** Closed ones whose alerts are all gone. Open ones stay until somebody closes them. */
async function pruneIncidents({ db, state }: Context, before: number): Promise<void> {
  const rows = await db
    .selectFrom('incidents')
    .select('id')
    .where('last', '<', before)
    .where('state', '=', 'closed')
    .limit(1000)
    .execute()
  if (rows.length === 0) return
  const ids = rows.map(row => row.id)
  const files = await db.selectFrom('evidence').select('id').where('incident_id', 'in', ids).execute()
  for (const { id } of files) await removeEvidenceFile(state, id)
  await db.transaction().execute(async transaction => {
    for (const table of ['notes', 'evidence'] as const)
      await transaction.deleteFrom(table).where('incident_id', 'in', ids).execute()
    await transaction.deleteFrom('incidents').where('id', 'in', ids).execute()
  })
}

/** Containers that are gone for a month, and images that no host has had for as long and nobody runs. */
async function pruneContainers(context: Context): Promise<void> {
  const { db, now, verdicts } = context
  const before = now() - 30 * day
  await db.deleteFrom('containers').where('state', '=', 'gone').where('seen_at', '<', before).execute()
  const images = await db
    .selectFrom('images')
    .select('id')
    .where('last_seen', '<', before)
    .where('running', '=', 0)
    .where('id', 'not like', 'host:%')
    .limit(100)
    .execute()
  for (const { id } of images) await verdicts.forget(id)
}
