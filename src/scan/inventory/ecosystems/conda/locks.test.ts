import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { condaLock } from './locks.ts'

test('conda-lock.yml, platforms once', () => {
  const item = (platform: string) =>
    `- name: numpy\n  version: 1.26.0\n  manager: conda\n  platform: ${platform}\n  category: main\n`
  const text = `version: 1\npackage:\n${item('linux-64')}${item('osx-64')}- name: requests\n  version: 2.31.0\n  manager: pip\n  category: dev\n`
  const found = foundIn(condaLock, { 'conda-lock.yml': text })
  deepEqual(named(found), ['numpy 1.26.0', 'requests 2.31.0 (development)'])
  deepEqual(
    found.map(({ type }) => type),
    [undefined, 'pypi'],
  )
})

test('pixi.lock of both forms', () => {
  const five =
    'version: 5\npackages:\n- kind: conda\n  name: bzip2\n  version: 1.0.8\n- kind: pypi\n  name: rich\n  version: 13.7.0\n'
  deepEqual(named(foundIn(condaLock, { 'pixi.lock': five })), ['bzip2 1.0.8', 'rich 13.7.0'])
  const six =
    'version: 6\npackages:\n- conda: https://c/conda-forge/linux-64/ca-certificates-2024.2.2-hbcca054_0.conda\n- pypi: https://f/x.whl\n  name: rich\n  version: 13.7.0\n'
  deepEqual(named(foundIn(condaLock, { 'pixi.lock': six })), ['ca-certificates 2024.2.2', 'rich 13.7.0'])
})

test('lists of addresses', () => {
  const text = `# This file may be used to create an environment using:
# platform: linux-64
@EXPLICIT
https://repo.anaconda.com/pkgs/main/linux-64/_libgcc_mutex-0.1-main.conda
https://conda.anaconda.org/conda-forge/noarch/ca-certificates-2024.2.2-hbcca054_0.conda#2f4327a1cbe7f022401b236e915a5fef
https://conda.anaconda.org/conda-forge/linux-64/m2w64-gcc-libs-5.3.0-7.tar.bz2
`
  const expected = ['_libgcc_mutex 0.1', 'ca-certificates 2024.2.2', 'm2w64-gcc-libs 5.3.0']
  deepEqual(named(foundIn(condaLock, { 'spec-file.txt': text })), expected)
  deepEqual(named(foundIn(condaLock, { 'conda-linux-64.lock': text.replaceAll('\n', '\r\n') })), expected)
  deepEqual(foundIn(condaLock, { 'explicit.txt': text.replace('@', '') }), [])
})
