import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryFile } from '../../../image/content.ts'
import { foundIn, wants } from '../../check-extractor.ts'
import { cargo } from './cargo.ts'
import { lowestVersion } from './manifest.ts'

const lock4 = `version = 4

[[package]]
name = "app"
version = "0.1.0"
dependencies = ["serde", "rand 0.8.5", "criterion"]

[[package]]
name = "criterion"
version = "0.5.1"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "aa"
dependencies = ["rand 0.7.3"]

[[package]]
name = "rand"
version = "0.7.3"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "rand"
version = "0.8.5"
source = "git+https://example.com/rand?rev=abc#abcdef"

[[package]]
name = "serde"
version = "1.0.0+build.1"
source = "registry+https://github.com/rust-lang/crates.io-index"
`

const manifest = `[package]
name = "app"
version = "0.1.0"
license = "MIT"

[dependencies]
serde = "1"

[target.'cfg(unix)'.dependencies]
random = { package = "rand", version = "0.8" }

[dev-dependencies]
criterion = { version = "0.5", default-features = false }
`

test('Cargo.lock with its Cargo.toml: root, direct, development, needs', () => {
  const packages = scan({ 'app/Cargo.lock': lock4, 'app/Cargo.toml': manifest })
  assert.deepEqual(
    packages.map(found => [found.name, found.version, found.relationship, found.development ?? false]),
    [
      ['app', '0.1.0', 'root', false],
      ['criterion', '0.5.1', 'direct', true],
      ['rand', '0.7.3', 'indirect', true],
      ['rand', '0.8.5', 'direct', false],
      ['serde', '1.0.0+build.1', 'direct', false],
    ],
  )
  assert.deepEqual(packages[0]!.licenses, ['MIT'])
  assert.deepEqual(packages[1]!.dependsOn, [packages[2]!.id])
  assert.deepEqual(packages[3]!.lines, { start: 20, end: 20 })
  assert.equal(packages[1]!.extra?.checksum, 'aa')
})

test('Cargo.lock alone says nothing of development', () => {
  assert.ok(scan({ 'Cargo.lock': lock4 }).every(found => found.development === undefined))
})

test('Cargo.lock of version 1 states dependencies whole; two sources of one version stay apart', () => {
  const git = 'git+https://example.com/a#0123'
  const registry = 'registry+https://github.com/rust-lang/crates.io-index'
  const packages = scan({
    'Cargo.lock': `[[package]]
name = "a"
version = "1.0.0"
source = "${registry}"

[[package]]
name = "a"
version = "1.0.0"
source = "${git}"

[[package]]
name = "b"
version = "1.0.0"
dependencies = [
 "a 1.0.0 (git+https://example.com/a)",
 "gone 1.0.0 (${registry})",
]

[metadata]
"checksum a 1.0.0 (${registry})" = "bb"
`,
  })
  assert.equal(packages.length, 3)
  assert.deepEqual(packages[2]!.dependsOn, [packages[1]!.id])
  assert.equal(packages[1]!.extra?.source, git)
})

test('Cargo.lock of the oldest form names the project in [root]', () => {
  const lock = `[root]
name = "app"
version = "0.1.0"
dependencies = ["a 1.0.0 (registry+https://github.com/rust-lang/crates.io-index)"]

[[package]]
name = "a"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
`
  assert.deepEqual(
    foundIn(cargo, { 'Cargo.lock': lock }).map(({ name, version, relationship }) => [name, version, relationship]),
    [
      ['a', '1.0.0', 'direct'],
      ['app', '0.1.0', 'root'],
    ],
  )
})

test('Cargo.toml without a lock: itself and the lowest version of each requirement', () => {
  const packages = scan({
    'lib/Cargo.toml': `[package]
name = "lib"
version.workspace = true
[dependencies]
a = "^1.2"
b = { workspace = true }
c = { path = "../c" }
d = { git = "https://example.com/d", rev = "0123abcd" }
[dev-dependencies]
e = "=2.0.1"
`,
    'Cargo.toml': `[workspace]
members = ["lib"]
[workspace.package]
version = "3.0.0"
[workspace.dependencies]
b = ">=0.4, <0.6"
`,
  })
  assert.deepEqual(
    packages.map(found =>
      `${found.name} ${found.version} ${found.extra?.requirement ?? ''} ${found.development ?? ''}`.trim(),
    ),
    ['lib 3.0.0', 'a 1.2 ^1.2', 'b 0.4 >=0.4, <0.6', 'd', 'e 2.0.1 =2.0.1 true'],
  )
})

const requirements: [string, string][] = [
  ['1.0', '1.0'],
  ['~1.2.3', '1.2.3'],
  ['1.*', '1'],
  ['*', ''],
  ['<2', ''],
  ['< 2, >= 1.5', '1.5'],
]
for (const [requirement, version] of requirements) {
  test(`lowest version of ${requirement}`, () => assert.equal(lowestVersion(requirement), version))
}

test('foreign shapes and keys are passed over; broken TOML is an error', () => {
  assert.deepEqual(scan({ 'Cargo.lock': 'package = 3\n' }), [])
  assert.deepEqual(scan({ 'Cargo.lock': '[[package]]\nname = 3\nversion = []\n[__proto__]\nx = 1\n' }), [])
  assert.throws(() => scan({ 'Cargo.lock': '[[package]\nname = ' }))
})

function scan(texts: Record<string, string>) {
  const files = Object.entries(texts).map(([path, text]) => {
    const bytes = Buffer.from(text)
    return { path, facts: cargo.parse(memoryFile({ path, size: bytes.length, mode: 0o644 }, bytes))! }
  })
  return cargo.assemble!({ files, get: path => files.find(file => file.path === path)?.facts })
}

test('Cargo.lock and Cargo.toml: not those of crates in Cargo’s home', () => {
  assert.ok(wants(cargo, 'app/Cargo.lock'))
  assert.ok(!wants(cargo, 'root/.cargo/registry/src/index.crates.io-0/a-1.0.0/Cargo.lock'))
  assert.ok(!wants(cargo, 'usr/local/cargo/git/checkouts/a-0/0123456/Cargo.toml'))
})
