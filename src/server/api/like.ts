import { type RawBuilder, sql } from 'kysely'

/** A condition: one of the columns holds the text, whatever its case. `%` and `_` mean themselves. */
export function holds(columns: readonly string[], text: string): RawBuilder<boolean> {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`(${sql.join(
    columns.map(column => sql`lower(${sql.ref(column)}) like ${pattern} escape '\\'`),
    sql` or `,
  )})`
}
