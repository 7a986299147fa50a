import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { foundIn } from '../../check-extractor.ts'
import { pnpm } from './pnpm.ts'
import { readPnpmKey } from './pnpm-key.ts'

const keys: [version: number, key: string, name: string, found: string][] = [
  [3, '/@s/a/1.0.0/react@17.0.2', '@s/a', '1.0.0'],
  [5, '/a/1.0.0/@t/b@1.0.0+react@17.0.2', 'a', '1.0.0'],
  [5.1, '/a/1.0.0', 'a', '1.0.0'],
  [5.1, '/2/1.0.0', '2', '1.0.0'],
  [5.1, '/@s/2/1.0.0', '@s/2', '1.0.0'],
  [5.3, 'github.com/user/repo/1234567890123456789012345678901234567890', 'repo', ''],
  [6, '/a/1.0.0', 'a', '1.0.0'],
  [5.3, '/@s/a/1.0.0', '@s/a', '1.0.0'],
  [5.3, '/a/1.0.0_react@17.0.2', 'a', '1.0.0'],
  [5.4, '/@s/a/1.0.0-rc.1_@babel+core@7.0.0+x@1.0.0', '@s/a', '1.0.0-rc.1'],
  [5.3, 'registry.example.com/@s/a/1.0.0', '@s/a', '1.0.0'],
  [5.3, 'registry.example.com/a/1.0.0_0f1e2d', 'a', '1.0.0'],
  [5.3, 'github.com/user/repo/0123456789abcdef0123456789abcdef01234567', 'repo', ''],
  [6, '/a@1.0.0', 'a', '1.0.0'],
  [6, '/@s/a@1.0.0(react@18.0.0)(@t/b@1.0.0)', '@s/a', '1.0.0'],
  [6, 'registry.example.com/@s/a@1.0.0', '@s/a', '1.0.0'],
  [6.1, 'github.com/user/repo/0123456789abcdef', 'repo', ''],
  [9, 'a@1.0.0', 'a', '1.0.0'],
  [9, '@s/a@1.0.0+build.1', '@s/a', '1.0.0+build.1'],
  [9, '@s/a@https://codeload.github.com/s/a/tar.gz/0123456789abcdef', '@s/a', ''],
  [9, 'a@file:packages/a', 'a', ''],
  [5.3, 'file:packages/a', '', ''],
]
for (const [version, key, name, found] of keys) {
  test(`pnpm ${version}: ${key}`, () => assert.deepEqual(readPnpmKey(key, version), { name, version: found }))
}

test('pnpm 5.x: requests as scalars, aliases, flags of development', () => {
  const lock = `lockfileVersion: 5.4

specifiers:
  a: ^1.0.0

dependencies:
  a: 1.0.0_b@2.0.0
  lod: /lodash/4.17.20

devDependencies:
  t: 1.0.0

packages:

  /a/1.0.0_b@2.0.0:
    resolution: {integrity: sha512-x==}
    peerDependencies:
      b: '*'
    dependencies:
      b: 2.0.0
    dev: false

  /b/2.0.0:
    resolution: {integrity: sha512-y==, tarball: https://host/b.tgz}
    deprecated: "Please: upgrade # now"
    engines: {node: '>=4'}
    dev: false

  /lodash/4.17.20:
    resolution: {integrity: sha512-z==}
    dev: false

  /t/1.0.0:
    resolution: {integrity: sha512-t==}
    dev: true

  github.com/u/r/0123456789abcdef0123456789abcdef01234567:
    resolution: {tarball: https://codeload.github.com/u/r/tar.gz/0123456789abcdef0123456789abcdef01234567}
    name: real
    version: 3.0.0
    dev: false
`
  const found = foundIn(pnpm, { 'pnpm-lock.yaml': lock })
  assert.deepEqual(found.map(describe), [
    'a@1.0.0 direct needs b@2.0.0',
    'b@2.0.0 indirect',
    'lodash@4.17.20 direct',
    't@1.0.0 direct development',
    'real@3.0.0 indirect',
  ])
  assert.deepEqual(found[1]?.extra, { integrity: 'sha512-y==', resolved: 'https://host/b.tgz' })
  assert.equal(found[4]?.extra?.commit, '0123456789abcdef0123456789abcdef01234567')
  assert.deepEqual(found[0]?.lines, { start: 15, end: 21 })
})

