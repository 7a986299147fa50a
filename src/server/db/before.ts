import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { JennerError } from '../../base/errors.ts'
import type { AnyDb } from './define.ts'
import { isFull } from './full.ts'

/** Copies that stay: of this change of the schema and of the one before it. */
const kept = 2

/**
 * Copies the embedded store before its schema is changed, to `before-STEP.db` beside it, whole and on disk when this ends. Answers its path.
 * Throws JennerError store_full, migration_failed: nothing is changed without a copy.
 */
export async function copyFileBefore(file: string, step: string): Promise<string> {
  const folder = dirname(file)
  const copy = join(folder, `before-${step}.db`)
  const draft = `${copy}.part`
  try {
    rmSync(draft, { force: true })
    const source = new DatabaseSync(file, { readOnly: true })
    try {
      await backup(source, draft, { rate: 4000 })
    } finally {
      source.close()
    }
    const fd = openSync(draft, 'r+')
    fsyncSync(fd)
    closeSync(fd)
    renameSync(draft, copy)
  } catch (cause) {
    rmSync(draft, { force: true })
    if (isFull(cause)) throw new JennerError('store_full', copy, cause)
    throw new JennerError('migration_failed', `${copy}: ${(cause as Error).message}`, cause)
  }
  for (const old of copiesIn(folder).slice(kept)) rmSync(old, { force: true })
  return copy
}

/** The newest first. */
function copiesIn(folder: string): string[] {
  const names = readdirSync(folder).filter(name => /^before-[\w-]+\.db$/.test(name))
  const paths = names.map(name => join(folder, name)).filter(path => existsSync(path))
  return paths.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs || basename(b).localeCompare(basename(a)))
}

const prefix = 'jenner_before_'

/**
 * The same on PostgreSQL: every table's rows, in a schema of their own, `jenner_before_STEP`. That needs no program beside the server and no room but the database's.
 * Throws JennerError migration_failed where the server may not make a schema: then somebody must make a copy, and let it.
 */
export async function copySchemaBefore(db: AnyDb, step: string): Promise<string> {
  const schema = `${prefix}${step.replace(/\W/g, '_')}`
  try {
    await db.transaction().execute(async transaction => {
      // A large table is copied for as long as it takes.
      await sql`set local statement_timeout = 0`.execute(transaction)
      const { rows: schemas } = await sql<{ name: string }>`
        select nspname as name from pg_namespace where starts_with(nspname, ${prefix}) order by oid desc`.execute(
        transaction,
      )
      for (const { name } of schemas.filter((each, at) => each.name === schema || at >= kept - 1))
        await sql`drop schema ${sql.id(name)} cascade`.execute(transaction)
      await sql`create schema ${sql.id(schema)}`.execute(transaction)
      const { rows: tables } = await sql<{ name: string }>`
        select tablename as name from pg_tables where schemaname = current_schema()`.execute(transaction)
      for (const { name } of tables)
        await sql`create table ${sql.id(schema, name)} as table ${sql.id(name)}`.execute(transaction)
    })
    return schema
  } catch (cause) {
    if (isFull(cause)) throw new JennerError('store_full', schema, cause)
    throw new JennerError('migration_failed', `${schema}: ${(cause as Error).message}`, cause)
  }
}
