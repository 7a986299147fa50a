import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { manifest } from './manifest.ts'

const found = (text: string) => foundIn(manifest, { 'Manifest.toml': text })

test('Manifest.toml 2: standard libraries have the version of Julia, names may repeat', () => {
  const packages = found(`julia_version = "1.10.2"
manifest_format = "2.0"

[[deps.JSON]]
deps = ["Dates", "Parsers"]
git-tree-sha1 = "aa"
uuid = "682c06a0-de6a-54ab-a142-c8b1cf79cde6"
version = "0.21.4"

[[deps.Dates]]
uuid = "ade2ca70-3891-5945-98fb-dc099432e06a"

[[deps.Parsers]]
uuid = "69de0a69-1ddd-5017-9359-2bf0b02dc9f0"
version = "2.8.1"
    [deps.Parsers.deps]
    Dates = "ade2ca70-3891-5945-98fb-dc099432e06a"

[[deps.Parsers]]
path = "dev/Parsers"
uuid = "00000000-0000-0000-0000-000000000001"
`)
  deepEqual(named(packages), ['JSON 0.21.4', 'Dates 1.10.2', 'Parsers 2.8.1', 'Parsers unknown'])
  deepEqual(packages[2]!.dependsOn, ['ade2ca70-3891-5945-98fb-dc099432e06a'])
})

test('Manifest.toml 1 has the packages at the top; another Manifest.toml has none', () => {
  deepEqual(named(found('[[Base64]]\nuuid = "u1"\n\n[[JSON]]\nuuid = "u2"\nversion = "0.21.0"\n')), [
    'Base64 unknown',
    'JSON 0.21.0',
  ])
  deepEqual(found('title = "x"\n[[items]]\nname = "y"\n'), [])
})

for (const [path, expected] of [
  ['Manifest.toml', true],
  ['a/JuliaManifest.toml', true],
  ['Manifest-v1.11.toml', true],
  ['JuliaManifest-v1.12.toml', true],
  ['MyManifest.toml', false],
  ['target/x/Manifest.toml', true],
  ['a/target/Manifest.toml', false],
] as const) {
  test(`${path} is ${expected ? 'a' : 'no'} manifest`, () => deepEqual(wants(manifest, path), expected))
}
