import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { newId } from '../db/id.ts'
import type { Db } from '../db/open.ts'
import { createTurn } from '../db/turn.ts'
import type { AuditRow, AuditVerified } from '../schemas/audit.ts'

export interface AuditEntry {
  actor: string
  from: string
  action: string
  target?: string
  detail?: string
  outcome: AuditRow['outcome']
}

/** The log of who did what. */
export interface Audit {
  write(entry: AuditEntry): Promise<void>
  /** Reads it whole and checks each row against the one before. */
  verify(): Promise<AuditVerified>
  /** Takes out rows older than a time; the hash of the last one taken stays, so that the rest still verifies. */
  prune(before: number): Promise<number>
}

/**
 * Each row's hash covers the row and the hash before it, keyed by a secret outside the database: who can write to the database alone can neither change a row nor add
 * one unnoticed. The newest hash stands apart, signed with the number of rows, so that rows cut off at the end are noticed too.
 */
export function createAudit(db: Db, key: Buffer, now: () => number): Audit {
  const turn = createTurn()
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('hex')
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const done = await turn()
    try {
      return await work()
    } finally {
      done()
    }
  }
  return {
    write: entry => inTurn(() => append(db, sign, entry, now())),
    verify: () => inTurn(() => verify(db, sign)),
    prune: before => inTurn(() => prune(db, before)),
  }
}

type Sign = (text: string) => string

async function append(db: Db, sign: Sign, entry: AuditEntry, time: number): Promise<void> {
  await db.transaction().execute(async transaction => {
    const last = await headOf(transaction)
    const row = {
      id: newId(time),
      time,
      actor: clean(entry.actor, 200),
      from_address: clean(entry.from, 200),
      action: clean(entry.action, 100),
      target: clean(entry.target ?? '', 500),
      detail: clean(entry.detail ?? '', 2000),
      outcome: entry.outcome,
    }
    const hash = sign(last.hash + contentOf(row))
    const { seq } = await transaction
      .insertInto('audit')
      .values({ ...row, hash })
      .returning('seq')
      .executeTakeFirstOrThrow()
    await putMeta(transaction, 'audit.head', `${seq} ${hash} ${sign(`head ${seq} ${hash}`)}`)
  })
}

/** Line breaks and control characters would let a name write a second line where the log is shown as text. */
function clean(text: string, most: number): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').slice(0, most)
}

interface Content {
  id: string
  time: number
  actor: string
  from_address: string
  action: string
  target: string
  detail: string
  outcome: string
}

function contentOf({ id, time, actor, from_address, action, target, detail, outcome }: Content): string {
  return JSON.stringify([id, Number(time), actor, from_address, action, target, detail, outcome])
}

async function headOf(db: Db): Promise<{ hash: string }> {
  const row = await db.selectFrom('audit').select('hash').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return { hash: row?.hash ?? (await getMeta(db, 'audit.base')) ?? '' }
}

async function verify(db: Db, sign: Sign): Promise<AuditVerified> {
  let hash = (await getMeta(db, 'audit.base')) ?? ''
  let seq = 0
  let rows = 0
  for (;;) {
    const part = await db.selectFrom('audit').selectAll().where('seq', '>', seq).orderBy('seq').limit(1000).execute()
    if (part.length === 0) break
    for (const row of part) {
      rows++
      const expected = sign(hash + contentOf(row))
      if (row.hash !== expected) return { rows, ok: false, brokenAt: row.id, head: hash }
      hash = expected
      seq = row.seq
    }
  }
  const stated = await getMeta(db, 'audit.head')
  const ok = rows === 0 ? stated === undefined : stated === `${seq} ${hash} ${sign(`head ${seq} ${hash}`)}`
  return { rows, ok, head: hash }
}

async function prune(db: Db, before: number): Promise<number> {
  return db.transaction().execute(async transaction => {
    const last = await transaction
      .selectFrom('audit')
      .select(['seq', 'hash'])
      .where('time', '<', before)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()
    // The newest row stays: the head is told of it.
    const newest = await transaction.selectFrom('audit').select(sql<number>`max(seq)`.as('seq')).executeTakeFirst()
    if (!last || last.seq === newest?.seq) return 0
    const gone = await transaction.deleteFrom('audit').where('seq', '<=', last.seq).executeTakeFirst()
    await putMeta(transaction, 'audit.base', last.hash)
    return Number(gone.numDeletedRows)
  })
}

async function getMeta(db: Db, key: string): Promise<string | undefined> {
  return (await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value
}

async function putMeta(db: Db, key: string, value: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ key, value })
    .onConflict(on => on.column('key').doUpdateSet({ value }))
    .execute()
}
