import type { FastifyReply } from 'fastify'
import { JennerError } from '../../base/errors.ts'
import type { Context } from '../context.ts'
import { cookieName } from '../http/guard.ts'
import { iso } from '../ingest/time.ts'
import type { Me } from '../schemas/users.ts'
import { lockedFor, noteFailure, noteSuccess } from './lockout.ts'
import { checkPassword } from './password.ts'
import { startSession } from './sessions.ts'
import { type UserRow, userNamed, userOf } from './users.ts'

/**
 * Signs in by name and password. A name that nobody has takes as long and answers the same as a wrong password; failures count against the name whether anybody has it
 * or not, and against the address.
 * Throws JennerError unauthenticated, too_many_requests.
 */
export async function login(
  context: Context,
  name: string,
  password: string,
  from: string,
  reply: FastifyReply,
): Promise<Me> {
  const { db, now } = context
  const account = name.normalize('NFC').slice(0, 64)
  const wait = Math.max(await lockedFor(db, 'account', account, now()), await lockedFor(db, 'address', from, now()))
  if (wait > 0) {
    reply.header('retry-after', String(Math.ceil(wait / 1000)))
    throw new JennerError('too_many_requests', `${Math.ceil(wait / 1000)} s`)
  }
  const user = await userNamed(db, account)
  const usable = user && !user.disabled && user.kind === 'local' ? user : undefined
  const right = await checkPassword(password, usable?.password)
  if (!usable || !right) {
    await noteFailure(db, 'account', account, now())
    await noteFailure(db, 'address', from, now())
    throw new JennerError('unauthenticated', 'name or password')
  }
  await noteSuccess(db, 'account', account)
  return enter(context, usable, from, reply)
}

/** Starts a session and sets its cookie. */
export async function enter(context: Context, user: UserRow, from: string, reply: FastifyReply): Promise<Me> {
  const { db, now, secure } = context
  const { secret, csrf, expires } = await startSession(db, user.id, from, now())
  await db.updateTable('users').set({ last_login: now() }).where('id', '=', user.id).execute()
  reply.setCookie(cookieName(secure), secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    expires: new Date(expires),
  })
  return { user: userOf({ ...user, last_login: now() }), csrf, expires: iso(expires) }
}

export function clearCookie({ secure }: Context, reply: FastifyReply): void {
  reply.clearCookie(cookieName(secure), { path: '/', httpOnly: true, sameSite: 'strict', secure })
}
