import { equal, ok } from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { openStore } from './db/open.ts'
import { hasWords, wordsTable } from './db/search.ts'
import { testFolder } from './db/testing.ts'
import { alerts, hello } from './sample.testing.ts'

/** A server as a process of its own, that can be killed. */
async function start(state: string) {
  const child = fork(new URL('./server-main.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  child.send({ state, socket: join(state, 'jenner.sock'), listen: '127.0.0.1:0', offline: true, cacheDir: state })
  await once(child, 'message')
  return child
}

function post(state: string, path: string, body: unknown): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      socketPath: join(state, 'jenner.sock'),
      path: `/api/v1${path}`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      agent: false,
    })
    outgoing.on('error', reject)
    outgoing.on('response', answer => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode!))
      answer.on('error', reject)
    })
    outgoing.end(JSON.stringify(body))
  })
}

test('killed at any moment while it writes, it keeps every row that it answered for', {
  timeout: 120_000,
}, async () => {
  const state = testFolder()
  const acknowledged: string[] = []
  let from = 0
  for (let round = 0; round < 4; round++) {
    const child = await start(state)
    equal(await post(state, '/agent/hello', hello), 204)
    // Killed in the middle of a write, not between two: another moment each round.
    setTimeout(() => child.kill('SIGKILL'), 60 + round * 70)
    const ended = once(child, 'exit')
    for (;;) {
      const batch = alerts(200, { from, incident: `i${round}` })
      from += 200
      const status = await post(state, '/agent/alerts', batch).catch(() => 0)
      if (status !== 200) break
      acknowledged.push(...batch.items.map(item => `${hello.id}.${item.id}`))
    }
    await ended
  }
  const store = await openStore({ state })
  const rows = await store.db.selectFrom('alerts').select(['id', 'seq', 'incident_id']).execute()
  const kept = new Set(rows.map(row => row.id))
  ok(acknowledged.length > 0)
  equal(acknowledged.filter(id => !kept.has(id)).length, 0)
  // Sums and the words for searching are of the same transaction.
  const incidents = await store.db.selectFrom('incidents').select(['id', 'count']).execute()
  for (const { id, count } of incidents) equal(count, rows.filter(row => row.incident_id === id).length)
  const found = await store.db

    .selectFrom('alerts')
    .innerJoin(wordsTable('alerts'), 'alerts_words.rowid', 'alerts.seq')
    .select('seq')
    .where(hasWords('sqlite', 'alerts', 'Shell user_name')!)
    .execute()
  equal(found.length, rows.length)
  await store.close()
})

test('a second server on the same folder refuses, and the first goes on', { timeout: 60_000 }, async () => {
  const state = testFolder()
  const child = await start(state)
  const second = fork(new URL('./server-main.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  second.send({ state, socket: join(state, 'jenner.sock'), listen: '127.0.0.1:0', offline: true })
  const [code] = await once(second, 'exit')
  equal(code, 1)
  equal(await post(state, '/agent/hello', hello), 204)
  child.kill('SIGTERM')
  await once(child, 'exit')
})
