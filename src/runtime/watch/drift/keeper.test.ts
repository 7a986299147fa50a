import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { someContainer, someEvent, someProcess } from '../../fields/testing.ts'
import { createDriftApplier } from './apply.ts'
import { createDriftKeeper } from './keeper.ts'
import { createDriftList, exportDriftList, noteDrift } from './list.ts'
import { openDriftStore } from './store.ts'

function withFolder(run: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-drift-'))
  try {
    run(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const container = someContainer()
const exec = (exepath: string) =>
  someEvent('execve', {
    container,
    process: someProcess({ exepath, exeUpperLayer: true }),
    args: { flags: 'EXE_WRITABLE|EXE_UPPER_LAYER' },
  })

test('what observe saw is listed, kept, and passed under alert; the rest is not', () =>
  withFolder(folder => {
    const store = openDriftStore(folder, assert.fail)
    const observing = createDriftKeeper({ default: 'observe', containers: [] }, store)
    const seen = exec('/opt/tool')
    observing.see(seen)
    assert.equal(seen.process.exeUpperLayer, false)
    assert.deepEqual(seen.args, { flags: 'EXE_WRITABLE', drift: 'observed' })
    assert.deepEqual(store.save(), [container.imageId])
    assert.deepEqual(store.save(), [])

    const alerting = createDriftKeeper({ default: 'alert', containers: [] }, openDriftStore(folder, assert.fail))
    const [listed, other] = [exec('/opt/tool'), exec('/opt/evil')]
    alerting.see(listed)
    alerting.see(other)
    assert.equal(listed.process.exeUpperLayer, false)
    assert.equal(listed.args['drift'], 'listed')
    assert.equal(other.process.exeUpperLayer, true)
    const map = someEvent('mmap_exec', {
      container,
      fd: { num: 3, typechar: 'f', name: '/opt/x.so', upperLayer: true },
    })
    alerting.see(map)
    assert.equal(map.fd?.upperLayer, true)
  }))

test('a list that somebody else wrote is read; a damaged one is told', () =>
  withFolder(folder => {
    const faults: string[] = []
    const store = openDriftStore(folder, fault => faults.push(fault))
    assert.equal(store.get(container.imageId, 'x').paths.size, 0)
    const list = createDriftList(container.imageId, 'x')
    noteDrift(list, '/opt/a', 'exec', '2026-01-01T00:00:00Z')
    const file = join(folder, `${container.imageId.slice(7)}.json`)
    writeFileSync(file, exportDriftList(list))
    assert.deepEqual(store.save(), [container.imageId])
    assert.equal(store.get(container.imageId, 'x').paths.size, 1)
    writeFileSync(file, '{"version":1}')
    store.save()
    assert.equal(faults.length, 1)
  }))

test('the kernel is told what differs from the default, once, and again when the list changes', () =>
  withFolder(folder => {
    const told: unknown[] = []
    const applier = createDriftApplier({
      policy: {
        default: 'alert',
        containers: [{ names: ['shop-*'], policy: 'block', mounts: [{ path: '/data', policy: 'block' }] }],
      },
      folder,
      setPolicy: async (id, mode, mounts, paths) =>
        void told.push([id, mode, mounts.map(({ source }) => source), paths]),
      forgetPolicy: id => told.push(['forget', id]),
      onFault: assert.fail,
    })
    applier.take({ ...container, id: 'other', name: 'other' }, false)
    assert.deepEqual(told, [])
    applier.take(container, false)
    applier.take({ ...container, state: 'running' }, false)
    assert.deepEqual(told.splice(0), [[container.id, 'block', ['/srv/data'], []]])
    const list = createDriftList(container.imageId, 'x')
    noteDrift(list, '/opt/a', 'exec', '')
    writeFileSync(join(folder, `${container.imageId.slice(7)}.json`), exportDriftList(list))
    applier.listed(container.imageId)
    assert.deepEqual(told.splice(0), [[container.id, 'block', ['/srv/data'], ['/opt/a']]])
    applier.take(container, true)
    assert.deepEqual(told, [['forget', container.id]])
  }))
