import { equal, match, ok, rejects, deepEqual as same } from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { sql } from 'kysely'
import { JennerError } from '../../base/errors.ts'
import { translate } from '../../base/i18n/translate.ts'
import { createAudit } from '../audit/audit.ts'
import { deriveKey, openKey } from '../auth/seal.ts'
import type { AuditVerified } from '../schemas/audit.ts'
import type { Page } from '../schemas/common.ts'
import type { Decision } from '../schemas/decisions.ts'
import type { Drill } from '../schemas/drills.ts'
import type { IncidentDetail } from '../schemas/incidents.ts'
import type { Schedule } from '../schemas/reports.ts'
import { startTestServer } from '../testing.ts'
import { type AnyDb, createTable } from './define.ts'
import { migrations } from './migrations/index.ts'
import { openStore, type Store, type StoreOptions } from './open.ts'
import { onBothStores, type TestPlace } from './testing.ts'

type Rows = Record<string, Record<string, unknown>[]>

onBothStores('a store that an older version made', place => {
  for (const [at, { name }] of migrations.slice(0, -1).entries())
    test(`of ${name}: all of it is there after the upgrade, and a copy of what it was`, async () => {
      const options = await place.options()
      const old = await openStore({ ...options, migrations: migrations.slice(0, at + 1) })
      await fill(old.db)
      const before = await readAll(old.db)
      await old.close()
      ok(Object.keys(before).length > 25 && Object.values(before).every(rows => rows.length === 3))
      const store = await openStore(options)
      const after = await readAll(store.db)
      for (const [table, rows] of Object.entries(before))
        deepEqual(
          after[table]!.map((row, index) => pick(row, rows[index]!)),
          rows,
          table,
        )
      deepEqual(await readCopy(place, store, options, migrations[at + 1]!.name), before)
      await store.close()
      // Once more: nothing is to be done, and nothing is copied.
      await (await openStore(options)).close()
    })

  test('is left as it was by a step that fails, and by a process that dies in it; a copy is named', async () => {
    const options = await place.options()
    const old = await openStore(options)
    await fill(old.db)
    const before = await readAll(old.db)
    await old.close()
    const half = { name: '9001-half', up: (db: AnyDb) => createTable(db, place.kind, 'half', { id: 'text' }, ['id']) }
    const broken = {
      name: '9002-broken',
      up: async (db: AnyDb) => void (await sql`insert into nowhere values (1)`.execute(db)),
    }
    const failure = await openStore({ ...options, migrations: [...migrations, half, broken] }).catch(error => error)
    ok(failure instanceof JennerError)
    equal(failure.code, 'migration_failed')
    match(failure.detail, /9002-broken.*before[-_]9001[-_]half/)
    match(translate('en', 'advice.migration_failed'), /the version that you had/)
    const script = `
      import { openStore } from ${JSON.stringify(join(import.meta.dirname, 'open.ts'))}
      import { migrations } from ${JSON.stringify(join(import.meta.dirname, 'migrations/index.ts'))}
      import { createTable } from ${JSON.stringify(join(import.meta.dirname, 'define.ts'))}
      const dies = { name: '9001-dies', up: async (db, kind) => {
        await createTable(db, kind, 'half', { id: 'text' }, ['id'])
        await db.deleteFrom('incidents').execute()
        process.kill(process.pid, 'SIGKILL')
        await new Promise(() => {})
      } }
      await openStore({ ...${JSON.stringify(options)}, migrations: [...migrations, dies] })`
    const died = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script], { encoding: 'utf8' })
    equal(died.signal, 'SIGKILL', died.stderr)
    const store = await reopened(options)
    deepEqual(await readAll(store.db), before)
    await rejects(sql`select * from half`.execute(store.db))
    await store.close()
  })

  test('of a later version is refused in words, and not touched', async () => {
    const options = await place.options()
    const later = { name: '9999-later', up: async () => {} }
    const store = await openStore({ ...options, migrations: [...migrations, later] })
    await fill(store.db)
    const before = await readAll(store.db)
    await store.close()
    const error = await openStore(options).catch(each => each)
    equal((error as JennerError).code, 'store_newer')
    for (const [language, words] of [
      ['en', /made by a later version: 9999-later/],
      ['ko', /더 새로운 버전에서 만들어졌습니다: 9999-later/],
    ] as const)
      match(translate(language, 'error.store_newer', { detail: (error as JennerError).detail }), words)
    match(translate('en', 'advice.store_newer'), /restore a backup/)
    const again = await openStore({ ...options, migrations: [...migrations, later] })
    deepEqual(await readAll(again.db), before)
    await again.close()
  })

  test('is served by a newer server: incidents with their evidence, decisions, schedules, drills, the audit log', async () => {
    const options = await place.options()
    const old = await openStore({ ...options, migrations: migrations.slice(0, 3) })
    await fillCase(old.db, options.state)
    await old.close()
    const { database, state } = options
    const server = await startTestServer({ state, ...(database && { database }) })
    const incident = (await server.local<IncidentDetail>('GET', '/incidents/i1')).body
    deepEqual(
      incident.evidence.map(({ id, state: now, sha256 }) => [id, now, sha256]),
      [['e1', 'referred', 'a'.repeat(64)]],
    )
    deepEqual(
      incident.timeline.map(({ kind, title }) => [kind, title]),
      [
        ['action', 'evidence: done'],
        ['evidence', '/var/lib/jenner/evidence/x.tar'],
      ],
    )
    const decision = (await server.local<Decision & { history: unknown[] }>('GET', '/decisions/d1')).body
    deepEqual([decision.owner, decision.state, decision.history], ['kim', 'active', []])
    const [schedule] = (await server.local<Schedule[]>('GET', '/reports/schedules')).body
    deepEqual([schedule?.id, schedule?.enabled, schedule?.last], ['s1', true, undefined])
    const [drill] = (await server.local<Page<Drill>>('GET', '/drills')).body.items
    deepEqual([drill?.origin, drill?.detected], ['console', 1])
    const verified = (await server.local<AuditVerified>('GET', '/audit/verify')).body
    deepEqual([verified.ok, verified.rows], [true, 2])
    await server.close()
  })
})

