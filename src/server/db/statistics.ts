import { sql } from 'kysely'
import type { Store } from './open.ts'

/** Lets SQLite look at a sample of its indexes, so that it chooses among them by what is in them. PostgreSQL does so by itself. */
export async function refreshStatistics({ db, kind }: Pick<Store, 'db' | 'kind'>): Promise<void> {
  if (kind !== 'sqlite') return
  await sql`pragma analysis_limit = 1000`.execute(db)
  await sql`pragma optimize = 0x10002`.execute(db)
}
