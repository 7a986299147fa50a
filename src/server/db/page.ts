import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { JennerError } from '../../base/errors.ts'
import type { Page, PageQuery } from '../schemas/common.ts'
import type { AnyDb } from './define.ts'

/** How a list may be sorted: the API's field → an SQL expression that is never null. `flip`: upwards in the API is downwards in the store. */
export type Sorts = Record<string, RawBuilder<unknown> | { flip: RawBuilder<unknown> }>

export interface Paging<Row> {
  sorts: Sorts
  /** `-last`: downwards. */
  byDefault: string
  /** Makes the order total. */
  id: RawBuilder<unknown>
  idOf: (row: Row) => string | number
  query: PageQuery
  /** Whether to count what the filter matches (up to 10,000). Only on the first page. */
  count?: boolean
}

// biome-ignore lint/suspicious/noExplicitAny: any table's query
type AnySelect<Row> = SelectQueryBuilder<any, any, Row>

/**
 * One page behind the last row of the page before, by that row's place in the order and not by a count: rows that come in meanwhile neither repeat nor hide others.
 * Throws JennerError bad_argument for a field that cannot be sorted by and for a cursor of another list or order.
 */
export async function pageOf<Row>(db: AnyDb, select: AnySelect<Row>, paging: Paging<Row>): Promise<Page<Row>> {
  const { query, sorts, byDefault, id, idOf } = paging
  const name = query.sort ?? byDefault
  const down = name.startsWith('-')
  const key = down ? name.slice(1) : name
  const sort = Object.hasOwn(sorts, key) ? sorts[key] : undefined
  if (!sort) throw new JennerError('bad_argument', `sort: ${name}`)
  const by = 'flip' in sort ? sort.flip : sort
  const downwards = down !== 'flip' in sort
  const way = sql.raw(downwards ? 'desc' : 'asc')
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, name)
  let page = select.select(sql`${by}`.as('page_key'))
  if (after)
    page = page.where(sql<boolean>`(${by}, ${id}) ${sql.raw(downwards ? '<' : '>')} (${after[0]}, ${after[1]})`)
  const rows = (await page
    .orderBy(sql`${by} ${way}`)
    .orderBy(sql`${id} ${way}`)
    .limit(query.limit + 1)
    .execute()) as (Row & { page_key: unknown })[]
  const more = rows.length > query.limit
  const items = more ? rows.slice(0, query.limit) : rows
  const last = items.at(-1)
  const out: Page<Row> = { items }
  if (more && last) out.next = writeCursor(name, last.page_key, idOf(last))
  if (paging.count !== false && after === undefined) out.total = more ? await countOf(db, select) : items.length
  return out
}

const mostCounted = 10_000

async function countOf(db: AnyDb, select: AnySelect<unknown>): Promise<number> {
  const inner = select.clearSelect().select(sql`1`.as('one')).limit(mostCounted)
  const { rows } = await sql<{ n: number }>`select count(*) as n from (${inner}) as counted`.execute(db)
  return Number(rows[0]?.n ?? 0)
}

function writeCursor(sort: string, key: unknown, id: string | number): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url')
}

function readCursor(cursor: string, sort: string): [string | number, string | number] {
  try {
    const [of, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[]
    if (of === sort && isKey(key) && isKey(id)) return [key, id]
  } catch {
    // As any other cursor that is none of ours.
  }
  throw new JennerError('bad_argument', 'cursor')
}

function isKey(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))
}
