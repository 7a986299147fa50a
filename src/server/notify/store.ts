import { sql } from 'kysely'
import type { DeliveryStore } from '../../reporting/outputs/deliveries.ts'
import type { Notice } from '../../reporting/outputs/model.ts'
import type { Context } from '../context.ts'
import type { AnyDb } from '../db/define.ts'
import { insertMany } from '../db/insert.ts'

/** What waits for outputs, in the store: it outlives the server, and a notice is never added twice. */
export function deliveryStore({ db }: Pick<Context, 'db'>): DeliveryStore {
  return {
    async due(output, limit, now) {
      const rows = await db
        .selectFrom('deliveries')
        .select(['seq', 'notice', 'attempts'])
        .where('output_id', '=', output)
        .where('state', '=', 'waiting')
        .where('at', '<=', now)
        .orderBy('seq')
        .limit(limit)
        .execute()
      return rows.map(row => ({
        seq: Number(row.seq),
        attempts: row.attempts,
        notice: noticeOf(row.notice),
      }))
    },
    async done(seqs) {
      await db
        .deleteFrom('deliveries')
        .where('seq', 'in', [...seqs])
        .execute()
    },
    async retry(seqs, at, error, only) {
      if (only) await narrow(db, seqs, only)
      await db
        .updateTable('deliveries')
        .set({ at, error, attempts: sql`attempts + 1` })
        .where('seq', 'in', [...seqs])
        .execute()
    },
    async dead(seqs, error, only) {
      if (only) await narrow(db, seqs, only)
      await db
        .updateTable('deliveries')
        .set({ state: 'dead', error })
        .where('seq', 'in', [...seqs])
        .execute()
    },
  }
}

/** Notes in what waits who does not have it yet. */
async function narrow(db: Context['db'], seqs: readonly number[], only: readonly string[]): Promise<void> {
  for (const seq of seqs) {
    const row = await db.selectFrom('deliveries').select('notice').where('seq', '=', seq).executeTakeFirst()
    if (row === undefined) continue
    const notice = JSON.stringify({ ...(JSON.parse(row.notice) as Notice), only })
    await db.updateTable('deliveries').set({ notice }).where('seq', '=', seq).execute()
  }
}

/** Lets notices wait for the outputs that want them. To be called in the transaction that notes that they were told. */
export async function enqueue(
  { store, now }: Pick<Context, 'store' | 'now'>,
  db: AnyDb,
  rows: readonly { output: string; notice: Notice }[],
): Promise<void> {
  const at = now()
  await insertMany(
    db,
    store.kind,
    'deliveries',
    ['output_id', 'notice_id', 'notice', 'state', 'at', 'attempts', 'error', 'created_at'],
    rows.map(({ output, notice }) => ({
      output_id: output,
      notice_id: notice.id,
      notice: textOf(notice),
      state: 'waiting',
      at,
      attempts: 0,
      error: '',
      created_at: at,
    })),
  )
}

/** In the store a notice is text; the bytes of an attachment are base64 there. */
function textOf(notice: Notice): string {
  const { attachment } = notice
  if (attachment === undefined) return JSON.stringify(notice)
  return JSON.stringify({
    ...notice,
    attachment: { ...attachment, content: Buffer.from(attachment.content).toString('base64') },
  })
}

function noticeOf(text: string): Notice {
  const notice = JSON.parse(text) as Notice
  const content = notice.attachment?.content as unknown
  if (notice.attachment && typeof content === 'string') notice.attachment.content = Buffer.from(content, 'base64')
  return notice
}
