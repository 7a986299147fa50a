import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JennerError } from '../../base/errors.ts'
import { createDeliveries, type DeliveryStore, type Waiting } from './deliveries.ts'
import { type Notice, type OutputKind, PartlyDelivered } from './model.ts'

const notice = (id: string): Notice => ({
  id,
  time: '2026-01-02T03:04:05.000Z',
  kind: 'test',
  priority: 'Warning',
  title: id,
  text: '',
  tags: [],
  fields: {},
})

function memoryStore(ids: string[]) {
  const rows = ids.map((id, seq) => ({ seq, notice: notice(id), attempts: 0, at: 0, error: '', state: 'waiting' }))
  const set = (seqs: readonly number[], change: Partial<(typeof rows)[number]>): void => {
    for (const row of rows) if (seqs.includes(row.seq)) Object.assign(row, change)
  }
  const store: DeliveryStore = {
    due: async (_output, limit, now): Promise<Waiting[]> =>
      rows.filter(({ state, at }) => state === 'waiting' && at <= now).slice(0, limit),
    done: async seqs => set(seqs, { state: 'done' }),
    retry: async ([seq], at, error, only) => {
      const row = rows.find(each => each.seq === seq)!
      Object.assign(row, { at, error, attempts: row.attempts + 1 }, only && { notice: { ...row.notice, only } })
    },
    dead: async (seqs, error) => set(seqs, { state: 'dead', error }),
  }
  return { rows, store }
}

function setUp(ids: string[], send: (titles: string[]) => void, batch = 3) {
  const { rows, store } = memoryStore(ids)
  const sent: string[][] = []
  let time = 1_000_000
  const kind: OutputKind = {
    kind: 'fake',
    batch,
    fields: [],
    open: () => ({
      async send(notices) {
        const titles = notices.map(({ title }) => title)
        send(titles)
        sent.push(titles)
      },
      close() {},
    }),
  }
  const deliveries = createDeliveries({
    store,
    outputs: async () => [{ id: 'o', kind, config: {} }],
    tools: { version: '0', hostname: 'h', guard: { resolve: async () => [] } },
    now: () => time,
  })
  return {
    rows,
    sent,
    deliveries,
    later: (ms: number) => {
      time += ms
    },
  }
}

test('delivers in order, in batches', async () => {
  const { rows, sent, deliveries } = setUp(['a', 'b', 'c', 'd'], () => {})
  await deliveries.run()
  assert.deepEqual(sent, [['a', 'b', 'c'], ['d']])
  assert.ok(rows.every(({ state }) => state === 'done'))
})

test('tries again later and later, and gives up in the end', async () => {
  let tries = 0
  const { rows, deliveries, later } = setUp(['a'], () => {
    tries++
    throw new JennerError('delivery_failed', 'away')
  })
  await deliveries.run()
  await deliveries.run()
  assert.equal(tries, 1)
  const [row] = rows
  const first = row!.at - 1_000_000
  later(3_000)
  await deliveries.run()
  assert.equal(tries, 2)
  assert.ok(row!.at - 1_003_000 > first)
  for (let round = 0; round < 40; round++) {
    later(3_700_000)
    await deliveries.run()
  }
  assert.equal(tries, 30)
  assert.equal(row!.state, 'dead')
  assert.match(row!.error, /away/)
})

test('one that is refused does not hold the others up', async () => {
  const { rows, sent, deliveries } = setUp(['a', 'bad', 'c', 'd'], titles => {
    if (titles.includes('bad')) throw new JennerError('delivery_refused', 'HTTP 400')
  })
  await deliveries.run()
  assert.deepEqual(sent.flat(), ['a', 'c', 'd'])
  assert.deepEqual(
    rows.map(({ state }) => state),
    ['done', 'dead', 'done', 'done'],
  )
})

test('the test button goes past the queue and says what the receiver said', async () => {
  const { deliveries } = setUp([], () => {
    throw new JennerError('delivery_refused', 'HTTP 403: no')
  })
  const kind: OutputKind = {
    kind: 'fake',
    batch: 1,
    fields: [],
    open: () => ({ send: () => Promise.reject(new JennerError('delivery_refused', 'HTTP 403: no')), close() {} }),
  }
  await assert.rejects(deliveries.test({ kind, config: {} }, notice('t')), /403/)
})

test('whoever has it is not sent it again, and what is for some goes alone', async () => {
  const { rows, sent, deliveries, later } = setUp(['a', 'b', 'c'], titles => {
    if (titles.length === 3) throw new PartlyDelivered('delivery_failed', 'x@a.test: full', ['x@a.test'])
  })
  await deliveries.run()
  assert.deepEqual(
    rows.map(row => [row.state, row.notice.only]),
    rows.map(() => ['waiting', ['x@a.test']]),
  )
  later(60_000)
  await deliveries.run()
  assert.deepEqual(sent, [['a'], ['b'], ['c']])
  assert.ok(rows.every(({ state }) => state === 'done'))
})
