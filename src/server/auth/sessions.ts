import { newId } from '../db/id.ts'
import type { Db } from '../db/open.ts'
import type { Role } from '../schemas/users.ts'
import { hashSecret, newSecret } from './password.ts'
import type { Principal } from './principal.ts'

const hour = 3_600_000
/** Without a request for so long it ends; however busy, it ends after a day's work. */
const idle = 8 * hour
const absolute = 24 * hour
/** How stale `last_seen` may be: not every request writes. */
const grain = 60_000

export interface Started {
  secret: string
  csrf: string
  expires: number
}

/** A session anew, always: whatever cookie came with the login is worth nothing afterwards. */
export async function startSession(db: Db, userId: string, from: string, now: number): Promise<Started> {
  const secret = newSecret()
  const csrf = newSecret()
  const expires = now + absolute
  await db
    .insertInto('sessions')
    .values({
      id: newId(now),
      hash: hashSecret(secret),
      user_id: userId,
      csrf,
      created_at: now,
      last_seen: now,
      expires,
      from_address: from,
    })
    .execute()
  return { secret, csrf, expires }
}

/** Whose session a cookie names; undefined for none, an ended one, and a user who is gone or disabled. */
export async function findSession(db: Db, secret: string, now: number): Promise<Principal | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['sessions.id', 'csrf', 'expires', 'last_seen', 'user_id', 'users.name', 'users.role', 'users.disabled'])
    .where('hash', '=', hashSecret(secret))
    .executeTakeFirst()
  if (!row || row.disabled || now >= row.expires || now - row.last_seen > idle) return undefined
  // A clock that was set back must not make a session live longer: it counts from what it has seen.
  if (now < row.last_seen - 24 * hour) return undefined
  if (now - row.last_seen > grain)
    await db
      .updateTable('sessions')
      .set({ last_seen: now })
      .where('id', '=', row.id)
      .execute()
      .catch(() => {})
  return {
    kind: 'user',
    userId: row.user_id,
    name: row.name,
    role: row.role as Role,
    scopes: [],
    session: { id: row.id, csrf: row.csrf, expires: row.expires },
  }
}

export async function endSession(db: Db, id: string): Promise<void> {
  await db.deleteFrom('sessions').where('id', '=', id).execute()
}

/** All of a user's, but for one. */
export async function endSessionsOf(db: Db, userId: string, but = ''): Promise<void> {
  await db.deleteFrom('sessions').where('user_id', '=', userId).where('id', '!=', but).execute()
}

export async function pruneSessions(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where(eb => eb.or([eb('expires', '<', now), eb('last_seen', '<', now - idle)]))
    .execute()
  await db.deleteFrom('invitations').where('expires', '<', now).execute()
}
