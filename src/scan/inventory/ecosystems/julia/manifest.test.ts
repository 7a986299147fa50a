import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { manifest } from './manifest.ts'
import { project } from './project.ts'

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

const projects: [about: string, text: string, expected: string[]][] = [
  [
    'a package',
    'name = "A"\nuuid = "u1"\nversion = "0.1.0"\n[deps]\nB = "u2"\n[compat]\nB = "1.2"\n',
    ['A 0.1.0 root'],
  ],
  ['an environment without a name', '[deps]\nB = "u2"\n', []],
  ["another tool's", 'name = "x"\nversion = "1"\n', []],
]
for (const [about, text, expected] of projects) {
  test(`Project.toml: ${about}`, () => {
    for (const path of ['Project.toml', 'a/JuliaProject.toml'])
      deepEqual(
        foundIn(project, { [path]: text }).map(item => `${item.name} ${item.version} ${item.relationship}`),
        expected,
      )
  })
}

test('Project.toml: not of what is fetched', () => {
  for (const path of ['root/.julia/packages/JSON/93Ea8/Project.toml', 'usr/share/julia/stdlib/v1.10/SHA/Project.toml'])
    deepEqual(wants(project, path), false)
})
