import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { FoundPackage } from '../../../base/model/ecosystem.ts'
import { createDispatch } from '../dispatch.ts'
import { composer } from './composer/index.ts'
import { gem } from './gem/index.ts'
import { damagedOf, readAlone } from './hostile.testing.ts'
import { npm } from './npm/index.ts'
import { nuget } from './nuget/index.ts'
import { pypi } from './pypi/index.ts'

/** Whatever stands in a lock file or a manifest: packages or an error, soon, and never a package without a name. */
const dispatch = createDispatch([npm, pypi, composer, gem, nuget].flatMap(({ extractors }) => extractors))

const samples: [path: string, text: string][] = [
  [
    'package-lock.json',
    '{"packages":{"":{"dependencies":{"a":"1"}},"node_modules/a":{"version":"1.0.0","dependencies":{"b":"1"}},"x":{"link":true,"resolved":"y"}}}',
  ],
  [
    'npm-shrinkwrap.json',
    '{"dependencies":{"a":{"version":"npm:b@1.0.0","requires":{"c":"1"},"dependencies":{"c":{"version":"file:x.tgz"}}}}}',
  ],
  ['yarn.lock', '# yarn lockfile v1\n\n"a@^1", b@2:\n  version "1.0.0"\n  dependencies:\n    "c" "^1"\n'],
  [
    'yarn.lock',
    '__metadata:\n  version: 8\n\n"a@npm:1, a@patch:a@npm%3A1#x":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n  dependencies:\n    c: ^1 || ^2\n',
  ],
  [
    'pnpm-lock.yaml',
    "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        version: 1.0.0(b@1)\npackages:\n  a@1.0.0:\n    resolution: {integrity: x, tarball: y}\nsnapshots:\n  a@1.0.0(b@1):\n    dependencies:\n      a: 1.0.0\n",
  ],
  [
    'pnpm-lock.yaml',
    'lockfileVersion: 5.4\ndependencies:\n  a: 1.0.0_b@1\npackages:\n  /@s/a/1.0.0_b@1:\n    resolution: {integrity: x}\n    dev: true\n',
  ],
  [
    'bun.lock',
    '{"workspaces":{"":{"dependencies":{"a":"1",},},},"packages":{"a":["a@1.0.0","",{"dependencies":{"b":"1"}},"sha512-x"],"a/b":["b@github:o/r#0123456",{}],},}',
  ],
  [
    'deno.lock',
    '{"version":"5","specifiers":{"npm:a@1":"1.0.0_b@1"},"npm":{"a@1.0.0_b@1":{"dependencies":["b"]},"b@1":{}}}',
  ],
  [
    'deno.json',
    '{"imports":{"a":"npm:a@^1.0.0","b":"https://esm.sh/v1/b@2.0.0/x?y"},"scopes":{"x":{"c":"jsr:@s/c@1.0.0"}}}',
  ],
  [
    'vendor/composer/installed.php',
    "<?php return array(\n    'versions' => array(\n        'a/b' => array(\n            'pretty_version' => '1',\n            'dev_requirement' => true,\n        ),\n    ),\n);\n",
  ],
  [
    'node_modules/a/package.json',
    '{"name":"@s/a","version":"1.0.0","license":{"type":"MIT"},"licenses":[{"type":"x"}]}',
  ],
  [
    'x/a.dist-info/METADATA',
    'Name: a\nVersion: 1\nLicense: x\n y\nClassifier: License :: OSI Approved :: MIT\nRequires-Dist: b[x] (>=1) ; extra == "y"\n\n',
  ],
  [
    'requirements.txt',
    'a[x] == 1.0 ; python_version<"3" # c\n-r b.txt\n-c c.txt\nb @ https://h/b-1-py3-none-any.whl\nc>=1,<2 \\\n --hash=sha256:0\n',
  ],
  ['Pipfile.lock', '{"_meta":{},"default":{"a":{"version":"==1"}},"develop":{"b":{"git":"x","ref":"y"}}}'],
  [
    'poetry.lock',
    '[[package]]\nname = "a"\nversion = "1"\ngroups = ["main"]\n[package.dependencies]\nb = {version = "*"}\n[package.source]\ntype = "git"\nurl = "x"\n',
  ],
  [
    'uv.lock',
    '[[package]]\nname = "a"\nversion = "1"\nsource = { virtual = "." }\ndependencies = [{ name = "a", version = "1" }]\n[package.dev-dependencies]\ndev = [{ name = "a" }]\n',
  ],
  ['pdm.lock', '[[package]]\nname = "a"\nversion = "1"\ngroups = ["default"]\ndependencies = ["b>=1"]\n'],
  [
    'pylock.toml',
    'default-groups = ["d"]\n[[packages]]\nname = "a"\nversion = "1"\nmarker = "\'d\' in dependency_groups"\n',
  ],
  ['pyproject.toml', '[project]\ndependencies = ["a==1"]\n[dependency-groups]\nd = ["b~=1"]\n'],
  [
    'composer.lock',
    '{"packages":[{"name":"a/b","version":"v1","license":["MIT"],"require":{"c/d":"*"}}],"packages-dev":[]}',
  ],
  ['vendor/composer/installed.json', '{"packages":[{"name":"a/b","version":"1"}],"dev-package-names":["a/b"]}'],
  ['Gemfile.lock', 'GEM\n  remote: x\n  specs:\n    a (1.0-java)\n      b (~> 1)\n\nDEPENDENCIES\n  a!\n'],
  [
    'specifications/a-1.gemspec',
    '# stub: a 1 ruby lib\n  s.name = "a".freeze\n  s.version = Gem::Version.new("1")\n  s.licenses = ["MIT"]\n s.add_dependency(%q<b>)\n',
  ],
  ['packages.lock.json', '{"dependencies":{"net6.0":{"A":{"type":"Direct","resolved":"1","dependencies":{"b":"1"}}}}}'],
  ['packages.config', '<packages><package id="a" version="1" developmentDependency="true"/></packages>'],
  [
    'a.deps.json',
    '{"runtimeTarget":{"name":"t"},"targets":{"t":{"a/1":{"runtime":{"x":{}},"dependencies":{"b":"1"}}}},"libraries":{"a/1":{"type":"package"}}}',
  ],
  [
    'a.csproj',
    '<Project><PropertyGroup><V>1</V></PropertyGroup><PackageReference Include="a" Version="$(V)"/></Project>',
  ],
  ['paket.lock', 'NUGET\n  remote: x\n    A (1.0) - r\n      b (>= 1)\n'],
]

