import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { onBothStores } from '../../db/testing.ts'
import { runSchedules } from '../../report/report.ts'
import type { Page } from '../../schemas/common.ts'
import type { ReportRow, Schedule } from '../../schemas/reports.ts'
import { startTestServer } from '../../testing.ts'

const day = 86_400_000

onBothStores('a schedule of reports', place => {
  test('is switched off and on, changed and ended; it tells when it ran and what became of that', async () => {
    const { database } = await place.options()
    let now = Date.parse('2026-01-02T12:00:00Z')
    const server = await startTestServer({ ...(database && { database }), now: () => now })
    const read = async () => (await server.local<Schedule[]>('GET', '/reports/schedules')).body[0]
    const reports = async () => (await server.local<Page<ReportRow>>('GET', '/reports')).body.items
    const plan = { every: 'day', format: 'csv', lang: 'en', outputs: [], enabled: true }
    equal((await server.local('POST', '/reports/schedules', { ...plan, outputs: ['none'] })).status, 400)
    const { id, next } = (await server.local<Schedule>('POST', '/reports/schedules', plan)).body
    equal(next, '2026-01-03T00:00:00.000Z')
    const change = (body: object) => server.local<Schedule>('PATCH', `/reports/schedules/${id}`, body)
    // Off: nothing is due, and nothing is made up for when it is on again.
    equal((await change({ enabled: false })).body.next, undefined)
    now += 3 * day
    await runSchedules(server.context)
    equal((await reports()).length, 0)
    deepEqual(
      [(await change({ enabled: true })).body.next, (await read())?.last],
      ['2026-01-06T00:00:00.000Z', undefined],
    )
    await runSchedules(server.context)
    equal((await reports()).length, 0)
    now += day
    await runSchedules(server.context)
    for (let left = 200; (await read())?.last?.state !== 'done' && left > 0; left--)
      await new Promise(resolve => setTimeout(resolve, 20))
    const ran = await read()
    deepEqual(
      [ran?.next, ran?.last?.at, ran?.last?.state, ran?.last?.waiting, ran?.last?.failed],
      ['2026-01-07T00:00:00.000Z', new Date(now).toISOString(), 'done', 0, 0],
    )
    const [report] = await reports()
    equal(ran?.last?.reportId, report!.id)
    await server.local('DELETE', `/reports/${report!.id}`)
    equal((await read())?.last?.state, 'gone')
    // Another rhythm is due at another time, another form is not.
    equal((await change({ every: 'month' })).body.next, '2026-02-01T00:00:00.000Z')
    deepEqual(
      [(await change({ format: 'html', lang: 'ko' })).body.next, (await read())?.format],
      ['2026-02-01T00:00:00.000Z', 'html'],
    )
    equal((await change({ outputs: ['none'] })).status, 400)
    const analyst = await server.signIn('kim', 'analyst')
    equal(
      (await server.call('PATCH', `/reports/schedules/${id}`, { ...analyst, body: { enabled: false } })).status,
      403,
    )
    equal((await server.local('DELETE', `/reports/schedules/${id}`)).status, 204)
    equal(await read(), undefined)
    ok((await change({ enabled: true })).status === 404)
    await server.close()
  })
})
