import { type RawBuilder, sql } from 'kysely'
import type { AnyDb, StoreKind } from './define.ts'
import type { TableName, Tables } from './tables.ts'

type Row<T extends TableName> = Partial<{ [K in keyof Tables[T]]: unknown }>

/**
 * Inserts any number of rows by one statement that is compiled once: they travel as one JSON text. `conflict` is SQL behind `on conflict`, `do nothing` by default.
 * Answers the values of `returning` of the rows that are new (with `do nothing`). No blobs.
 */
export async function insertMany<T extends TableName>(
  db: AnyDb,
  kind: StoreKind,
  table: T,
  columns: readonly (keyof Tables[T] & string)[],
  rows: readonly Row<T>[],
  { conflict = 'do nothing', returning }: { conflict?: string; returning?: (keyof Tables[T] & string)[] } = {},
): Promise<Record<string, unknown>[]> {
  const out: Record<string, unknown>[] = []
  for (let at = 0; at < rows.length; at += chunk) {
    const part = rows.slice(at, at + chunk)
    const json = JSON.stringify(kind === 'sqlite' ? part.map(row => columns.map(name => row[name] ?? null)) : part)
    const ids = sql.join(columns.map(name => sql.id(name)))
    const end = returning ? sql` returning ${sql.join(returning.map(name => sql.id(name)))}` : sql``
    const source = kind === 'sqlite' ? fromArray(columns, json) : fromRecords(table, ids, json)
    const result = await sql<
      Record<string, unknown>
    >`insert into ${sql.table(table)} (${ids}) ${source} on conflict ${sql.raw(conflict)}${end}`.execute(db)
    out.push(...result.rows)
  }
  return out
}

const chunk = 2000

/** `where true`: without it SQLite takes `on conflict` for a join's. */
function fromArray(columns: readonly string[], json: string): RawBuilder<unknown> {
  const values = sql.join(columns.map((_, i) => sql.raw(`value->>${i}`)))
  return sql`select ${values} from json_each(${json}) where true`
}

function fromRecords(table: string, ids: RawBuilder<unknown>, json: string): RawBuilder<unknown> {
  return sql`select ${ids} from json_populate_recordset(null::${sql.table(table)}, ${json}::json)`
}