test('pnpm 9: importers, snapshots, peers, aliases, links; development follows from who needs it', () => {
  const lock = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true

importers:

  .:
    dependencies:
      lod:
        specifier: npm:lodash@4
        version: lodash@4.17.20
      r-dom:
        specifier: ^18
        version: 18.0.0(r@18.0.0)
    devDependencies:
      '@s/t':
        specifier: 1
        version: 1.0.0

  packages/b:
    dependencies:
      b: {specifier: 'workspace:*', version: 'link:../b'}
      g:
        specifier: github:o/g
        version: https://codeload.github.com/o/g/tar.gz/0123456789abcdef

packages:

  '@s/t@1.0.0':
    resolution: {integrity: sha512-t==}
    deprecated: >-
      a text: of
      several lines

  ? ${'long'.repeat(300)}@1.0.0
  : resolution: {integrity: sha512-l==}

  g@https://codeload.github.com/o/g/tar.gz/0123456789abcdef:
    resolution: {tarball: https://codeload.github.com/o/g/tar.gz/0123456789abcdef}
    version: 2.0.0

  tar@https://host/tar/-/tar-1.2.3.tgz:
    resolution: {tarball: https://host/tar/-/tar-1.2.3.tgz}

  dir@file:packages/dir:
    resolution: {directory: packages/dir, type: directory}

  lodash@4.17.20:
    resolution:
      integrity: sha512-l==

  only-t@1.0.0:
    resolution: {integrity: sha512-o==}
    cpu: [arm64]
    os:
      - darwin

  r-dom@18.0.0:
    resolution: {integrity: sha512-d==}

  r@18.0.0:
    resolution: {integrity: sha512-r==}

snapshots:

  '@s/t@1.0.0':
    dependencies:
      only-t: 1.0.0
      r: 18.0.0

  g@https://codeload.github.com/o/g/tar.gz/0123456789abcdef: {}

  r-dom@18.0.0(r@18.0.0):
    dependencies:
      r: 18.0.0
    transitivePeerDependencies:
      - x
`
  const found = foundIn(pnpm, { 'pnpm-lock.yaml': lock })
  assert.deepEqual(found.map(describe), [
    '@s/t@1.0.0 direct development needs only-t@1.0.0 r@18.0.0',
    `${'long'.repeat(300)}@1.0.0 indirect`,
    'g@2.0.0 direct',
    'tar@1.2.3 indirect',
    'lodash@4.17.20 direct',
    'only-t@1.0.0 indirect development',
    'r-dom@18.0.0 direct needs r@18.0.0',
    'r@18.0.0 indirect',
  ])
  assert.equal(found[4]?.extra?.integrity, 'sha512-l==')
})

test('pnpm: no lock file at all is an error, an empty one is empty', () => {
  assert.deepEqual(foundIn(pnpm, { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" }), [])
  for (const text of ['{}', 'words', 'a: 1\n']) assert.throws(() => foundIn(pnpm, { 'pnpm-lock.yaml': text }), text)
})

test('pnpm: aliases of YAML are not expanded', () => {
  const bomb = `lockfileVersion: 5.4\na: &a [x]\n${'b: &b [*a,*a,*a,*a]\n'.repeat(10_000)}`
  assert.deepEqual(foundIn(pnpm, { 'pnpm-lock.yaml': bomb }), [])
})

function describe({ name, version, relationship, development, dependsOn }: FoundPackage): string {
  const parts = [
    `${name}@${version}`,
    relationship,
    development && 'development',
    dependsOn && `needs ${[...dependsOn].sort().join(' ')}`,
  ]
  return parts.filter(Boolean).join(' ')
}

test('pnpm: shrinkwrap.yaml, its name before pnpm 3', () => {
  const lock = `dependencies:
  a: 1.0.0
packages:
  /a/1.0.0:
    dev: false
    resolution:
      integrity: sha1-x=
registry: 'https://registry.npmjs.org/'
shrinkwrapMinorVersion: 9
shrinkwrapVersion: 3
specifiers:
  a: ^1.0.0
`
  assert.deepEqual(foundIn(pnpm, { 'shrinkwrap.yaml': lock }).map(describe), ['a@1.0.0 direct'])
})
