import { equal, ok } from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { alerts, hello } from '../../src/server/sample.testing.ts'
import { startTestServer } from '../../src/server/testing.ts'

/** A small file system of its own; undefined where this user may not mount one. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-full-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=0700', 'tmpfs', folder])
  if (status !== 0) {
    rmSync(folder, { recursive: true })
    return undefined
  }
  after(() => {
    spawnSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

const disk = smallDisk()

test('on a full disk reading goes on, writing says so, and all is well once there is room', {
  skip: disk ? false : 'this user may not mount a small disk',
  timeout: 120_000,
}, async () => {
  const server = await startTestServer({ state: disk!, advisories: { cacheDir: tmpdir() } })
  await server.local('POST', '/agent/hello', hello)
  equal((await server.local('POST', '/agent/alerts', alerts(100))).status, 200)
  const stop = join(disk!, 'filler')
  writeFileSync(stop, Buffer.alloc(1))
  spawnSync('dd', ['if=/dev/zero', `of=${stop}`, 'bs=4096'])
  let refused: { status: number; body: { code?: string } } | undefined
  let stored = 100
  for (let i = 1; i < 50 && !refused; i++) {
    const answer = await server.local<{ code?: string }>('POST', '/agent/alerts', alerts(500, { from: i * 500 }))
    if (answer.status === 200) stored += 500
    else refused = answer
  }
  equal(refused?.status, 507)
  equal(refused?.body.code, 'store_full')
  const list = await server.local<{ items: { count: number }[] }>('GET', '/incidents')
  equal(list.body.items[0]!.count, stored)
  equal((await server.local('GET', '/today')).status, 200)
  rmSync(stop)
  equal((await server.local('POST', '/agent/alerts', alerts(500, { from: 90_000 }))).status, 200)
  const after = await server.local<{ items: { count: number }[] }>('GET', '/incidents')
  ok(after.body.items[0]!.count === stored + 500)
  await server.close()
})
