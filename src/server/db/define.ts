import { type Kysely, sql } from 'kysely'

export type StoreKind = 'sqlite' | 'postgresql'
/** biome-ignore lint/suspicious/noExplicitAny: a migration works on tables that the types of today may not know */
export type AnyDb = Kysely<any>

type Column = 'text' | 'int' | 'real' | 'blob' | 'serial' | 'text?' | 'int?' | 'real?'

const sqliteTypes = { text: 'text', int: 'integer', real: 'real', blob: 'blob', serial: 'integer' } as const
const postgresTypes = { text: 'text', int: 'bigint', real: 'float8', blob: 'bytea', serial: 'bigserial' } as const

/** Creates a table. Columns are `not null` unless their type ends in `?`; `key` is the primary key. */
export async function createTable(
  db: AnyDb,
  kind: StoreKind,
  name: string,
  columns: Record<string, Column>,
  key: string[],
): Promise<void> {
  const types = kind === 'sqlite' ? sqliteTypes : postgresTypes
  const parts = Object.entries(columns).map(([column, type]) => {
    const base = type.replace('?', '') as keyof typeof sqliteTypes
    if (base === 'serial' && kind === 'sqlite') return sql`${sql.id(column)} integer primary key autoincrement`
    // Byte order, as SQLite has it, so that both stores sort and page alike.
    const collate = base === 'text' && kind === 'postgresql' ? sql` collate "C"` : sql``
    const nullable = type.endsWith('?') ? sql`` : sql` not null`
    return sql`${sql.id(column)} ${sql.raw(types[base])}${collate}${nullable}`
  })
  const serial = kind === 'sqlite' && Object.values(columns).includes('serial')
  if (!serial) parts.push(sql`primary key (${sql.join(key.map(one => sql.id(one)))})`)
  await sql`create table ${sql.table(name)} (${sql.join(parts)})`.execute(db)
}

/** Adds columns to a table that may hold rows: they have '' or 0 there. */
export async function addColumns(
  db: AnyDb,
  kind: StoreKind,
  table: string,
  columns: Record<string, 'text' | 'int'>,
): Promise<void> {
  for (const [column, type] of Object.entries(columns)) {
    const name = kind === 'sqlite' ? sqliteTypes[type] : postgresTypes[type]
    const collate = type === 'text' && kind === 'postgresql' ? sql` collate "C"` : sql``
    const none = sql.raw(type === 'text' ? "''" : '0')
    await sql`alter table ${sql.table(table)} add column ${sql.id(column)} ${sql.raw(name)}${collate} not null default ${none}`.execute(
      db,
    )
  }
}

/** `columns` are SQL: `last desc`. */
export async function createIndex(
  db: AnyDb,
  table: string,
  columns: string,
  options: { unique?: boolean; where?: string } = {},
): Promise<void> {
  const name = `${table}_${columns.replace(/[^a-z_]+/g, '_')}`
  const where = options.where ? sql` where ${sql.raw(options.where)}` : sql``
  const unique = options.unique ? sql`unique ` : sql``
  await sql`create ${unique}index ${sql.id(name)} on ${sql.table(table)} (${sql.raw(columns)})${where}`.execute(db)
}
