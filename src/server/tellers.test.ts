import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { onBothStores } from './db/testing.ts'
import { alerts, hello, snapshot } from './sample.testing.ts'
import type { Page } from './schemas/common.ts'
import type { Incident } from './schemas/incidents.ts'
import type { LogLine } from './schemas/logs.ts'
import type { Output } from './schemas/outputs.ts'
import type { ReportRow, Schedule } from './schemas/reports.ts'
import { startTestServer, type TestServer } from './testing.ts'

const now = Date.parse('2026-01-02T12:00:00Z')

interface Got {
  body: string
  title: string
  kind: string
  signature: string | undefined
}

/** A receiver that answers with `status` and keeps what came. */
async function receiver(t: TestContext, status = () => 200): Promise<{ url: string; got: Got[] }> {
  const got: Got[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      const code = status()
      const { title, kind } = JSON.parse(body) as Got
      if (code < 300)
        got.push({ body, title, kind, signature: request.headers['x-jenner-signature'] as string | undefined })
      response.writeHead(code).end('no')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, got }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await holds()) return
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  ok(await holds())
}

const webhook = (url: string, more: object = {}) => ({
  kind: 'webhook',
  name: 'ops',
  minimum: 'Notice',
  config: { url, signingKey: 'a key that nobody may see' },
  ...more,
})

