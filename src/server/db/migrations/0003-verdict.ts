import { sql } from 'kysely'
import { type AnyDb, createIndex } from '../define.ts'

/** By which verdict an image's findings are: what is judged the same again need not be compared. And the few findings that are no flaws, found without reading those that are. */
export async function verdict(db: AnyDb): Promise<void> {
  await sql`alter table images add column verdict text not null default ''`.execute(db)
  await createIndex(db, 'findings', 'kind, score, id', { where: "kind <> 'vulnerability'" })
  await createIndex(db, 'vulnerabilities', 'epss, id')
}
