import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { nearest } from './nearest.ts'
import { insteadOfFlag, insteadOfVerb } from './other-tools.ts'
import { imageTarget } from './target.ts'
import { verbs } from './verbs.ts'
import { prepareWords } from './words.ts'

const lines: [line: string, verb: string | undefined, rest: string][] = [
  ['image redis', 'image', 'redis'],
  ['-q --lang ko image redis', 'image', 'redis -q --lang ko'],
  ['i redis', 'image', 'redis'],
  ['filesystem . --ignore-unfixed=true', 'fs', '. --ignore-unfixed'],
  ['fs . --ignore-unfixed=false', 'fs', '.'],
  ['fs . --severity=HIGH', 'fs', '. --severity=HIGH'],
  ['--help', undefined, '--help'],
  ['help', undefined, '--help'],
  ['help --lang ko', undefined, '--lang ko --help'],
  ['--lang ko help', undefined, '--lang ko --help'],
  ['help image', 'image', '--help'],
  ['help db update --lang ko', 'db', 'update --lang ko --help'],
  ['nothing', undefined, ''],
]
for (const [line, verb, rest] of lines) {
  test(`words: ${line}`, () => {
    const found = prepareWords(line.split(' '), verbs)
    assert.equal(found.verb?.name, verb)
    assert.equal(found.rest.join(' '), rest)
  })
}

test('every verb of the contract is there, once', () => {
  const names = verbs.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])])
  assert.equal(new Set(names).size, names.length)
  const promised =
    'demo image fs rootfs repo sbom config host db explain convert watch rules ps isolate pause stop kill release drill up down status user backup restore audit server agent sign verify attest gate harden network comply report'
  for (const name of promised.split(' ')) assert.ok(names.includes(name), name)
})

test('what other tools call otherwise', () => {
  const words: [word: string, parent: string | undefined, instead: string | undefined][] = [
    ['k8s', undefined, 'jenner image --from-file FILE'],
    ['redis:7', undefined, 'jenner image redis:7'],
    ['image.tar', undefined, 'jenner image image.tar'],
    ['dir:.', undefined, 'jenner fs .'],
    ['sbom:a.json', undefined, 'jenner sbom a.json'],
    ['check', 'jenner db', 'jenner db status'],
    ['check', 'jenner rules', undefined],
    ['redis:7', 'jenner db', undefined],
    ['imgae', undefined, undefined],
    ['constructor', undefined, undefined],
  ]
  for (const [word, parent, instead] of words) assert.equal(insteadOfVerb(word, parent), instead, word)
  assert.equal(insteadOfFlag('--only-notfixed'), '--ignore-status fixed')
  assert.equal(insteadOfFlag('--constructor'), undefined)
})

test('nearest', () => {
  const list = ['severity', 'scanners', 'skip-dirs', 'skip-files']
  const cases: [string, string | undefined][] = [
    ['severty', 'severity'],
    ['sev', 'severity'],
    ['seveirty', 'severity'],
    ['svereity', 'severity'],
    ['skip-dir', 'skip-dirs'],
    ['banana', undefined],
    ['', undefined],
    ['x'.repeat(100_000), undefined],
  ]
  for (const [word, expected] of cases) assert.equal(nearest(word, list), expected)
})

test('what an image word means', () => {
  const cases: [string, string, string][] = [
    ['redis', 'image', 'redis'],
    ['redis:7', 'image', 'redis:7'],
    ['docker:24', 'image', 'docker:24'],
    ['registry:2', 'image', 'registry:2'],
    ['localhost:5000/app:1', 'image', 'localhost:5000/app:1'],
    ['docker-archive:a.tar', 'archive', 'a.tar'],
    ['oci-dir:/a/b', 'archive', '/a/b'],
    ['dir:.', 'fs', '.'],
    ['sbom:x.json', 'sbom', 'x.json'],
    ['app@sha256:abc', 'image', 'app@sha256:abc'],
    ['docker://example.org/app:1', 'image', 'example.org/app:1'],
    ['./image.tar', 'archive', './image.tar'],
    ['/tmp/layout', 'archive', '/tmp/layout'],
    ['.', 'archive', '.'],
    ['..', 'archive', '..'],
    ['none-here.tar', 'image', 'none-here.tar'],
  ]
  for (const [word, kind, name] of cases) assert.deepEqual(imageTarget(word), { kind, name })
  for (const [word, source, name] of [
    ['docker:redis', 'docker', 'redis'],
    ['registry:example.org/app', 'remote', 'example.org/app'],
    ['registry://example.org/app:1', 'remote', 'example.org/app:1'],
    ['podman:app', 'podman', 'app'],
    ['containerd:app@sha256:abc', 'containerd', 'app@sha256:abc'],
  ] as const)
    assert.deepEqual(imageTarget(word), { kind: 'image', name, source })
  const folder = mkdtempSync(join(tmpdir(), 'jenner-words-'))
  const before = process.cwd()
  try {
    process.chdir(folder)
    writeFileSync('image.tar', '')
    assert.deepEqual(imageTarget('image.tar'), { kind: 'archive', name: 'image.tar' })
  } finally {
    process.chdir(before)
    rmSync(folder, { recursive: true })
  }
  for (const word of ['http://example.org/app:1', 'https://x', 'ftp://x/y'])
    assert.throws(() => imageTarget(word), { code: 'bad_argument' })
})
