import { sql } from 'kysely'
import type { AnyDb } from '../define.ts'

/** By which verdict an image's findings are: what is judged the same again need not be compared. */
export async function verdict(db: AnyDb): Promise<void> {
  await sql`alter table images add column verdict text not null default ''`.execute(db)
}
