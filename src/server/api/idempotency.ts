import { hash } from 'node:crypto'
import { JennerError } from '../../base/errors.ts'
import type { Context } from '../context.ts'

export interface Answer {
  status: number
  body: unknown
}

const running = new WeakMap<Context, Map<string, Promise<Answer>>>()

/**
 * A write that is sent twice with one `Idempotency-Key` is done once: the second gets the first's answer. The same key with another request is refused.
 * Kept for a day.
 */
export async function once(
  context: Context,
  who: string,
  key: string | undefined,
  request: string,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (key === undefined) return work()
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw new JennerError('bad_argument', 'Idempotency-Key')
  const id = hash('sha256', `${who}\0${key}`)
  const digest = hash('sha256', request)
  const now = running.get(context) ?? new Map<string, Promise<Answer>>()
  running.set(context, now)
  for (let busy = now.get(id); busy; busy = now.get(id)) await busy.catch(() => {})
  // Noted before anything is waited for: of two that come together the second must find the first.
  const doing = doOnce(context, id, digest, work)
  now.set(id, doing)
  try {
    return await doing
  } finally {
    now.delete(id)
  }
}

async function doOnce(context: Context, id: string, digest: string, work: () => Promise<Answer>): Promise<Answer> {
  const before = await context.db.selectFrom('idempotency').selectAll().where('key', '=', id).executeTakeFirst()
  if (before) {
    if (before.request !== digest) throw new JennerError('conflict', 'Idempotency-Key of another request')
    return { status: before.status, body: before.body === '' ? undefined : JSON.parse(before.body) }
  }
  const answer = await work()
  const body = answer.body === undefined ? '' : JSON.stringify(answer.body)
  const row = { key: id, request: digest, status: answer.status, body, created_at: context.now() }
  await context.db
    .insertInto('idempotency')
    .values(row)
    .onConflict(on => on.doNothing())
    .execute()
  return answer
}

const day = 86_400_000

export async function pruneIdempotency({ db, now }: Pick<Context, 'db' | 'now'>): Promise<void> {
  await db
    .deleteFrom('idempotency')
    .where('created_at', '<', now() - day)
    .execute()
}
