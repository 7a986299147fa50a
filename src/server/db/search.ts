import { type RawBuilder, sql } from 'kysely'
import type { AnyDb, StoreKind } from './define.ts'

/** Tables whose rows can be searched by words. */
export type Searchable = 'alerts' | 'events' | 'logs'

/**
 * Full-text search: FTS5 on SQLite, tsvector on PostgreSQL. Both are given words that we cut ourselves, since PostgreSQL's parser would keep `/usr/bin/curl` whole:
 * a search finds the same rows on both.
 */
export async function createSearch(db: AnyDb, kind: StoreKind, table: Searchable): Promise<void> {
  const name = `${table}_words`
  if (kind === 'sqlite') {
    await sql`create virtual table ${sql.id(name)} using fts5(words, content='', contentless_delete=1, detail='none', tokenize='unicode61 remove_diacritics 0')`.execute(
      db,
    )
    return
  }
  await sql`create table ${sql.id(name)} (rowid bigint primary key, words tsvector not null)`.execute(db)
  await sql`create index ${sql.id(`${name}_gin`)} on ${sql.id(name)} using gin (words)`.execute(db)
}

/** The words of a text, blank-separated, lower case: letters and digits of any script. */
export function wordsOf(text: string): string {
  return text
    .slice(0, 20_000)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Adds the words of rows, given as [seq, text]. */
export async function addWords(
  db: AnyDb,
  kind: StoreKind,
  table: Searchable,
  rows: readonly (readonly [seq: number, text: string])[],
): Promise<void> {
  if (rows.length === 0) return
  const name = sql.id(`${table}_words`)
  const json = JSON.stringify(rows.map(([seq, text]) => [seq, wordsOf(text)]))
  if (kind === 'sqlite')
    await sql`insert into ${name} (rowid, words) select value->>0, value->>1 from json_each(${json})`.execute(db)
  else
    await sql`insert into ${name} (rowid, words) select (v->>0)::bigint, to_tsvector('simple', v->>1) from jsonb_array_elements(${json}::jsonb) v on conflict do nothing`.execute(
      db,
    )
}

/** Takes out the words of rows by their seq. */
export async function removeWords(db: AnyDb, table: Searchable, seqs: readonly number[]): Promise<void> {
  if (seqs.length > 0) await sql`delete from ${sql.id(`${table}_words`)} where rowid in (${sql.join(seqs)})`.execute(db)
}

/** What joins rows with their words: `.innerJoin(wordsTable('alerts'), 'alerts_words.rowid', 'alerts.seq')`. */
export function wordsTable<T extends Searchable>(table: T) {
  return sql<{ rowid: number }>`${sql.id(`${table}_words`)}`.as(`${table}_words`)
}

/**
 * A condition on joined words: the row holds every word of the question, the last letters of each left open. undefined where the question has no word.
 * Ordered by `rowid` downwards, SQLite reads the newest hits alone, however many there are; by time it would read all of them first.
 */
export function hasWords(kind: StoreKind, table: Searchable, question: string): RawBuilder<boolean> | undefined {
  const words = wordsOf(question).split(' ').filter(Boolean).slice(0, 20)
  if (words.length === 0) return undefined
  const name = `${table}_words`
  if (kind === 'sqlite') {
    const match = words.map(word => `"${word}"*`).join(' ')
    return sql<boolean>`${sql.ref(`${name}.${name}`)} match ${match}`
  }
  const query = words.map(word => `${word}:*`).join(' & ')
  return sql<boolean>`${sql.ref(`${name}.words`)} @@ to_tsquery('simple', ${query})`
}
