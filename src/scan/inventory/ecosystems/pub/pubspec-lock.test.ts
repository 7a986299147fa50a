import { deepEqual, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { pubspecLock } from './pubspec-lock.ts'

const lock = `packages:
  http:
    dependency: "direct main"
    description:
      name: http
      sha256: aa
      url: "https://pub.dev"
    source: hosted
    version: "1.10.0"
  lints:
    dependency: "direct dev"
    description: { name: lints, url: "https://pub.dev" }
    source: hosted
    version: "2.1.1"
  ours:
    dependency: transitive
    description:
      path: "."
      resolved-ref: "0123456789abcdef0123456789abcdef01234567"
      url: "https://git.example.org/ours.git"
    source: git
    version: "0.1.0"
  __proto__:
    dependency: transitive
    version: "1.0.0"
sdks:
  dart: ">=3.0.0 <4.0.0"
`

test('pubspec.lock: versions as text, direct, development, commits', () => {
  const packages = foundIn(pubspecLock, { 'app/pubspec.lock': lock })
  deepEqual(named(packages), ['http 1.10.0', 'lints 2.1.1 (development)', 'ours 0.1.0', '__proto__ 1.0.0'])
  deepEqual(
    packages.map(found => found.relationship),
    ['direct', 'direct', 'indirect', 'indirect'],
  )
  deepEqual(packages[2]!.extra?.commit, '0123456789abcdef0123456789abcdef01234567')
})

test('pubspec.lock: an alias bomb is refused, an empty file has no packages', () => {
  const levels = 'abcdefghij'
    .split('')
    .map((name, at) => (at === 0 ? 'a: &a [x, x]' : `${name}: &${name} [${`*${'abcdefghij'[at - 1]}, `.repeat(9)}x]`))
  throws(() => foundIn(pubspecLock, { 'pubspec.lock': levels.join('\n') }))
  deepEqual(foundIn(pubspecLock, { 'pubspec.lock': '' }), [])
})
