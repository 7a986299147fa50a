import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDispatch } from './dispatch.ts'
import { lineExtractor } from './layer-feed.ts'

const dispatch = createDispatch([
  lineExtractor('path', [{ path: 'var/lib/db' }]),
  lineExtractor('name', [{ basename: 'Lock' }, { extension: '.lock' }]),
  lineExtractor('where', [{ extension: '.lock', where: ({ size }) => size > 10 }]),
  lineExtractor('folder', [{ folder: 'var/lib/status.d' }]),
  lineExtractor('under', [{ under: 'nix/store', where: ({ size }) => size < 100 }]),
  lineExtractor('program', [{ executable: true }]),
])

const cases: [string, number, string[]][] = [
  ['var/lib/db', 1, ['path']],
  ['x/var/lib/db', 1, []],
  ['a/b/Lock', 1, ['name']],
  ['Lock', 1, ['name']],
  ['Lock/x', 1, []],
  ['a/b.lock', 1, ['name']],
  ['a/b.lock', 11, ['name', 'where']],
  ['.lock', 11, ['name', 'where']],
  ['var/lib/status.d/base', 1, ['folder']],
  ['nix/store/a/b/c', 1, ['under']],
  ['nix/store/a', 100, []],
  ['nix/storey/a', 1, []],
  ['var/lib/status.d/base/deep', 1, []],
  ['constructor', 1, []],
  ['', 1, []],
]

for (const [path, size, expected] of cases) {
  test(`${path} of ${size} bytes`, () => {
    assert.deepEqual(
      dispatch.wanted({ path, size, mode: 0o644 }).map(({ id }) => id),
      expected,
    )
  })
}

test('programs have an execute bit or a Windows name, and a size', () => {
  const ids = (path: string, size: number, mode: number) =>
    dispatch.wantedIfExecutable({ path, size, mode }).map(({ id }) => id)
  assert.deepEqual(ids('bin/x', 1024, 0o755), ['program'])
  assert.deepEqual(ids('bin/x', 1023, 0o755), [])
  assert.deepEqual(ids('lib/x.so', 5000, 0o644), [])
  assert.deepEqual(ids('x.exe', 5000, 0o644), ['program'])
})

test('folders on the way to a database are known', () => {
  for (const path of ['var', 'var/lib', 'var/lib/db', 'var/lib/status.d'])
    assert.ok(dispatch.leadsToDatabase(path), path)
  assert.ok(!dispatch.leadsToDatabase('va'))
})

test("lock files of installed packages are not the project's", () => {
  const lock = { ...lineExtractor('lock', [{ basename: 'yarn.lock' }]), stage: 'lock' as const }
  const ids = (path: string) => createDispatch([lock]).wanted({ path, size: 1, mode: 0o644 }).length
  assert.deepEqual(
    [ids('yarn.lock'), ids('a/yarn.lock'), ids('node_modules/a/yarn.lock'), ids('b/node_modules/a/yarn.lock')],
    [1, 1, 0, 0],
  )
})
