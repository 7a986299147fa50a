import { newId } from '../db/id.ts'
import type { Db } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'
import { iso } from '../ingest/time.ts'
import type { DecisionChange } from '../schemas/decisions.ts'

type Row = Tables['decisions']

const shown = [
  'status',
  'justification',
  'owner',
  'expires',
  'comment',
  'vulnerability',
  'package',
  'image',
  'workload',
  'rule',
  'state',
] as const

/** Keeps what a decision was and is. To be called in the transaction that changes it. */
export async function noteChange(
  db: Db,
  change: { before: Row; after: Row; actor: string; what: DecisionChange['what']; time: number },
): Promise<void> {
  const { before, after, actor, what, time } = change
  const differing = shown.filter(key => before[key] !== after[key])
  const pick = (row: Row): string => JSON.stringify(Object.fromEntries(differing.map(key => [key, textOf(row, key)])))
  if (differing.length === 0) return
  await db
    .insertInto('decision_changes')
    .values({ id: newId(time), decision_id: before.id, time, actor, what, before: pick(before), after: pick(after) })
    .execute()
}

/** The newest first; 200 at most. */
export async function historyOf(db: Db, id: string): Promise<DecisionChange[]> {
  const rows = await db
    .selectFrom('decision_changes')
    .selectAll()
    .where('decision_id', '=', id)
    .orderBy('time', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  return rows.map(({ time, actor, what, before, after }) => {
    const [from, to] = [JSON.parse(before), JSON.parse(after)] as [Record<string, string>, Record<string, string>]
    const fields = Object.keys(to).map(field => ({ field, from: from[field] ?? '', to: to[field] ?? '' }))
    return { time: iso(time), actor, what: what as DecisionChange['what'], fields }
  })
}

function textOf(row: Row, key: (typeof shown)[number]): string {
  if (key === 'expires') return row.expires === null ? '' : iso(row.expires)
  return row[key]
}
