import { deepEqual, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { spackLock } from './lock.ts'
import { spackSpec } from './spec.ts'

const arch = { platform: 'linux', platform_os: 'debian12', target: { name: 'zen2', vendor: 'AuthenticAMD' } }
const prefix = 'opt/spack/linux-debian12-zen2/gcc-12.2.0/zlib-1.3.1-abc'

test('the package of a prefix, and not what it was built of', () => {
  const nodes = [
    { name: 'zlib', version: '1.3.1', arch, hash: 'abc', dependencies: [{ name: 'gmake', hash: 'x' }] },
    { name: 'gmake', version: '4.4.1', hash: 'x' },
  ]
  const found = foundIn(spackSpec, {
    [`${prefix}/.spack/spec.json`]: JSON.stringify({ spec: { _meta: { version: 4 }, nodes } }),
  })
  deepEqual(named(found), ['zlib 1.3.1'])
  deepEqual([found[0]?.arch, found[0]?.dependsOn], ['zen2', ['gmake']])
})

test('the oldest form', () => {
  const spec = [
    { zlib: { version: '1.2.11', hash: 'abc', dependencies: { gmake: {} } } },
    { gmake: { version: '4.2' } },
  ]
  deepEqual(named(foundIn(spackSpec, { [`${prefix}/.spack/spec.json`]: JSON.stringify({ spec }) })), ['zlib 1.2.11'])
})

test('spack.lock', () => {
  const concrete_specs = {
    abc: { name: 'zlib', version: '1.3.1' },
    def: { gmake: { version: '4.4.1' } },
    bad: { name: 'x' },
    worse: null,
  }
  deepEqual(named(foundIn(spackLock, { 'spack.lock': JSON.stringify({ roots: [], concrete_specs }) })), [
    'zlib 1.3.1',
    'gmake 4.4.1',
  ])
  throws(() => foundIn(spackLock, { 'spack.lock': '{' }))
})
