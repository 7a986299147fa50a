import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zipOf } from '../../../../base/zip-testing.ts'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { isName, nodePkg, standsAtPackageRoot } from './node-pkg.ts'

const manifests: [name: string, text: string, expected: string | undefined][] = [
  ['plain', '{"name":"a","version":"1.0.0"}', 'a 1.0.0 '],
  ['a licence as text', '{"name":"a","version":"1.0.0","license":"MIT"}', 'a 1.0.0 MIT'],
  [
    'a licence as an object',
    '{"name":"a","version":"1.0.0","license":{"type":"BSD","url":"https://x"}}',
    'a 1.0.0 BSD',
  ],
  [
    'licences as a list of objects',
    '{"name":"a","version":"1.0.0","licenses":[{"type":"MIT"},{"url":"https://x"}]}',
    'a 1.0.0 MIT,https://x',
  ],
  ['licences as a list of texts', '{"name":"a","version":"1.0.0","licenses":["MIT","MIT","ISC"]}', 'a 1.0.0 MIT,ISC'],
  ['a byte order mark, blanks', '\uFEFF{"name":" @s/a ","version":"1.0.0 "}', '@s/a 1.0.0 '],
  ['no name', '{"version":"1.0.0"}', undefined],
  ['no version', '{"name":"a"}', undefined],
  ['a version that is no text', '{"name":"a","version":1}', undefined],
  ['a name with a blank', '{"name":"a b","version":"1.0.0"}', undefined],
  ['a name that climbs', '{"name":"../../etc","version":"1.0.0"}', undefined],
  ['a type alone', '{"type":"commonjs"}', undefined],
  ['no object', '[]', undefined],
]
for (const [name, text, expected] of manifests) {
  test(`package.json: ${name}`, () => {
    const [pkg] = foundIn(nodePkg, { 'usr/lib/node_modules/a/package.json': text })
    assert.equal(pkg && `${pkg.name} ${pkg.version} ${pkg.licenses ?? ''}`, expected)
  })
}

test('extensions of VS Code and packages of Unity are none of npm’s', () => {
  const extension = '{"name":"python","version":"1.0.0","publisher":"p","engines":{"vscode":"*"}}'
  const unity = '{"name":"com.unity.x","version":"1.0.0","unity":"2021.3"}'
  assert.deepEqual(foundIn(nodePkg, { 'opt/p.python-1.0.0/package.json': extension }), [])
  assert.deepEqual(foundIn(nodePkg, { 'Packages/x/package.json': unity }), [])
  assert.deepEqual(named(foundIn(nodePkg, { 'node_modules/python/package.json': extension })), ['python 1.0.0'])
})

test('a package.json that is no JSON is an error', () => {
  assert.throws(() => foundIn(nodePkg, { 'node_modules/a/package.json': '{' }))
})

test("an archive of Yarn's cache holds one package", () => {
  const archive = zipOf({
    'node_modules/@s/a/node_modules/b/package.json': '{"name":"b","version":"2.0.0"}',
    'node_modules/@s/a/fixture/package.json': '{"name":"c","version":"3.0.0"}',
    'node_modules/@s/a/package.json': '{"name":"@s/a","version":"1.0.0"}',
  })
  assert.deepEqual(named(foundIn(nodePkg, { 'app/.yarn/cache/@s-a-npm-1.0.0-00-00.zip': archive })), ['@s/a 1.0.0'])
  assert.ok(wants(nodePkg, 'root/.yarn/berry/cache/a-npm-1.0.0-00-10c0.zip'))
  assert.ok(!wants(nodePkg, 'srv/download/a.zip'))
})

const places: [path: string, wanted: boolean][] = [
  ['app/package.json', true],
  ['opt/yarn-v1.22.19/package.json', true],
  ['app/node_modules/a/package.json', true],
  ['app/node_modules/@s/a/package.json', true],
  ['app/node_modules/a/node_modules/b/package.json', true],
  ['app/node_modules/.pnpm/a@1.0.0/node_modules/a/package.json', true],
  ['app/node_modules/a/dist/esm/package.json', false],
  ['app/node_modules/a/test/fixtures/b/package.json', false],
  ['app/node_modules/@s/package.json', false],
]
for (const [path, wanted] of places)
  test(`${wanted ? 'read' : 'passed over'}: ${path}`, () => assert.equal(standsAtPackageRoot({ path }), wanted))

test('names that the registry has had', () => {
  for (const name of ['a', 'JSONStream', 'lodash.get', '@s/x', "c'est", 'a~b']) assert.ok(isName(name), name)
  for (const name of ['', '.a', '@/x', 'a/b', 'a@1', 'a\u001b[31m b', 'x'.repeat(215)]) assert.ok(!isName(name), name)
})
