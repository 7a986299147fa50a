import type { Db } from '../db/open.ts'
import type { Role, TokenScope } from '../schemas/users.ts'
import { hashSecret } from './password.ts'
import { lowerRole, type Principal, roleOfScopes } from './principal.ts'

/** What API tokens begin with, so that scanners for leaked secrets know them. */
export const tokenPrefix = 'jnr_'

const grain = 60_000

/** Whom a token speaks for. A token is never worth more than the user who made it is today. */
export async function findToken(db: Db, secret: string, now: number): Promise<Principal | undefined> {
  if (!secret.startsWith(tokenPrefix) || secret.length > 200) return undefined
  const row = await db
    .selectFrom('tokens')
    .leftJoin('users', 'users.id', 'tokens.user_id')
    .select([
      'tokens.id',
      'tokens.name',
      'scopes',
      'expires',
      'last_used',
      'user_id',
      'users.role as user_role',
      'users.disabled',
    ])
    .where('hash', '=', hashSecret(secret))
    .executeTakeFirst()
  if (!row || now >= row.expires) return undefined
  // user_id is '' for tokens made over the socket.
  if (row.user_id !== '' && (row.user_role === null || row.disabled)) return undefined
  if (now - (row.last_used ?? 0) > grain)
    await db
      .updateTable('tokens')
      .set({ last_used: now })
      .where('id', '=', row.id)
      .execute()
      .catch(() => {})
  const stated = JSON.parse(row.scopes) as TokenScope[]
  const maker = row.user_id === '' ? 'admin' : (row.user_role as Role)
  // Only who administers may speak for an agent.
  const scopes = maker === 'admin' ? stated : stated.filter(scope => scope !== 'agent' && scope !== 'admin')
  const given = roleOfScopes(stated)
  return {
    kind: 'token',
    userId: row.user_id,
    tokenId: row.id,
    name: `token ${row.name}`,
    role: given && lowerRole(given, maker),
    scopes,
  }
}
