import { deepEqual } from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { conanCache } from './cache.ts'
import { conaninfo } from './conaninfo.ts'

const one = `[settings]
    arch=x86_64

[requires]
    zlib/1.2.Z
    spirv-cross/1.Y.Z

[full_settings]
    os=Linux

[full_requires]
    zlib/1.2.12:6b4f8a1e
    openssl/1.1.1q@user/stable:0ab9fcf606068d4347207cc29edd400ceccbc944

[recipe_hash]


[env]
`

test('Conan 1: the package of the folder, and what it was built against', () => {
  const path =
    'root/.conan/data/mfast/1.2.2/my_user/my_channel/package/9d1f076b471417647c2022a78d5e2c1f834289ac/conaninfo.txt'
  const found = foundIn(conaninfo, { [path]: one })
  deepEqual(named(found), ['mfast 1.2.2', 'zlib 1.2.12', 'openssl 1.1.1q'])
  deepEqual(found[0]?.dependsOn, ['zlib', 'openssl'])
  deepEqual(named(foundIn(conaninfo, { 'conaninfo.txt': one })), ['zlib 1.2.12', 'openssl 1.1.1q'])
})

test('Conan 2: whole references; a deployed tree names its packages', () => {
  const two =
    '[settings]\nos=Linux\n[options]\nshared=False\n[requires]\nzlib/1.3.1#f52e03ae3d251dec704634230cd806a2:b647c43b\nbzip2/1.0.Z\n'
  deepEqual(named(foundIn(conaninfo, { 'full_deploy/host/libpng/1.6.43/Release/x86_64/conaninfo.txt': two })), [
    'libpng 1.6.43',
    'zlib 1.3.1',
  ])
})

test('Conan 2’s cache', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-conan-'))
  try {
    const file = join(folder, 'x.db')
    const made = new DatabaseSync(file)
    made.exec(
      'CREATE TABLE packages (reference text NOT NULL, rrev text NOT NULL, pkgid text, prev text, path text NOT NULL UNIQUE)',
    )
    made.exec(
      "INSERT INTO packages VALUES ('zlib/1.3.1', 'a', 'b', 'c', 'p1'), ('zlib/1.3.1', 'a', 'd', 'e', 'p2'), ('fmt/10.2.1@u/c', 'a', 'b', 'c', 'p3')",
    )
    made.close()
    deepEqual(named(foundIn(conanCache, { 'root/.conan2/p/cache.sqlite3': readFileSync(file) })), [
      'zlib 1.3.1',
      'fmt 10.2.1',
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
