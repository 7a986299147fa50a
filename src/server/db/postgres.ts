import { PostgresDialect } from 'kysely'
import pg from 'pg'

/** The pool behind PostgreSQL. Whole numbers come as numbers: none of ours is beyond 2^53. */
export function postgresPool(url: string): pg.Pool {
  const types = { ...pg.types, getTypeParser: numbers } as unknown as pg.CustomTypesConfig
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    types,
    application_name: 'jenner',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 120_000,
  })
  // A connection that breaks while nobody uses it is not an end of the process: the next query opens another.
  pool.on('error', () => {})
  return pool
}

export function postgresDialect(pool: pg.Pool): PostgresDialect {
  return new PostgresDialect({ pool })
}

const int8 = 20
const numeric = 1700

function numbers(oid: number, format?: 'text' | 'binary'): unknown {
  if (oid === int8 || oid === numeric) return Number
  return pg.types.getTypeParser(oid, format as 'text')
}
