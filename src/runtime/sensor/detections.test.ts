import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectionsOf, healthOf, lostText } from './detections.ts'
import { overlayLayout } from './overlay.ts'
import type { Lack, Probe } from './probe.ts'

const probeWith = (...lacks: Lack[]): Probe => ({ usable: true, lacks, kernel: '6.1.0', cgroup: 'v2' })
const lostOf = (...lacks: Lack[]): string[] =>
  detectionsOf(probeWith(...lacks)).flatMap(({ id, works }) => (works ? [] : [id]))

test('a machine with everything loses nothing', () => assert.deepEqual(lostOf(), []))

const cases: [lack: Lack, lost: string[]][] = [
  [{ what: 'tracepoint', detail: 'inet_sock_set_state', loses: 'connect_race' }, ['connect_race']],
  [{ what: 'tracepoint', detail: 'io_uring_submit_req', loses: 'io_uring_submit' }, ['io_uring']],
  [{ what: 'tracepoint', detail: 'cap_capable', loses: 'capable' }, ['capabilities']],
  [{ what: 'overlay', detail: '', loses: 'drift' }, ['drift', 'drift_mprotect']],
  [{ what: 'helper', detail: '5.15.0', loses: 'mprotect' }, ['drift_mprotect']],
]
for (const [lack, lost] of cases)
  test(`${lack.what} ${lack.detail} loses ${lost.join(', ')}`, () => assert.deepEqual(lostOf(lack), lost))

test('what takes everything is the reason of everything, in both languages', () => {
  const found = detectionsOf(probeWith({ what: 'btf', detail: '/sys/kernel/btf/vmlinux', loses: 'everything' }))
  assert.ok(found.every(({ works, reason }) => !works && reason?.en.includes('BTF') && /[가-힣]/.test(reason.ko)))
  assert.ok(found.every(({ title }) => title.en !== '' && title.ko !== ''))
})

test('what a running sensor lost has a title and a reason', () => {
  assert.match(lostText('io_uring_submit').what.en, /io_uring/)
  assert.match(lostText('capable').why.ko, /tracepoint/)
  assert.match(lostText('connect_race').what.en, /connect/)
})

test('losses are a share of what was to be told', () => {
  const health = healthOf({ produced: 1000, filtered: 500, judged: 400, lost: { critical: 0, file: 75, net: 25 } })
  assert.deepEqual([health.lost, health.lostShare, health.classes[0]?.id], [100, 0.2, 'file'])
  assert.equal(healthOf({ produced: 0, filtered: 0, judged: 0, lost: {} }).lostShare, 0)
})

test('the layout of overlayfs is compared, not believed', () => {
  const inode = { size: 600, members: {} }
  const layout = (upper: number) =>
    overlayLayout(name => (name === 'inode' ? inode : { size: 700, members: { vfs_inode: 256, __upperdentry: upper } }))
  assert.equal(layout(256 + 4800), 'fits')
  assert.equal(layout(256 + 4864), 'differs')
  assert.equal(
    overlayLayout(name => (name === 'inode' ? inode : { size: 1, members: {} })),
    'differs',
  )
  assert.equal(
    overlayLayout(() => undefined),
    'unknown',
  )
})
