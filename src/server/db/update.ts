import { sql } from 'kysely'
import type { AnyDb, StoreKind } from './define.ts'
import type { TableName, Tables } from './tables.ts'

/** Sets columns of many rows, each to its own values, by one statement that is compiled once. `keys` name the row. */
export async function updateMany<T extends TableName>(
  db: AnyDb,
  kind: StoreKind,
  table: T,
  keys: readonly (keyof Tables[T] & string)[],
  columns: readonly (keyof Tables[T] & string)[],
  rows: readonly Partial<Record<keyof Tables[T], unknown>>[],
): Promise<void> {
  const all = [...keys, ...columns]
  for (let at = 0; at < rows.length; at += 2000) {
    const part = rows.slice(at, at + 2000)
    const json = JSON.stringify(kind === 'sqlite' ? part.map(row => all.map(name => row[name] ?? null)) : part)
    const set = sql.join(columns.map(name => sql`${sql.id(name)} = v.${sql.id(name)}`))
    const same = sql.join(
      keys.map(name => sql`${sql.table(table)}.${sql.id(name)} = v.${sql.id(name)}`),
      sql` and `,
    )
    const values = sql.join(all.map((name, i) => sql`value->>${sql.lit(i)} as ${sql.id(name)}`))
    const source =
      kind === 'sqlite'
        ? sql`(select ${values} from json_each(${json}))`
        : sql`json_populate_recordset(null::${sql.table(table)}, ${json}::json)`
    await sql`update ${sql.table(table)} set ${set} from ${source} as v where ${same}`.execute(db)
  }
}
