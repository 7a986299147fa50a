import type { FastifyReply } from 'fastify'
import { networkOf } from '../../base/address.ts'
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
  const network = networkOf(from)
  const checkLocks = async (): Promise<void> => {
    const locks = [await lockedFor(db, 'account', account, now()), await lockedFor(db, 'address', network, now())]
    const wait = Math.ceil(Math.max(...locks) / 1000)
    if (wait <= 0) return
    reply.header('retry-after', String(wait))
    throw new JennerError('too_many_requests', `${wait} s`)
  }
  await checkLocks()
  const user = await userNamed(db, account)
  const usable = user && !user.disabled && user.kind === 'local' ? user : undefined
  const right = await checkPassword(password, usable?.password)
  // Passwords are compared one after the other: of many tries sent at once, those behind the one that shut the door are not told whether they were right.
  await checkLocks()
  if (!usable || !right) {
    await noteFailure(db, 'account', account, now())
    await noteFailure(db, 'address', network, now())
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
