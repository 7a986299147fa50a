import { DatabaseSync, type StatementSync } from 'node:sqlite'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { createTurn, type Turn } from './turn.ts'

/** What `PRAGMA synchronous` says. */
export type Durability = 'full' | 'normal'

/**
 * Kysely over node:sqlite: one connection that writes, in turns, and one that reads what is committed, so that a list never waits for a transaction.
 * WAL with `synchronous=FULL`: an answer to the agent means "kept", and with NORMAL a loss of power may take the last commits away. One fsync a batch is cheap.
 */
export function sqliteDialect(file: string, durability: Durability = 'full'): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => createDriver(file, durability),
    createIntrospector: db => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

/** SQLite's DDL is transactional: a migration that fails leaves the schema as it was. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

function createDriver(file: string, durability: Durability): Driver {
  let writer: Prepared | undefined
  let reader: Prepared | undefined
  const turn = createTurn()
  return {
    async init() {
      writer = prepare(open(file, durability))
      reader = prepare(open(file, durability))
      reader.db.exec('PRAGMA query_only = 1')
    },
    async acquireConnection() {
      return new Connection(writer!, reader!, turn)
    },
    async beginTransaction(connection) {
      await (connection as Connection).begin()
    },
    async commitTransaction(connection) {
      ;(connection as Connection).end('commit')
    },
    async rollbackTransaction(connection) {
      ;(connection as Connection).end('rollback')
    },
    async releaseConnection(connection) {
      ;(connection as Connection).abandon()
    },
    async destroy() {
      reader?.db.close()
      writer?.db.close()
      reader = undefined
      writer = undefined
    },
  }
}

function open(file: string, durability: Durability): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: false })
  db.exec('PRAGMA journal_mode = WAL')
  db.exec(`PRAGMA synchronous = ${durability}`)
  db.exec('PRAGMA cache_size = -32768')
  db.exec('PRAGMA temp_store = MEMORY')
  // A checkpoint that a long reader held up must not leave a huge file behind.
  db.exec('PRAGMA journal_size_limit = 67108864')
  return db
}

interface Prepared {
  db: DatabaseSync
  statement(sql: string): StatementSync
}

const kept = 400

/** Statements are compiled once: the least recently used goes when there are too many. */
function prepare(db: DatabaseSync): Prepared {
  const statements = new Map<string, StatementSync>()
  return {
    db,
    statement(sql) {
      const known = statements.get(sql)
      statements.delete(sql)
      const statement = known ?? db.prepare(sql)
      statements.set(sql, statement)
      if (statements.size > kept) statements.delete(statements.keys().next().value!)
      return statement
    },
  }
}

const reads = /^\s*(?:select|with|explain)\b/i

class Connection implements DatabaseConnection {
  readonly #writer: Prepared
  readonly #reader: Prepared
  readonly #turn: Turn
  #done: (() => void) | undefined

  constructor(writer: Prepared, reader: Prepared, turn: Turn) {
    this.#writer = writer
    this.#reader = reader
    this.#turn = turn
  }

  async begin(): Promise<void> {
    this.#done = await this.#turn()
    try {
      this.#writer.db.exec('BEGIN IMMEDIATE')
    } catch (error) {
      this.#release()
      throw error
    }
  }

  end(how: 'commit' | 'rollback'): void {
    try {
      // SQLite has rolled back by itself where the disk was full.
      if (how === 'commit' || this.#writer.db.isTransaction) this.#writer.db.exec(how)
    } catch (error) {
      if (this.#writer.db.isTransaction) this.#writer.db.exec('rollback')
      throw error
    } finally {
      this.#release()
    }
  }

  /** The connection goes back to the pool; a transaction that nobody ended goes. */
  abandon(): void {
    if (this.#done) this.end('rollback')
  }

  #release(): void {
    this.#done?.()
    this.#done = undefined
  }

  async executeQuery<R>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#done) return run<R>(this.#writer, sql, parameters)
    if (query.kind === 'SelectQueryNode' || (query.kind === 'RawNode' && reads.test(sql)))
      return run<R>(this.#reader, sql, parameters)
    const done = await this.#turn()
    try {
      return run<R>(this.#writer, sql, parameters)
    } finally {
      done()
    }
  }

  async *streamQuery<R>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    // A statement of its own: the shared ones would be reset by the next query.
    const source = this.#done ? this.#writer : this.#reader
    for (const row of source.db.prepare(sql).iterate(...(parameters as Value[]))) yield { rows: [row as R] }
  }
}

type Value = null | number | bigint | string | Uint8Array

function run<R>(connection: Prepared, sql: string, parameters: readonly unknown[]): QueryResult<R> {
  const statement = connection.statement(sql)
  const values = parameters.map(plain)
  if (statement.columns().length > 0) return { rows: statement.all(...values) as R[] }
  const { changes } = statement.run(...values)
  return { rows: [], numAffectedRows: BigInt(changes) }
}

function plain(value: unknown): Value {
  if (value === undefined) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  return value as Value
}