onBothStores('what tells people', place => {
  const start = async (): Promise<TestServer> => {
    const { database } = await place.options()
    const server = await startTestServer({ ...(database && { database }), now: () => now })
    await server.local('POST', '/agent/hello', hello)
    await server.local('POST', '/agent/snapshot', snapshot())
    return server
  }

  test('an incident is told once, and once more when it became worse; secrets are never told', async t => {
    const server = await start()
    const { url, got } = await receiver(t)
    const made = await server.local<Output>('POST', '/outputs', webhook(url))
    equal(made.status, 201)
    equal(made.body.config.signingKey, true)
    ok(!JSON.stringify((await server.local('GET', '/outputs')).body).includes('nobody may see'))
    await server.local('POST', '/agent/alerts', alerts(3))
    await server.context.notifying!.run()
    equal(got.length, 1)
    match(got[0]!.signature ?? '', /^sha256=[0-9a-f]{64}$/)
    await server.local('POST', '/agent/alerts', alerts(5))
    await server.context.notifying!.run()
    equal(got.length, 1)
    const worse = alerts(1, { from: 9 })
    worse.items[0]!.alert.priority = 'Critical'
    await server.local('POST', '/agent/alerts', worse)
    await server.context.notifying!.run()
    equal(got.length, 2)
    const [output] = (await server.local<Page<Output>>('GET', '/outputs')).body.items
    deepEqual([output!.delivered, output!.pending, output!.dead], [2, 0, 0])
    await server.close()
  })

  test('an incident that is closed ends in Alertmanager, and is there anew when it is opened again; others hear of that alone', async t => {
    const server = await start()
    const { url, got } = await receiver(t)
    const other = await receiver(t)
    await server.local('POST', '/outputs', webhook(other.url))
    const made = await server.local('POST', '/outputs', {
      kind: 'alertmanager',
      name: 'am',
      minimum: 'Debug',
      config: { url },
    })
    equal(made.status, 201)
    await server.local('POST', '/agent/alerts', alerts(1))
    const run = async (state?: string): Promise<number> => {
      const [incident] = (await server.local<Page<{ id: string }>>('GET', '/incidents')).body.items
      if (state) await server.local('PATCH', `/incidents/${incident!.id}`, { state })
      await server.context.notifying!.run()
      const sent = JSON.parse(got.at(-1)!.body) as { endsAt: string }[]
      return sent.filter(({ endsAt }) => Date.parse(endsAt) > now).length
    }
    deepEqual([await run(), await run('closed'), await run(), await run('open'), got.length], [1, 0, 0, 1, 3])
    equal(other.got.length, 2)
    await server.close()
  })

  test('what the receiver does not take waits; what it refuses goes aside and can be tried again', async t => {
    const server = await start()
    let status = 503
    const { url, got } = await receiver(t, () => status)
    const { id } = (await server.local<Output>('POST', '/outputs', webhook(url))).body
    const list = async () => (await server.local<Page<Output>>('GET', '/outputs')).body.items[0]!
    await server.local('POST', '/agent/alerts', alerts(1))
    await server.context.notifying!.run()
    deepEqual([(await list()).pending, (await list()).dead, got.length], [1, 0, 0])
    match((await list()).lastError ?? '', /503/)
    await server.context.db.updateTable('deliveries').set({ at: 0 }).execute()
    status = 400
    await server.context.notifying!.run()
    deepEqual([(await list()).pending, (await list()).dead], [0, 1])
    status = 200
    deepEqual((await server.local('POST', `/outputs/${id}/retry`)).body, { retried: 1 })
    await server.context.notifying!.run()
    equal(got.length, 1)
    await server.close()
  })

  test('the test button says what the receiver said; bad settings are named; a secret that is left out stays', async t => {
    const server = await start()
    let status = 200
    const { url, got } = await receiver(t, () => status)
    const { id } = (await server.local<Output>('POST', '/outputs', webhook(url))).body
    equal((await server.local<{ delivered: boolean }>('POST', `/outputs/${id}/test`)).body.delivered, true)
    equal(got[0]!.kind, 'test')
    const changed = await server.local<Output>(
      'PUT',
      `/outputs/${id}`,
      webhook(url, { name: 'new', config: { url, signingKey: true } }),
    )
    deepEqual([changed.status, changed.body.name, changed.body.config.signingKey], [200, 'new', true])
    await server.local('POST', `/outputs/${id}/test`)
    match(got[1]!.signature ?? '', /^sha256=/)
    status = 403
    const refused = (await server.local<{ delivered: boolean; error: string }>('POST', `/outputs/${id}/test`)).body
    deepEqual([refused.delivered, /403/.test(refused.error)], [false, true])
    equal((await server.local('POST', '/outputs', webhook('ftp://x'))).status, 400)
    equal((await server.local('POST', '/outputs', webhook(url, { config: { url, urll: 'x' } }))).status, 400)
    equal((await server.local('POST', '/outputs', webhook('http://169.254.169.254/'))).status, 201)
    const [bad] = (await server.local<Page<Output>>('GET', '/outputs?q=&sort=-name')).body.items.filter(
      one => one.id !== id,
    )
    equal((await server.local<{ delivered: boolean }>('POST', `/outputs/${bad!.id}/test`)).body.delivered, false)
    await server.local('DELETE', `/outputs/${id}`)
    equal(await server.context.seal.has(`output/${id}/signingKey`), false)
    await server.close()
  })

  test('reports are made by order and by the clock, and can be fetched', async () => {
    const server = await start()
    await server.local('POST', '/agent/alerts', alerts(3))
    for (const format of ['html', 'csv', 'pdf']) {
      const order = { from: '2026-01-01T00:00:00Z', to: '2026-01-03T00:00:00Z', format, lang: 'ko' }
      const { status, body } = await server.local<ReportRow>('POST', '/reports', order)
      equal(status, 202)
      await until(async () => {
        const found = (await server.local<Page<ReportRow>>('GET', '/reports')).body.items.find(
          one => one.id === body.id,
        )
        return found?.state === 'done' || found?.state === 'failed'
      })
      const row = await server.context.db
        .selectFrom('reports')
        .selectAll()
        .where('id', '=', body.id)
        .executeTakeFirstOrThrow()
      equal(row.state, 'done', row.error)
      ok(row.body.length === row.size && row.size > 500)
      if (format === 'csv') ok(Buffer.from(row.body).toString().includes('2026-01-02,3,1,'))
    }
    equal(
      (
        await server.local('POST', '/reports', {
          from: '2026-01-03T00:00:00Z',
          to: '2026-01-01T00:00:00Z',
          format: 'csv',
          lang: 'en',
        })
      ).status,
      400,
    )
    const plan = { every: 'week', format: 'csv', lang: 'en', outputs: [], enabled: true }
    const { body: schedule } = await server.local<Schedule>('POST', '/reports/schedules', plan)
    equal(schedule.next, '2026-01-05T00:00:00.000Z')
    await server.close()
  })

  test('lines of logs are stored once, found by words with their neighbours, and judged by rules', async () => {
    const server = await start()
    const rules =
      'title: Wrong password\nid: r\nlevel: high\ndetection:\n  k: ["password authentication failed"]\n  condition: k'
    const settings = { logs: { follow: true, mask: true, rules } }
    equal((await server.local('PATCH', '/settings', settings)).status, 200)
    equal((await server.local('PATCH', '/settings', { logs: { ...settings.logs, rules: 'title: x' } })).status, 400)
    const containerId = snapshot().containers[0]!.id
    const items = Array.from({ length: 20 }, (_, at) => ({
      id: `line-${String(at).padStart(2, '0')}`,
      time: new Date(now + at * 1000).toISOString(),
      containerId,
      container: 'web',
      stream: 'stderr',
      text: at === 10 ? 'FATAL: password authentication failed for user "bob"' : `line number ${at}`,
    }))
    deepEqual((await server.local('POST', '/agent/logs', { hostId: hello.id, items })).body, { stored: 20 })
    deepEqual((await server.local('POST', '/agent/logs', { hostId: hello.id, items })).body, { stored: 0 })
    const hit = (await server.local<Page<LogLine>>('GET', '/logs?q=fatal&context=2')).body.items
    deepEqual(
      hit.map(one => one.id),
      ['line-12', 'line-11', 'line-10', 'line-09', 'line-08'],
    )
    const [incident] = (await server.local<Page<Incident>>('GET', '/incidents')).body.items
    deepEqual([incident!.rule, incident!.priority, incident!.count], ['Wrong password', 'Error', 1])
    await server.close()
  })

  test('Prometheus is told what is', async () => {
    const server = await start()
    await server.local('POST', '/agent/alerts', alerts(3))
    const text = await server.context.metrics!.text()
    for (const line of [
      'jenner_agent_up{host="web-1"} 1',
      'jenner_containers{state="running"} 1',
      'jenner_feed_starter 1',
    ])
      ok(text.includes(`${line}\n`), line)
    match(text, /jenner_alerts_total\{priority="\w+"\} 3\n/)
    match(text, /jenner_store_bytes [1-9]/)
    await server.close()
  })
})
