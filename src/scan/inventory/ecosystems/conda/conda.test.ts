import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { condaEnvironment } from './environment.ts'
import { condaPkg } from './meta.ts'

test('conda-meta: one file a package', () => {
  const meta = {
    name: 'openssl',
    version: '3.2.1',
    build: 'hd590300_0',
    channel: 'conda-forge',
    license: 'Apache-2.0',
    depends: ['ca-certificates', 'libgcc-ng >=12'],
  }
  const [found] = foundIn(condaPkg, { 'opt/conda/conda-meta/openssl-3.2.1-hd590300_0.json': JSON.stringify(meta) })
  deepEqual(
    [found!.name, found!.version, found!.licenses, found!.dependsOn],
    ['openssl', '3.2.1', ['Apache-2.0'], ['ca-certificates', 'libgcc-ng']],
  )
  equal(wants(condaPkg, 'opt/other/openssl.json'), false)
})

test('environment.yml: pins, bounds, channels, pip', () => {
  const text = `name: x
channels: [conda-forge]
dependencies:
  - python=3.11.4
  - conda-forge::numpy=1.10=py311_0
  - scipy==1.11.1
  - pandas>=2.0
  - bare
  - pkgs/main::blas[version='1.0',build=mkl]
  - m2w64-toolchain 5.3.*
  - zlib =1.2
  - pip:
      - requests==2.31.0
      - flask>=2.0
      - -r requirements.txt
      - boto3[crt] == 1.34 ; python_version > '3'
      - ./x-1.0-py3-none-any.whl
`
  deepEqual(named(foundIn(condaEnvironment, { 'environment.yml': text })), [
    'python 3.11.4',
    'numpy 1.10',
    'scipy 1.11.1',
    'blas 1.0',
    'm2w64-toolchain 5.3',
    'zlib 1.2',
    'requests 2.31.0',
    'flask 2.0',
    'boto3 1.34',
    'x 1.0',
  ])
})
