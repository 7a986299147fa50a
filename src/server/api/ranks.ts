import { sql } from 'kysely'
import type { Context } from '../context.ts'

/** How many rows stand before a score, for every score there is: a rank without counting rows each time. */
interface Ladder {
  version: number
  scores: number[]
  before: number[]
}

const ladders = new WeakMap<object, Map<string, Ladder>>()

/** Ranks by score: 1 is first, rows that are alike share a rank. Kept until findings change. */
export async function ranker(
  { db, verdicts }: Pick<Context, 'db' | 'verdicts'>,
  table: 'findings' | 'vulnerabilities',
): Promise<(score: number) => number> {
  const known = ladders.get(db) ?? new Map<string, Ladder>()
  ladders.set(db, known)
  const version = verdicts.version()
  let ladder = known.get(table)
  if (ladder?.version !== version) {
    ladder = { version, ...(await readLadder(db, table)) }
    known.set(table, ladder)
  }
  const { scores, before } = ladder
  return score => {
    let low = 0
    let high = scores.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (scores[middle]! > score) low = middle + 1
      else high = middle
    }
    return (before[low] ?? 0) + 1
  }
}

async function readLadder(db: Context['db'], table: 'findings' | 'vulnerabilities') {
  const { rows } = await sql<{ score: number; n: number }>`
    select score, count(*) as n from ${sql.table(table)} group by score order by score desc`.execute(db)
  let sum = 0
  const before = rows.map(row => {
    const own = sum
    sum += Number(row.n)
    return own
  })
  return { scores: rows.map(row => Number(row.score)), before: [...before, sum] }
}
