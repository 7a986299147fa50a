import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { JennerError } from '../../base/errors.ts'
import { copyFileBefore, copySchemaBefore } from './before.ts'
import type { AnyDb, StoreKind } from './define.ts'
import { lockFile, lockPostgres, type StoreLock } from './lock.ts'
import { migrations as ours } from './migrations/index.ts'
import { postgresDialect, postgresPool } from './postgres.ts'
import { type Durability, sqliteDialect } from './sqlite.ts'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>

/** An open store. */
export interface Store {
  db: Db
  kind: StoreKind
  /** The SQLite file; undefined on PostgreSQL. */
  file?: string
  close(): Promise<void>
}

export interface StoreOptions {
  /** Folder of the embedded store. */
  state: string
  /** `postgresql://…`; the embedded SQLite without it. */
  database?: string
  durability?: Durability
  /** Called when the right to write was lost (the connection that held it broke). */
  onLost?: () => void
  /** Called with the place of the copy, when one was made before the schema is changed. */
  onCopy?: (copy: string) => void
  /** For tests. */
  migrations?: typeof ours
}

/**
 * Opens the store, takes the right to write to it and brings its schema up to date.
 * A store that an older version made is copied before it is changed.
 * Throws JennerError store_in_use (another server has it), store_newer (it was made by a later version), migration_failed (nothing was changed), store_full.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  return options.database ? openPostgres(options.database, options) : openSqlite(options)
}

async function openSqlite({ state, durability, migrations, onCopy }: StoreOptions): Promise<Store> {
  mkdirSync(state, { recursive: true, mode: 0o700 })
  const file = join(state, 'jenner.db')
  // SQLite gives its other files the rights of the first.
  for (const path of [file, join(state, 'lock')]) closeSync(openSync(path, 'a', 0o600))
  const lock = lockFile(join(state, 'lock'))
  const db = new Kysely<Tables>({ dialect: sqliteDialect(file, durability) })
  try {
    await migrate(db, 'sqlite', step => told(copyFileBefore(file, step), onCopy), migrations)
  } catch (error) {
    await db.destroy()
    await lock.release()
    throw error
  }
  return { db, kind: 'sqlite', file, close: () => closing(db, lock) }
}

async function openPostgres(url: string, { onLost, migrations, onCopy }: StoreOptions): Promise<Store> {
  const pool = postgresPool(url)
  const lock = await lockPostgres(pool, onLost ?? (() => {})).catch(async error => {
    await pool.end()
    throw error instanceof JennerError ? error : new Error(`PostgreSQL: ${(error as Error).message}`, { cause: error })
  })
  const db = new Kysely<Tables>({ dialect: postgresDialect(pool) })
  try {
    await migrate(db, 'postgresql', step => told(copySchemaBefore(db, step), onCopy), migrations)
  } catch (error) {
    await lock.release()
    await db.destroy()
    throw error
  }
  return { db, kind: 'postgresql', close: () => closing(db, lock) }
}

async function closing(db: Db, lock: StoreLock): Promise<void> {
  try {
    await lock.release()
  } finally {
    await db.destroy()
  }
}

async function told(copying: Promise<string>, onCopy: ((copy: string) => void) | undefined): Promise<string> {
  const copy = await copying
  onCopy?.(copy)
  return copy
}

/** All steps that are missing, in one transaction: one that fails takes the others back. A store that holds something is copied first; where the copy is stands in the error. */
async function migrate(
  db: AnyDb,
  kind: StoreKind,
  copyBefore: (step: string) => Promise<string>,
  steps: typeof ours = ours,
): Promise<void> {
  const known = Object.fromEntries(
    steps.map(({ name, up }): [string, Migration] => [name, { up: inside => up(inside, kind) }]),
  )
  const migrator = new Migrator({ db, provider: { getMigrations: async () => known } })
  const applied = await appliedNames(db)
  const later = applied.filter(name => !(name in known))
  if (later.length > 0) throw new JennerError('store_newer', later.join(', '))
  if (steps.every(({ name }) => applied.includes(name))) return
  const missing = steps.find(({ name }) => !applied.includes(name))!
  const copy = applied.length === 0 ? undefined : await copyBefore(missing.name)
  const { error, results } = await migrator.migrateToLatest()
  if (error === undefined) return
  const failed = results?.find(one => one.status === 'Error')?.migrationName ?? ''
  const why = `${failed} ${error instanceof Error ? error.message : ''}`.trim()
  throw new JennerError('migration_failed', copy === undefined ? why : `${why} (${copy})`, error)
}

async function appliedNames(db: AnyDb): Promise<string[]> {
  try {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
    return rows.map(({ name }) => name)
  } catch {
    return []
  }
}
