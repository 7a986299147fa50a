import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { FoundPackage } from '../../../base/model/ecosystem.ts'
import { elfOf } from '../../../base/program/testing.ts'
import { createDispatch } from '../dispatch.ts'
import { damagedOf, readAlone } from './hostile.testing.ts'
import { ecosystems } from './index.ts'

/** As hostile.test.ts, for the smaller ecosystems and for programs: packages or an error, never one without a name. */
const types = new Set(
  'bazel conda cran elm generic github helm hex maven nim nuget pear pypi shards swift terraform vscode-extension wordpress zig'.split(
    ' ',
  ),
)
const dispatch = createDispatch(
  ecosystems.filter(({ type }) => types.has(type)).flatMap(({ extractors }) => extractors),
)

const lib = (text: string) =>
  elfOf({
    '.rodata': Buffer.from(text, 'latin1'),
    '.note.package': Buffer.alloc(64),
    '.modinfo': Buffer.from('version=1\0name=x\0'),
  })

const samples: [path: string, content: string | Buffer][] = [
  ['MODULE.bazel', 'bazel_dep(name = "a", version = "1", dev_dependency = True)\n'],
  [
    'MODULE.bazel.lock',
    '{"registryFileHashes":{"https://r/modules/a/1.0/source.json":"x"},"moduleDepGraph":{"a@1":{}}}',
  ],
  ['conda-lock.yml', 'package:\n- name: a\n  version: 1\n  manager: conda\n  category: dev\n'],
  ['pixi.lock', 'packages:\n- conda: https://c/linux-64/a-1.0-0.conda\n- pypi: x\n  name: b\n  version: 2\n'],
  ['packrat.lock', 'PackratFormat: 1.4\n\nPackage: a\nVersion: 1\nRequires: b,\n c\n'],
  ['elm.json', '{"type":"application","dependencies":{"direct":{"a/b":"1.0.0"},"indirect":{}}}'],
  ['.tool-versions', 'nodejs 20.1.0 18.0.0 # x\n'],
  ['mise.toml', '[tools]\ngo = "1.22"\nx = { version = "1" }\n'],
  ['release', 'JAVA_VERSION="17.0.1"\nIMPLEMENTOR="x"\n'],
  ['go/VERSION', 'go1.21.5\n'],
  ['.pre-commit-config.yaml', 'repos:\n- repo: https://github.com/a/b\n  rev: v1\n'],
  ['Chart.lock', 'dependencies:\n- name: a\n  version: 1.0.0\n'],
  ['x/ebin/a.app', '{application, a, [{vsn, "1.0"}]}.'],
  [
    'maven_install.json',
    '{"artifacts":{"g:a":{"version":"1"}},"dependency_tree":{"dependencies":[{"coord":"g:b:1"}]}}',
  ],
  ['nimble.lock', '{"packages":{"a":{"version":"1","url":"u"}}}'],
  ['pkgs2/a-1.0-0123456789012345678901234567890123456789/a.nimble', 'license = "MIT"\n'],
  ['.registry/a.reg', 'a:1:{s:4:"name";s:1:"a";s:7:"version";s:1:"1";}'],
  ['setup.py', 'install_requires=["a==1.0 ; x", \'b[c] == 2\']\n'],
  ['shard.lock', 'shards:\n  a:\n    git: x\n    version: 1.0+git.commit.ab\n'],
  ['Cartfile.resolved', 'github "a/b" "1.0"\ngit "https://x/y.git" "2"\n'],
  ['.terraform.lock.hcl', 'provider "r/h/a" {\n  version = "1.0"\n}\n'],
  ['a/extensions/p.n-1.0.0/package.json', '{"publisher":"p","name":"n","version":"1.0.0","engines":{}}'],
  ['wp-content/plugins/a/a.php', '<?php\n/*\nPlugin Name: A\nVersion: 1.0\n*/\n'],
  ['build.zig.zon', '.{ .dependencies = .{ .a = .{ .url = "https://x/1.0.tar.gz", .hash = "a-1.0.0-x" } } }'],
  ['usr/lib/libz.so.1', lib(' deflate 1.2.13 Copyright \0')],
  ['boot/vmlinuz', Buffer.concat([Buffer.alloc(0x2000), Buffer.from('Linux version 6.1.0 (x)')])],
  ['lib/modules/6/extra/x.ko', lib('')],
]

const wanting = (path: string, size: number) => [
  ...new Set([
    ...dispatch.wanted({ path, size, mode: 0o755 }),
    ...dispatch.wantedIfExecutable({ path, size: Math.max(size, 1 << 20), mode: 0o755 }),
  ]),
]

test('undamaged samples give packages', () => {
  for (const [path, content] of samples) {
    const bytes = Buffer.from(content)
    const found = wanting(path, Math.max(bytes.length, 4096)).flatMap(extractor => readAlone(extractor, path, bytes))
    assert.ok(found.length > 0, path)
  }
})

const damaged = damagedOf(samples, 9000)

test('damaged ones give whole packages or an error', () => {
  fc.assert(
    fc.property(damaged, ([path, bytes]) => {
      for (const extractor of wanting(path, 4096)) {
        let found: FoundPackage[] = []
        try {
          found = readAlone(extractor, path, bytes)
        } catch (error) {
          assert.ok(!(error instanceof RangeError) && !(error instanceof TypeError), `${extractor.id}: ${error}`)
        }
        for (const { name, version } of found)
          assert.ok(typeof name === 'string' && name !== '' && typeof version === 'string', extractor.id)
      }
    }),
    { numRuns: 2000 },
  )
})

const n = 200_000
const endless: [path: string, text: string][] = [
  ['MODULE.bazel', 'bazel_dep('.repeat(n / 4)],
  ['build.zig.zon', `.dependencies${'.a=.{'.repeat(n / 4)}`],
  ['.terraform.lock.hcl', `provider "${'x'.repeat(n)}`],
  ['setup.py', `"a${'.'.repeat(n)}==`],
  ['setup.py', '"a=='.repeat(n / 4)],
  ['wp-content/plugins/a/a.php', 'Plugin Name:'.repeat(n / 12)],
  ['.registry/a.reg', 's:4:"name";'.repeat(n / 11)],
  ['packrat.lock', `Package: a\n${' b\n'.repeat(n / 3)}`],
  ['.tool-versions', `nodejs ${'1 '.repeat(n / 2)}`],
  ['x/ebin/a.app', '{application'.repeat(n / 12)],
  ['Cartfile.resolved', `github ${'"'.repeat(n)}`],
]
for (const [path, text] of endless) {
  test(`${path} of ${text.slice(0, 12)}… without end is read or refused`, () => {
    for (const extractor of wanting(path, text.length)) {
      try {
        readAlone(extractor, path, Buffer.from(text))
      } catch (error) {
        assert.ok(!(error instanceof RangeError), String(error))
      }
    }
  })
}
