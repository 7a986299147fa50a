import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { memoryFile } from '../../../image/content.ts'
import { nixStore } from './store.ts'

const hash = '0123456789abcdfghijklmnpqrsvwxyz'

function foundAt(...paths: string[]): FoundPackage[] {
  const files = paths.flatMap(path => {
    const facts = nixStore.parse(memoryFile({ path, size: 0, mode: 0o755 }, new Uint8Array()))
    return facts ? [{ path, facts }] : []
  })
  return nixStore.assemble!({ files, get: () => undefined })
}

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
