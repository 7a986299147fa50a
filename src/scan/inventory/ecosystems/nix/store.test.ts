import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { memoryFile } from '../../../image/content.ts'
import { wants } from '../../check-extractor.ts'
import { nixStore } from './store.ts'

const hash = '0123456789abcdfghijklmnpqrsvwxyz'

function foundAt(...paths: string[]): FoundPackage[] {
  const files = paths.flatMap(path => {
    const facts = nixStore.parse(memoryFile({ path, size: 0, mode: 0o755 }, new Uint8Array()))
    return facts ? [{ path, facts }] : []
  })
  return nixStore.assemble!({ files, get: () => undefined })
}

test('a file of a package is enough, wherever it stands', () => {
  const wanted = (path: string, size = 10) => wants(nixStore, path, size)
  deepEqual(
    [
      wanted(`nix/store/${hash}-tzdata-2024a/share/zoneinfo/UTC`),
      wanted(`nix/store/${hash}-x-1/deep/deep/deep/deep/deep`),
      wanted(`nix/store/${hash}-x-1.tar.gz`),
      wanted(`nix/store/${hash}-x-1/large`, 1_000_000),
      wanted(`home/nix/store/${hash}-x-1/a`),
      wanted(`gnu/store/${hash}-x-1/a`),
    ],
    [true, false, false, false, false, true],
  )
})

test('forms of names', () => {
  const packages = foundAt(
    `nix/store/${hash}-xgcc-13.2.0-libgcc/lib/x`,
    `nix/store/${hash}-python3.11-requests-2.31.0/x`,
    `nix/store/${hash}-font-util-1.4.1/x`,
    `nix/store/${hash}-foo-unstable-2023-05-01/x`,
    `nix/store/${hash}-bar-0-unstable-2024-05-01/x`,
    `nix/store/${hash}-linux-6.6.30-modules/x`,
    `nix/store/${hash}-go-1.22rc1/x`,
    `gnu/store/${hash}-guile-3.0.9/bin/guile`,
  )
  deepEqual(
    packages.map(({ type = 'nix', name, version }) => `${type} ${name} ${version}`),
    [
      'nix xgcc 13.2.0',
      'nix python3.11-requests 2.31.0',
      'nix font-util 1.4.1',
      'nix foo unstable-2023-05-01',
      'nix bar 0-unstable-2024-05-01',
      'nix linux 6.6.30',
      'nix go 1.22rc1',
      'guix guile 3.0.9',
    ],
  )
})

test('names and versions from store paths, each path once', () => {
  const packages = foundAt(
    `nix/store/${hash}-openssl-3.0.13-bin/bin/openssl`,
    `nix/store/${hash}-openssl-3.0.13-bin/bin/c_rehash`,
    `nix/store/${hash}-gcc-13.2.0-lib/lib/libstdc++.so.6`,
    `nix/store/${hash}-source/bin/x`,
    'nix/store/short-thing-1.0/bin/x',
  )
  deepEqual(
    packages.map(({ name, version, path, extra }) => [name, version, path, extra?.output]),
    [
      ['openssl', '3.0.13', `nix/store/${hash}-openssl-3.0.13-bin`, 'bin'],
      ['gcc', '13.2.0', `nix/store/${hash}-gcc-13.2.0-lib`, 'lib'],
    ],
  )
})
