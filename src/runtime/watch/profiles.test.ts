import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { someContainer, someEvent, someProcess } from '../fields/testing.ts'
import { createProfileKeeper, profileFiles } from './profiles.ts'

const container = someContainer()
const second = 1_000_000_000n

function withFolder(run: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-profiles-'))
  try {
    run(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const keeperOf = (folder: string, faults: string[] = [], learn = true) =>
  createProfileKeeper({ folder, learn, language: 'en', onFault: fault => faults.push(fault) })

function teach(keeper: ReturnType<typeof keeperOf>): void {
  for (let at = 0n; at < 7200n; at += 10n)
    for (const type of 'accept4 read write close epoll_wait futex fstat lseek getpid gettid'.split(' '))
      keeper.take(someEvent(type, { container, time: at * second }))
}
const strange = () =>
  someEvent('execve', { container, time: 9000n * second, process: someProcess({ exepath: '/usr/bin/nc' }) })

test('what was learned outlives a restart, and deviations tell score and reason', () =>
  withFolder(folder => {
    const faults: string[] = []
    const first = keeperOf(folder, faults)
    teach(first)
    first.close()
    const [name] = readdirSync(folder)
    assert.equal(name, `${container.imageId.slice(7)}.json`)
    assert.equal(profileFiles(folder).length, 1)
    const again = keeperOf(folder, faults, false)
    const found = again.take(strange())
    assert.equal(found?.type, 'jenner.deviation')
    assert.ok(Number(found?.args['score']) >= 50)
    assert.match(String(found?.args['reason']), /\/usr\/bin\/nc/)
    assert.equal(again.take(strange()), undefined)
    assert.deepEqual(faults, [])
  }))

test('without learning, an image without a profile is passed over', () =>
  withFolder(folder => {
    const keeper = keeperOf(folder, [], false)
    assert.equal(keeper.take(strange()), undefined)
    keeper.close()
    assert.deepEqual(readdirSync(folder), [])
  }))

test('what somebody else wrote goes before; what is damaged is told and kept apart', () =>
  withFolder(folder => {
    const faults: string[] = []
    const keeper = keeperOf(folder, faults)
    teach(keeper)
    keeper.close()
    const file = profileFiles(folder)[0]!
    const text = readFileSync(file, 'utf8').replace('"done":true', '"done":false')
    writeFileSync(file, text)
    utimesSync(file, 1, 1)
    keeper.tick(Date.now() + 100_000)
    keeper.tick(Date.now() + 100_001)
    assert.equal(keeper.take(strange()), undefined, 'it learns again')
    writeFileSync(file, '{')
    utimesSync(file, 2, 2)
    const other = keeperOf(folder, faults, false)
    assert.equal(other.take(strange()), undefined)
    assert.equal(faults.length, 1)
  }))
