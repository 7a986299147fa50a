import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { conanLock } from './conan-lock.ts'

const locked = (lock: unknown) => foundIn(conanLock, { 'conan.lock': JSON.stringify(lock) })

test('conan.lock of Conan 1: the graph, the project itself where its recipe names it', () => {
  const nodes = {
    '0': { ref: 'app/1.0', path: 'conanfile.py', requires: ['1'] },
    '1': { ref: 'openssl/1.1.1w@user/stable#0123abcd', requires: ['2'] },
    '2': { pref: 'zlib/1.3.1#5f49:19729b95#5884' },
    '3': { ref: 'broken' },
  }
  const packages = locked({ version: '0.4', graph_lock: { nodes } })
  deepEqual(named(packages), ['app 1.0', 'openssl 1.1.1w', 'zlib 1.3.1'])
  deepEqual(
    packages.map(found => found.relationship),
    ['root', 'direct', 'indirect'],
  )
  deepEqual(packages[1]!.dependsOn, ['2'])
  deepEqual(packages[1]!.extra, { channel: 'user/stable', revision: '0123abcd' })
})

test('conan.lock of Conan 1, oldest form: needs by reference', () => {
  const nodes = {
    '0': { pref: 'app/1.0:aa', path: 'x', requires: { 'zlib/1.2.11#5f': '1' } },
    '1': { pref: 'zlib/1.2.11#5f:19' },
  }
  deepEqual(named(locked({ version: '0.2', graph_lock: { nodes } })), ['app 1.0', 'zlib 1.2.11'])
  const unnamed = { ...nodes, '0': { pref: null, requires: { 'zlib/1.2.11#5f': '1' } } }
  deepEqual(named(locked({ version: '0.2', graph_lock: { nodes: unnamed } })), ['zlib 1.2.11'])
})

test('conan.lock of Conan 2: lists of references', () => {
  const lock = {
    version: '0.5',
    requires: ['zlib/1.3#ff%1675278904.07'],
    build_requires: ['cmake/3.28.1#aa%1'],
    python_requires: [],
    config_requires: [7],
  }
  deepEqual(named(locked(lock)), ['zlib 1.3', 'cmake 3.28.1 (development)'])
})
