import { DatabaseSync } from 'node:sqlite'
import type pg from 'pg'
import { JennerError } from '../../base/errors.ts'
import { isFull } from './full.ts'

/** The right to write to a store, held by one server at a time. */
export interface StoreLock {
  release(): Promise<void>
}

/**
 * A lock of the kernel on a file beside the store, taken through SQLite: it goes with the process, however that ends, so that no stale file must be judged by its age.
 * Throws JennerError store_in_use, store_full, output_unwritable.
 */
export function lockFile(path: string): StoreLock {
  const db = new DatabaseSync(path, { timeout: 0 })
  try {
    db.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE')
  } catch (cause) {
    db.close()
    throw new JennerError(
      isBusy(cause) ? 'store_in_use' : isFull(cause) ? 'store_full' : 'output_unwritable',
      path,
      cause,
    )
  }
  return {
    async release() {
      db.close()
    },
  }
}

/** SQLITE_BUSY, SQLITE_LOCKED, their extended codes too. What else fails (a full disk, no right) is no other server. */
function isBusy(cause: unknown): boolean {
  const { errcode = 0 } = cause as { errcode?: number }
  return (errcode & 0xff) === 5 || (errcode & 0xff) === 6
}

const lockNumber = 0x6a656e6e

/** The same on PostgreSQL: an advisory lock of a session of its own, which ends with its connection. Throws JennerError store_in_use. */
export async function lockPostgres(pool: pg.Pool, onLost: () => void): Promise<StoreLock> {
  const client = await pool.connect()
  const { rows } = await client.query('select pg_try_advisory_lock($1) as got', [lockNumber])
  if (!rows[0]?.got) {
    client.release()
    throw new JennerError('store_in_use', 'postgresql')
  }
  let released = false
  client.on('error', () => {
    if (!released) onLost()
  })
  return {
    async release() {
      if (released) return
      released = true
      await client.query('select pg_advisory_unlock($1)', [lockNumber]).catch(() => {})
      client.release(true)
    },
  }
}
