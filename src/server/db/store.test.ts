import { equal, ok, rejects, deepEqual as same } from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { type AnyDb, createTable } from './define.ts'
import { newId } from './id.ts'
import { insertMany } from './insert.ts'
import { migrations } from './migrations/index.ts'
import { openStore, type Store } from './open.ts'
import { pageOf } from './page.ts'
import { addWords, hasWords, removeWords, wordsTable } from './search.ts'
import { onBothStores } from './testing.ts'

onBothStores('the store', place => {
  test('keeps what was written when it is opened again', async () => {
    const options = await place.options()
    const store = await openStore(options)
    await store.db.insertInto('settings').values({ key: 'a', value: '"가나다 \u0001"' }).execute()
    await store.close()
    const again = await openStore(options)
    deepEqual(await again.db.selectFrom('settings').selectAll().execute(), [{ key: 'a', value: '"가나다 \u0001"' }])
    await again.close()
  })

  test('refuses a second server', async () => {
    const options = await place.options()
    const store = await openStore(options)
    await rejects(openStore(options), { code: 'store_in_use' })
    await store.close()
    await (await openStore(options)).close()
  })

  test('takes all of a failed upgrade back, and goes on once it is mended', async () => {
    const options = await place.options()
    await (await openStore(options)).close()
    const second = {
      name: '9001-second',
      up: (db: AnyDb) => createTable(db, place.kind, 'second', { id: 'text' }, ['id']),
    }
    const broken = {
      name: '9002-broken',
      up: async (db: AnyDb) => {
        await createTable(db, place.kind, 'third', { id: 'text' }, ['id'])
        await sql`insert into nowhere values (1)`.execute(db)
      },
    }
    await rejects(openStore({ ...options, migrations: [...migrations, second, broken] }), {
      code: 'migration_failed',
      message: /9002-broken/,
    })
    const old = await openStore(options)
    await rejects(sql`select * from second`.execute(old.db))
    await rejects(sql`select * from third`.execute(old.db))
    await old.close()
    const store = await openStore({ ...options, migrations: [...migrations, second] })
    equal((await sql`select * from second`.execute(store.db)).rows.length, 0)
    await store.close()
  })

  test('refuses a store of a later version', async () => {
    const options = await place.options()
    const later = { name: '9999-later', up: async () => {} }
    await (await openStore({ ...options, migrations: [...migrations, later] })).close()
    await rejects(openStore(options), { code: 'store_newer' })
  })

  test('rolls back a transaction that throws', async () => {
    const store = await place.open()
    await rejects(
      store.db.transaction().execute(async transaction => {
        await transaction.insertInto('settings').values({ key: 'a', value: '1' }).execute()
        throw new Error('no')
      }),
    )
    deepEqual(await store.db.selectFrom('settings').selectAll().execute(), [])
    await store.close()
  })

  test('inserts many rows at once, each id once', async () => {
    const store = await place.open()
    const rows = Array.from({ length: 4500 }, (_, i) => event(i))
    const columns = Object.keys(event(0)) as (keyof ReturnType<typeof event>)[]
    const fresh = await insertMany(store.db, store.kind, 'events', columns, rows, { returning: ['seq', 'id'] })
    equal(fresh.length, 4500)
    const again = await insertMany(store.db, store.kind, 'events', columns, [event(3), event(9000)], {
      returning: ['id'],
    })
    deepEqual(again, [{ id: 'e09000' }])
    deepEqual(await store.db.selectFrom('events').select(['text', 'time']).where('id', '=', 'e00007').execute(), [
      { text: `it's "7" — 가, ${'\\'}`, time: 7 },
    ])
    await store.close()
  })

  test('pages stay whole while rows come in', async () => {
    const store = await place.open()
    await fill(store, 0, 25)
    const seen: string[] = []
    let cursor: string | undefined
    for (let turn = 0; turn < 20; turn++) {
      const page = await events(store, cursor)
      seen.push(...page.items.map(({ id }) => id))
      if (turn === 0) equal(page.total, 25)
      if (turn === 1) await fill(store, 100, 5)
      cursor = page.next
      if (!cursor) break
    }
    deepEqual(
      seen,
      Array.from({ length: 25 }, (_, i) => event(24 - i).id),
    )
    await rejects(events(store, 'eyJ4IjoxfQ'), { code: 'bad_argument' })
    await store.close()
  })

  test('finds rows by the beginnings of words, in any script', async () => {
    const store = await place.open()
    await fill(store, 0, 3)
    await addWords(store.db, store.kind, 'events', [
      [1, 'Shell in /usr/bin/curl by user_name'],
      [2, '컨테이너에서 셸이 실행됨: curl-7.88'],
      [3, 'nothing of "note" AND or'],
    ])
    const find = async (question: string) => {
      const condition = hasWords(store.kind, 'events', question)
      if (!condition) return undefined
      const rows = await store.db
        .selectFrom('events')
        .innerJoin(wordsTable('events'), 'events_words.rowid', 'events.seq')
        .select('seq')
        .where(condition)
        .orderBy('seq')
        .execute()
      return rows.map(({ seq }) => seq)
    }
    deepEqual(await find('curl'), [1, 2])
    deepEqual(await find('/usr/BIN'), [1])
    deepEqual(await find('컨테이'), [2])
    deepEqual(await find('cur 7.8'), [2])
    deepEqual(await find(`"note" and '; --`), [3])
    equal(await find(`'"*()`), undefined)
    await removeWords(store.db, 'events', [1])
    deepEqual(await find('curl'), [2])
    await store.close()
  })
})

test('ids sort by their time, within a millisecond too, and when the clock is set back', () => {
  const ids = [1000, 1000, 1001, 900, 900, 5000].map(now => newId(now + 1e12))
  deepEqual(ids, ids.toSorted())
  equal(new Set(ids).size, ids.length)
  ok(ids.every(id => /^[0-9a-z]{22}$/.test(id)))
})

function event(i: number) {
  return {
    id: `e${String(i).padStart(5, '0')}`,
    host_id: 'h',
    time: i,
    day: 0,
    kind: 'container',
    name: 'started',
    container_id: 'c',
    container: 'web',
    text: `it's "${i}" — 가, \\`,
  }
}

async function fill({ db, kind }: Store, from: number, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => event(from + i))
  await insertMany(db, kind, 'events', Object.keys(event(0)) as 'id'[], rows)
}

function events({ db }: Store, cursor: string | undefined) {
  return pageOf(db, db.selectFrom('events').select(['id', 'time']), {
    sorts: { time: sql`time` },
    byDefault: '-time',
    id: sql`id`,
    idOf: row => row.id,
    query: { limit: 4, ...(cursor && { cursor }) },
  })
}

/** SQLite's rows have no prototype. */
function deepEqual(actual: unknown, expected: unknown): void {
  same(structuredClone(actual), expected)
}