const damaged = damagedOf(samples, 400)

test('undamaged samples give packages', () => {
  for (const [path, text] of samples) {
    const bytes = Buffer.from(text)
    const found = dispatch
      .wanted({ path, size: bytes.length, mode: 0o644 })
      .flatMap(extractor => readAlone(extractor, path, bytes))
    assert.ok(found.length > 0, path)
  }
})

test('damaged lock files and manifests give whole packages or an error', () => {
  fc.assert(
    fc.property(damaged, ([path, bytes]) => {
      for (const extractor of dispatch.wanted({ path, size: bytes.length, mode: 0o644 })) {
        let found: FoundPackage[] = []
        try {
          found = readAlone(extractor, path, bytes)
        } catch (error) {
          assert.ok(!(error instanceof RangeError) && !(error instanceof TypeError), String(error))
        }
        for (const { name, version } of found)
          assert.ok(typeof name === 'string' && name !== '' && typeof version === 'string')
      }
    }),
    { numRuns: 4000 },
  )
})

const n = 200_000
const slow: [name: string, path: string, text: string][] = [
  ['blank lines before a field', 'specifications/a-1.gemspec', '\n'.repeat(1_000_000)],
  ['blanks in a call', 'specifications/a-1.gemspec', `.add_dependency${' '.repeat(1_000_000)}`],
  ['assignments to nothing', 'specifications/a-1.gemspec', ' s.name = '.repeat(n / 2)],
  ['an unclosed bracket', 'requirements.txt', `a[${'x,'.repeat(n)}`],
  ['one endless line', 'requirements.txt', `a==1 ${'\\\n'.repeat(n)}`],
  ['includes without end', 'requirements.txt', Array.from({ length: n }, (_, i) => `-r ${i}.txt`).join('\n')],
  ['specifiers without end', 'requirements.txt', `a${'>=1,'.repeat(n)}`],
  ['dots for a name', 'requirements.txt', `a${'.'.repeat(n)}!`],
  ['one header over many lines', 'x/a.dist-info/METADATA', `License: x\n${' y\n'.repeat(n)}`],
  ['colons', 'pnpm-lock.yaml', `lockfileVersion: 9\n${':'.repeat(1_000_000)}`],
  [
    'ever deeper',
    'pnpm-lock.yaml',
    `lockfileVersion: 9\n${Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')}`,
  ],
  ['unclosed quotes', 'yarn.lock', `${'"'.repeat(n)}:\n`],
  ['many keys', 'yarn.lock', `${'a@1, '.repeat(n)}b@1:\n  version "1"\n`],
  ['commas before nothing', 'bun.lock', `[${', '.repeat(n)}`],
  ['comments without end', 'bun.lock', `[${',/*'.repeat(n)}`],
  [
    'one name a thousand times, each needing it',
    'uv.lock',
    '[[package]]\nname = "a"\nversion = "1"\ndependencies = [{ name = "a" }]\n'.repeat(1000),
  ],
  ['quotes before a group', 'pylock.toml', `[[packages]]\nname = "a"\nversion = "1"\nmarker = "${"'".repeat(n)}"`],
  ['parentheses', 'Gemfile.lock', `GEM\n  specs:\n    a ${'('.repeat(n)}\n`],
  ['unknown properties', 'a.csproj', `<P><PackageReference Include="${'$('.repeat(n)}" Version="1"/></P>`],
  ['deep arrays', 'composer.lock', `{"packages":${'['.repeat(n)}${']'.repeat(n)}}`],
]
for (const [name, path, text] of slow) {
  test(`${path}: ${name} takes no time`, () => {
    const bytes = Buffer.from(text)
    const start = performance.now()
    for (const extractor of dispatch.wanted({ path, size: bytes.length, mode: 0o644 })) {
      try {
        readAlone(extractor, path, bytes)
      } catch (error) {
        assert.ok(!(error instanceof RangeError), String(error))
      }
    }
    assert.ok(performance.now() - start < 1500, `${performance.now() - start} ms`)
  })
}
