import type { Context } from '../context.ts'
import { newId } from '../db/id.ts'
import { insertMany } from '../db/insert.ts'
import { addWords } from '../db/search.ts'
import type { EventBatch } from '../schemas/agent.ts'
import type { EventRow } from '../schemas/events.ts'
import { dayOf, timeOf } from './time.ts'

const columns = ['id', 'host_id', 'time', 'day', 'kind', 'name', 'container_id', 'container', 'text'] as const

export interface NewEvent {
  id: string
  host_id: string
  time: number
  day: number
  kind: string
  name: string
  container_id: string
  container: string
  text: string
}

/** Stores events, each once; answers how many were new. */
export async function storeEvents(context: Context, { hostId, items }: EventBatch): Promise<number> {
  const now = context.now()
  const rows = items.map((item): NewEvent => {
    const time = timeOf(item.time, now)
    return {
      id: `${hostId.slice(0, 60)}.${item.id}`.slice(0, 200),
      host_id: hostId,
      time,
      day: dayOf(time),
      kind: item.kind,
      name: item.name.slice(0, 100),
      container_id: item.containerId,
      container: item.container,
      text: item.text.slice(0, 16_000),
    }
  })
  return insertEvents(context, rows)
}

/** Something that happened to the platform itself. */
export async function noteEvent(
  context: Context,
  event: {
    kind: EventRow['kind']
    name: string
    text: string
    hostId?: string
    containerId?: string
    container?: string
  },
): Promise<void> {
  const time = context.now()
  const { kind, name, text, hostId = '', containerId = '', container = '' } = event
  const row = {
    id: newId(time),
    host_id: hostId,
    time,
    day: dayOf(time),
    kind,
    name,
    container_id: containerId,
    container,
    text,
  }
  await insertEvents(context, [row])
}

async function insertEvents({ store }: Context, rows: readonly NewEvent[]): Promise<number> {
  const { db, kind } = store
  return db.transaction().execute(async transaction => {
    const fresh = await insertMany(transaction, kind, 'events', columns, rows, {
      conflict: '(id) do nothing',
      returning: ['seq', 'id'],
    })
    const byId = new Map(rows.map(row => [row.id, row]))
    await addWords(
      transaction,
      kind,
      'events',
      fresh.map(({ seq, id }) => {
        const row = byId.get(id as string)!
        return [seq as number, `${row.kind} ${row.name} ${row.container} ${row.text}`] as const
      }),
    )
    return fresh.length
  })
}
