import { sql } from 'kysely'
import type { Levels } from '../../reporting/reports/model.ts'
import type { Context } from '../context.ts'
import { dayOf } from '../ingest/time.ts'
import { severityOrder } from '../judge/scales.ts'

/** Findings that nobody decided on, by severity, as they stand. */
export async function levelsNow({ db }: Pick<Context, 'db'>): Promise<Levels> {
  const rows = await db
    .selectFrom('findings')
    .select(['severity', sql<number>`count(*)`.as('n')])
    .where('decision_id', '=', '')
    .groupBy('severity')
    .execute()
  const levels: Levels = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 }
  for (const { severity, n } of rows) levels[severityOrder[severity] ?? 'UNKNOWN'] += Number(n)
  return levels
}

/** Notes how things stand today; the last word of a day remains. */
export async function noteLevels(context: Pick<Context, 'db' | 'now'>): Promise<void> {
  const levels = JSON.stringify(await levelsNow(context))
  await context.db
    .insertInto('daily')
    .values({ day: dayOf(context.now()), levels })
    .onConflict(on => on.column('day').doUpdateSet({ levels }))
    .execute()
}

/** How things stood at the end of a day, or of the last day before it that is known. Nothing stood before the first. */
export async function levelsAt({ db }: Pick<Context, 'db'>, day: number): Promise<Levels> {
  const row = await db
    .selectFrom('daily')
    .select('levels')
    .where('day', '<=', day)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined
    ? { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 }
    : (JSON.parse(row.levels) as Levels)
}

export function total(levels: Levels): number {
  return Object.values(levels).reduce((sum, count) => sum + count, 0)
}