/** A killed process's session of PostgreSQL ends a moment later. */
async function reopened(options: StoreOptions): Promise<Store> {
  for (let left = 100; ; left--) {
    try {
      return await openStore(options)
    } catch (error) {
      if (left === 0 || (error as JennerError).code !== 'store_in_use') throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
}

/** Three rows in every table, of what each column can hold. */
async function fill(db: AnyDb): Promise<void> {
  for (const { name, columns } of await tablesOf(db))
    for (const n of [1, 2, 3]) {
      const row = Object.fromEntries(
        columns.map(column => [column.name, valueFor(`${name}.${column.name}`, column.dataType, n)]),
      )
      await db.insertInto(name).values(row).execute()
    }
}

function valueFor(name: string, type: string, n: number): unknown {
  if (/blob|bytea/i.test(type)) return Buffer.from(`${name} \u0000 ${n}`)
  if (/real|float/i.test(type)) return n + 0.5
  return /int/i.test(type) ? n * 1_700_000_000_123 : `${name} “${n}” 가`
}

async function readAll(db: AnyDb): Promise<Rows> {
  const out: Rows = {}
  for (const { name } of await tablesOf(db))
    out[name] = (await db.selectFrom(name).selectAll().orderBy(sql`1`).execute()).map(row => ({ ...row }))
  return out
}

async function tablesOf(db: AnyDb) {
  const tables = await db.introspection.getTables()
  // Indexes of words are made of the rows; the list of migrations is the migrator's.
  return tables.filter(
    ({ name, schema }) => !/_words|^sqlite_|^kysely_/.test(name) && !schema?.startsWith('jenner_before_'),
  )
}

function pick(row: Record<string, unknown>, like: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(like).map(key => [key, row[key]]))
}

async function readCopy(place: TestPlace, store: Store, { state }: StoreOptions, step: string): Promise<Rows> {
  const out: Rows = {}
  if (place.kind === 'sqlite') {
    const path = join(state, `before-${step}.db`)
    ok(existsSync(path), readdirSync(state).join())
    const copy = new DatabaseSync(path, { readOnly: true })
    const names = copy.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[]
    for (const { name } of names)
      if (!/_words|^sqlite_|^kysely_/.test(name))
        out[name] = copy
          .prepare(`select * from "${name}" order by 1`)
          .all()
          .map(row => ({ ...row }))
    copy.close()
    return out
  }
  const schema = `jenner_before_${step.replaceAll('-', '_')}`
  const { rows } = await sql<{
    name: string
  }>`select tablename as name from pg_tables where schemaname = ${schema}`.execute(store.db)
  for (const { name } of rows)
    if (!/_words|^kysely_/.test(name))
      out[name] = (
        await sql<Record<string, unknown>>`select * from ${sql.id(schema, name)} order by 1`.execute(store.db)
      ).rows
  return out
}

/** What a server of then had kept. */
async function fillCase(db: AnyDb, state: string): Promise<void> {
  const at = Date.parse('2026-01-02T00:00:00Z')
  const container = { container_id: 'c1', container: 'web' }
  await db
    .insertInto('incidents')
    .values({
      id: 'i1',
      host_id: 'h1',
      agent_ref: 'r1',
      rule: 'Terminal shell in container',
      priority: 5,
      techniques: '[]',
      tags: '[]',
      workload: 'shop/web',
      ...container,
      image: 'shop/web:1',
      image_id: 'sha256:1',
      first: at,
      last: at,
      count: 1,
      state: 'open',
      assignee: '',
      lineage: '[]',
    })
    .execute()
  await db
    .insertInto('actions')
    .values({
      id: 'a1',
      step: 'evidence',
      ...container,
      host_id: 'h1',
      incident_id: 'i1',
      dry_run: 0,
      state: 'done',
      undoable: 0,
      reason: '',
      requested_by: 'kim',
      created_at: at,
      done_at: at + 1,
      until: null,
      detail: '3 members',
      milliseconds: 5,
      ref: '',
    })
    .execute()
  await db
    .insertInto('evidence')
    .values({
      id: 'e1',
      incident_id: 'i1',
      action_id: 'a1',
      name: '/var/lib/jenner/evidence/x.tar',
      size: 100,
      sha256: 'a'.repeat(64),
      created_at: at + 2,
    })
    .execute()
  await db
    .insertInto('decisions')
    .values({
      id: 'd1',
      vulnerability: 'CVE-1',
      package: '',
      image: '',
      workload: '',
      rule: '',
      status: 'fixing',
      justification: '',
      owner: 'kim',
      expires: null,
      comment: '',
      state: 'active',
      created_by: 'kim',
      created_at: at,
      updated_at: at,
      source: 'console',
      matches: 0,
    })
    .execute()
  const next = Date.now() + 1e9
  await db
    .insertInto('schedules')
    .values({ id: 's1', every: 'week', format: 'csv', lang: 'en', outputs: '[]', next, enabled: 1 })
    .execute()
  await db
    .insertInto('drills')
    .values({
      id: 'x1',
      host_id: 'h1',
      state: 'done',
      requested_by: 'kim',
      created_at: at,
      finished_at: at,
      total: 1,
      detected: 1,
      scenarios: '[]',
      results: '[]',
      error: '',
    })
    .execute()
  const audit = createAudit(db, deriveKey(openKey(state), 'audit'), () => at)
  for (const action of ['user.add', 'decision.create'])
    await audit.write({ actor: 'kim', from: 'socket', action, outcome: 'done' })
}

/** SQLite's rows have no prototype, and its bytes are no Buffers. */
function deepEqual(actual: unknown, expected: unknown, message?: string): void {
  same(plain(actual), plain(expected), message)
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}
