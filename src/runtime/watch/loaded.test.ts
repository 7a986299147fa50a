import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Descriptor } from '../../base/model/runtime.ts'
import { someContainer, someEvent, someProcess } from '../fields/testing.ts'
import { gatherLoaded, type LoadedRow } from './loaded.ts'

function setUp() {
  const told: LoadedRow[][] = []
  const loaded = gatherLoaded({ post: rows => told.push(rows), every: 1000 })
  const process = someProcess({ containerId: 'c1', exepath: '/usr/bin/node' })
  const file = (name: string, more: Partial<Descriptor> = {}): Descriptor => ({ num: 3, typechar: 'f', name, ...more })
  return { told, loaded, process, file }
}

test('tells programs, libraries and files of the image once a report, by container', () => {
  const { told, loaded, process, file } = setUp()
  const { imageId } = someContainer()
  loaded.onEvent(someEvent('execve', { process, result: 0n }))
  loaded.onEvent(someEvent('mmap_exec', { process, fd: file('/lib/libssl.so.3'), result: 0n }))
  loaded.onEvent(someEvent('openat', { process, fd: file('/app/node_modules/a/index.js'), result: 3n }))
  loaded.onEvent(someEvent('openat', { process, fd: file('/app/node_modules/a/index.js'), result: 3n }))
  loaded.onTick(5000)
  loaded.onTick(5500)
  assert.deepEqual(told, [
    [
      {
        containerId: 'c1',
        imageId,
        paths: ['usr/bin/node', 'lib/libssl.so.3', 'app/node_modules/a/index.js'],
      },
    ],
  ])
})

test('passes over what is no file of an image', () => {
  const { told, loaded, process, file } = setUp()
  loaded.onEvent(someEvent('execve', { process: someProcess({ containerId: '', exepath: '/bin/sh' }), result: 0n }))
  loaded.onEvent(someEvent('execve', { process: { ...process, exeUpperLayer: true }, result: 0n }))
  loaded.onEvent(someEvent('openat', { process, fd: file('/etc/missing'), result: -2n }))
  loaded.onEvent(someEvent('openat', { process, fd: file('/tmp/new', { upperLayer: true }), result: 3n }))
  loaded.onEvent(someEvent('openat', { process, fd: file('/proc/self/maps'), result: 3n }))
  loaded.onEvent(someEvent('openat', { process, fd: file('10.0.0.1:1->10.0.0.2:2', { typechar: '4' }), result: 3n }))
  loaded.onEvent(someEvent('connect', { process, result: 0n }))
  loaded.flush()
  assert.deepEqual(told, [])
})
