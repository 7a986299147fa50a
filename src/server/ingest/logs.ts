import type { Context } from '../context.ts'
import { insertMany } from '../db/insert.ts'
import { addWords } from '../db/search.ts'
import type { LogBatch } from '../schemas/agent.ts'
import { dayOf, timeOf } from './time.ts'

const columns = ['id', 'host_id', 'container_id', 'container', 'stream', 'time', 'day', 'text'] as const

/** Stores lines of containers' logs, each once. Answers how many were new. */
export async function storeLogs(context: Context, { hostId, items }: LogBatch): Promise<number> {
  const { store, now } = context
  const rows = items.map(({ id, containerId, container, stream, time, text }) => {
    const at = timeOf(time, now())
    return { id, host_id: hostId, container_id: containerId, container, stream, time: at, day: dayOf(at), text }
  })
  return store.db.transaction().execute(async transaction => {
    const fresh = await insertMany(transaction, store.kind, 'logs', columns, rows, {
      conflict: '(id) do nothing',
      returning: ['seq', 'id'],
    })
    const texts = new Map(rows.map(({ id, text, container }) => [id, `${text} ${container}`]))
    await addWords(
      transaction,
      store.kind,
      'logs',
      fresh.map(row => [Number(row.seq), texts.get(row.id as string) ?? ''] as const),
    )
    return fresh.length
  })
}
