import type { Db } from '../db/open.ts'

const minute = 60_000
/** Failures that cost nothing, then each doubles the wait, up to the longest. */
const free = { account: 5, address: 20 }
const longest = 15 * minute
/** So long after the last failure all is forgotten. */
const memory = 60 * minute

export type LockKind = keyof typeof free

/** Milliseconds until another try is let through; 0 for now. Kept in the store: a restart opens nothing. */
export async function lockedFor(db: Db, kind: LockKind, key: string, now: number): Promise<number> {
  const row = await db.selectFrom('lockouts').select('until').where('key', '=', `${kind} ${key}`).executeTakeFirst()
  // With a clock that was set back nobody waits longer than the longest wait.
  return Math.min(Math.max(0, (row?.until ?? 0) - now), longest)
}

export async function noteFailure(db: Db, kind: LockKind, key: string, now: number): Promise<void> {
  const id = `${kind} ${key}`
  const row = await db.selectFrom('lockouts').selectAll().where('key', '=', id).executeTakeFirst()
  const failures = row && Math.abs(now - row.last) < memory ? row.failures + 1 : 1
  const beyond = failures - free[kind]
  const until = beyond < 0 ? 0 : now + Math.min(longest, minute * 2 ** Math.min(beyond, 10))
  await db
    .insertInto('lockouts')
    .values({ key: id, failures, until, last: now })
    .onConflict(on => on.column('key').doUpdateSet({ failures, until, last: now }))
    .execute()
}

export async function noteSuccess(db: Db, kind: LockKind, key: string): Promise<void> {
  await db.deleteFrom('lockouts').where('key', '=', `${kind} ${key}`).execute()
}

export async function pruneLockouts(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('lockouts')
    .where('last', '<', now - memory)
    .execute()
}
