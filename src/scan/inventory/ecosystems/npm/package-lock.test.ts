import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { foundIn } from '../../check-extractor.ts'
import { packageLock } from './package-lock.ts'

const cases: [name: string, lock: object, expected: string[]][] = [
  [
    'v3: nested copies, aliases, git, what is for development',
    {
      lockfileVersion: 3,
      packages: {
        '': {
          name: 'app',
          version: '1.0.0',
          dependencies: { a: '1', lod: 'npm:lodash@4' },
          devDependencies: { t: '1' },
        },
        'node_modules/a': { version: '1.0.0', dependencies: { b: '2' } },
        'node_modules/a/node_modules/b': { version: '2.0.0', peerDependencies: { a: '1' } },
        'node_modules/b': { version: '1.0.0', devOptional: true, license: 'MIT' },
        'node_modules/lod': { name: 'lodash', version: '4.17.21' },
        'node_modules/t': { version: '1.1.0', dev: true, dependencies: { b: '1' } },
        'node_modules/@s/g': {
          version: '0.1.0',
          resolved: 'git+ssh://git@host/s/g.git#0123456789abcdef0123456789abcdef01234567',
        },
      },
    },
    [
      'app@1.0.0 root needs a@1.0.0 lodash@4.17.21',
      'a@1.0.0 direct needs b@2.0.0',
      'b@2.0.0 indirect needs a@1.0.0',
      'b@1.0.0 indirect MIT',
      'lodash@4.17.21 direct',
      't@1.1.0 direct development needs b@1.0.0',
      '@s/g@0.1.0 indirect commit 0123456789abcdef0123456789abcdef01234567',
    ],
  ],
  [
    'v2: workspaces are named by themselves or by the link to them, and what they ask for is direct',
    {
      lockfileVersion: 2,
      packages: {
        '': { workspaces: ['packages/*'] },
        'node_modules/w': { resolved: 'packages/one', link: true },
        'node_modules/x': { version: '1.0.0' },
        'packages/one': { version: '0.1.0', dependencies: { x: '1', two: '1' } },
        'packages/one/node_modules/two': { version: '2.0.0' },
        'packages/nameless': { dependencies: { x: '1' } },
      },
      dependencies: { x: { version: '9.9.9' } },
    },
    ['x@1.0.0 direct', 'w@0.1.0 workspace needs two@2.0.0 x@1.0.0', 'two@2.0.0 direct'],
  ],
  [
    'the same package for both, at two places, is not for development',
    {
      packages: {
        '': { dependencies: { a: '1' } },
        'node_modules/a': { version: '1.0.0' },
        'node_modules/t/node_modules/a': { version: '1.0.0', dev: true },
      },
    },
    ['a@1.0.0 direct'],
  ],
  [
    'v1: nesting, aliases, addresses, folders of the project',
    {
      lockfileVersion: 1,
      dependencies: {
        a: { version: '1.0.0', requires: { b: '^2' }, dependencies: { b: { version: '2.0.0', requires: { c: '1' } } } },
        b: { version: '1.0.0', dev: true },
        c: { version: '1.0.0', requires: { b: '1' } },
        alias: { version: 'npm:@s/real@3.0.0' },
        dir: { version: 'file:packages/dir', requires: { c: '1' } },
        tar: { version: 'https://host/tar/-/tar-1.2.3.tgz' },
        odd: { version: 'https://host/npm/@s%2fname/-/name-2.0.0.tgz' },
        loose: { version: 'https://host/files/loose-0.1.0.tgz' },
        git: { version: 'git+https://host/o/git.git#0123456789abcdef0123456789abcdef01234567' },
        'built+1': { version: '1.0.0+build' },
      },
    },
    [
      'a@1.0.0 direct needs b@2.0.0',
      'b@2.0.0 needs c@1.0.0',
      'b@1.0.0 development',
      'c@1.0.0 needs b@1.0.0',
      '@s/real@3.0.0 direct',
      'tar@1.2.3 direct',
      '@s/name@2.0.0 direct',
      'loose@0.1.0 direct',
      'git@ direct commit 0123456789abcdef0123456789abcdef01234567',
      'built+1@1.0.0+build direct',
    ],
  ],
  ['nothing but a header', { lockfileVersion: 3 }, []],
  [
    'v2 whose new form is empty: the old one counts',
    { lockfileVersion: 2, packages: {}, dependencies: { a: { version: '1.0.0' } } },
    ['a@1.0.0'],
  ],
  [
    'entries that npm keeps empty for what is not installed',
    { packages: { 'node_modules/a': { dev: true, optional: true }, 'node_modules/b': { version: '1.0.0' } } },
    ['b@1.0.0 indirect'],
  ],
  [
    'a folder of two names, linked by nobody',
    { packages: { 'packages/@s/own': { version: '1.0.0' } } },
    ['@s/own@1.0.0 workspace'],
  ],
  [
    'keys of an object’s own workings are names like others',
    JSON.parse(
      '{"packages":{"":{"dependencies":{"__proto__":"1"}},"node_modules/__proto__":{"version":"1.0.0"},"node_modules/constructor":{"version":"2.0.0"}}}',
    ) as object,
    ['__proto__@1.0.0 direct', 'constructor@2.0.0 indirect'],
  ],
]

for (const [name, lock, expected] of cases) {
  test(`package-lock: ${name}`, () => {
    const found = foundIn(packageLock, { 'package-lock.json': JSON.stringify(lock) })
    assert.deepEqual(found.map(describe), expected)
  })
}

test('package-lock: lines, where the file is laid out as npm does', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0', dependencies: { b: '1' } },
      'node_modules/b': { version: '1.0.0' },
    },
  }
  const at = (text: string) => foundIn(packageLock, { 'package-lock.json': text }).map(pkg => pkg.lines)
  assert.deepEqual(at(JSON.stringify(lock, null, 2)), [
    { start: 4, end: 9 },
    { start: 10, end: 12 },
  ])
  assert.deepEqual(at(JSON.stringify(lock, null, '\t').replaceAll('\n', '\r\n')), [
    { start: 4, end: 9 },
    { start: 10, end: 12 },
  ])
  assert.deepEqual(at(JSON.stringify(lock)), [undefined, undefined])
})

test('package-lock: npm-shrinkwrap.json too, and what is no object is an error', () => {
  assert.equal(
    foundIn(packageLock, { 'x/npm-shrinkwrap.json': '{"dependencies":{"a":{"version":"1.0.0"}}}' }).length,
    1,
  )
  for (const text of ['', '[]', '{"packages":', 'null'])
    assert.throws(() => foundIn(packageLock, { 'package-lock.json': text }))
})

test('package-lock: a tree deeper than any real one is refused, not overflowed', () => {
  const lock = `${'{"dependencies":{"a":{"version":"1.0.0","dependencies":{"a":'.repeat(5000)}0${'}}}}'.repeat(5000)}`
  assert.throws(() => foundIn(packageLock, { 'package-lock.json': lock }), /limit_exceeded/)
})

function describe({ name, version, relationship, development, licenses, dependsOn, extra }: FoundPackage): string {
  return [
    `${name}@${version}`,
    relationship,
    development && 'development',
    ...(licenses ?? []),
    extra?.commit && `commit ${extra.commit}`,
    dependsOn?.length && `needs ${[...dependsOn].sort().join(' ')}`,
  ]
    .filter(Boolean)
    .join(' ')
}
