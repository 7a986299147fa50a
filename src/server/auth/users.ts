import { JennerError } from '../../base/errors.ts'
import type { Context } from '../context.ts'
import { newId } from '../db/id.ts'
import type { Db } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'
import { iso, isoOr } from '../ingest/time.ts'
import type { Role, User } from '../schemas/users.ts'
import { hashPassword, hashSecret, newSecret } from './password.ts'
import { endSessionsOf } from './sessions.ts'

export type UserRow = Tables['users']

const day = 86_400_000
const linkAge = { setup: 7 * day, invite: 3 * day, reset: day } as const
export type LinkKind = keyof typeof linkAge

export function userOf(row: UserRow): User {
  return {
    id: row.id,
    name: row.name,
    role: row.role as Role,
    kind: row.kind as User['kind'],
    disabled: row.disabled === 1,
    createdAt: iso(row.created_at),
    ...isoOr('lastLogin', row.last_login),
  }
}

/** Names are looked for as they are written, in one form of each letter. */
export async function userNamed(db: Db, name: string): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('name', '=', name.normalize('NFC')).executeTakeFirst()
}

/** What the audit log and histories call those who are no accounts: an account of that name could put its deeds on them. */
const reserved = new Set(['local', 'server', 'agent', 'jenner', 'system', 'decision', 'playbook', 'schedule'])

export async function isNameTaken(db: Db, name: string): Promise<boolean> {
  return reserved.has(name.normalize('NFKC').toLowerCase()) || (await userNamed(db, name)) !== undefined
}

export async function createUser(
  { db, now }: Pick<Context, 'db' | 'now'>,
  name: string,
  role: Role,
  more: { subject?: string } = {},
): Promise<UserRow> {
  const row: UserRow = {
    id: newId(now()),
    name: name.normalize('NFC'),
    role,
    kind: more.subject ? 'oidc' : 'local',
    subject: more.subject ?? '',
    disabled: 0,
    password: '',
    created_at: now(),
    last_login: null,
  }
  if (await isNameTaken(db, row.name)) throw new JennerError('conflict', row.name)
  await db.insertInto('users').values(row).execute()
  return row
}

/** A link that sets a password, good once. Only its hash is kept; a new one of the same kind takes the place of the last. */
export async function createLink(
  { db, now }: Pick<Context, 'db' | 'now'>,
  userId: string,
  kind: LinkKind,
): Promise<{ path: string; expires: number }> {
  const secret = newSecret()
  const expires = now() + linkAge[kind]
  await db.transaction().execute(async transaction => {
    await transaction.deleteFrom('invitations').where('user_id', '=', userId).execute()
    await transaction
      .insertInto('invitations')
      .values({ hash: hashSecret(secret), user_id: userId, kind, expires })
      .execute()
  })
  // Behind `#`: what follows is not sent, and stands in no log of a proxy.
  return { path: `/setup#${secret}`, expires }
}

/**
 * Uses a link: sets the password of its user, or makes the first administrator (`setup`). Once; all sessions of the user end.
 * Throws JennerError forbidden for a link that is none, was used or is too old.
 */
export async function redeemLink(
  context: Pick<Context, 'db' | 'now'>,
  secret: string,
  password: string,
  name: string | undefined,
): Promise<UserRow> {
  const { db, now } = context
  const hash = hashSecret(secret)
  const link = await db.selectFrom('invitations').selectAll().where('hash', '=', hash).executeTakeFirst()
  if (!link || now() >= link.expires) throw new JennerError('forbidden', 'link')
  // Somebody was made administrator by the command line meanwhile: the first one is there.
  if (link.kind === 'setup' && !(await setupNeeded(db))) throw new JennerError('forbidden', 'link')
  if (link.kind === 'setup' && !name) throw new JennerError('bad_argument', 'name')
  const hashed = await hashPassword(password)
  // Who takes it out of the store has it: of two at once one is too late.
  const { numDeletedRows } = await db.deleteFrom('invitations').where('hash', '=', hash).executeTakeFirstOrThrow()
  if (numDeletedRows === 0n) throw new JennerError('forbidden', 'link')
  const user =
    link.kind === 'setup'
      ? await createUser(context, name!, 'admin')
      : await db.selectFrom('users').selectAll().where('id', '=', link.user_id).executeTakeFirst()
  if (!user || user.disabled) throw new JennerError('forbidden', 'link')
  await db.updateTable('users').set({ password: hashed }).where('id', '=', user.id).execute()
  await endSessionsOf(db, user.id)
  return user
}

/** Whether nobody can sign in yet. */
export async function setupNeeded(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled', '=', 0)
    .limit(1)
    .executeTakeFirst()
  return row === undefined
}

/** The last administrator stays one. Throws JennerError conflict. */
export async function keepOneAdmin(db: Db, userId: string): Promise<void> {
  const others = await db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled', '=', 0)
    .where('id', '!=', userId)
    .limit(1)
    .executeTakeFirst()
  if (!others) throw new JennerError('conflict', 'the last administrator')
}
