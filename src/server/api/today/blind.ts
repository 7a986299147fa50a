import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { sensorOf, silence } from '../hosts/routes.ts'

/** What nobody looks at. */
export interface BlindSpot {
  kind: 'silent' | 'off' | 'lost' | 'scan'
  ref: string
  name: string
  reason: string
  at: number
}

export async function blindSpots({ db, now }: Context, most: number): Promise<BlindSpot[]> {
  const out: BlindSpot[] = []
  for (const row of await db.selectFrom('hosts').select(['id', 'name', 'last_seen', 'sensor']).execute()) {
    const sensor = sensorOf(row.sensor)
    const spot = { ref: row.id, name: row.name, at: row.last_seen }
    if (now() - row.last_seen >= silence) out.push({ kind: 'silent', reason: '', ...spot })
    else if (sensor.state !== 'running') out.push({ kind: 'off', reason: sensor.reason ?? '', ...spot })
    else if (sensor.lost > 0) out.push({ kind: 'lost', reason: String(sensor.lost), ...spot })
  }
  const failed = await db
    .selectFrom('images')
    .select(['id', 'name', 'scan_error', 'last_seen'])
    .where('scan_state', '=', 'failed')
    .orderBy('running', 'desc')
    .limit(most)
    .execute()
  for (const row of failed)
    out.push({ kind: 'scan', ref: row.id, name: row.name, reason: row.scan_error, at: row.last_seen })
  return out
}

export async function countBlindSpots(context: Context): Promise<number> {
  const failed = await context.db
    .selectFrom('images')
    .select(sql<number>`count(*)`.as('n'))
    .where('scan_state', '=', 'failed')
    .executeTakeFirstOrThrow()
  return (await blindSpots(context, 0)).length + Number(failed.n)
}
