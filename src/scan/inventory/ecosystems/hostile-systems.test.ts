import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { FoundPackage } from '../../../base/model/ecosystem.ts'
import { zipOf } from '../../../base/zip-testing.ts'
import { createDispatch } from '../dispatch.ts'
import { sbomFiles } from '../sbom/extractor.ts'
import { damagedOf, readAlone } from './hostile.testing.ts'
import { ecosystems } from './index.ts'

/** As hostile-others.test.ts, for operating systems, what their users install beside them, and SBOMs: packages or an error, never one without a name. */
const types = new Set(
  'alpm apk brew chocolatey chrome-extension cocoapods conan cos cpan deb ebuild flatpak generic hackage hex julia luarocks macports nix opam pub rpm snap spack swift swiplpack vcpkg vscode-extension'.split(
    ' ',
  ),
)
const dispatch = createDispatch([
  ...ecosystems.filter(({ type }) => types.has(type)).flatMap(({ extractors }) => extractors),
  sbomFiles,
])

const hash = '0123456789abcdfghijklmnpqrsvwxyz'
const gguf = Buffer.concat([
  Buffer.from('GGUF\x03\0\0\0'),
  Buffer.from(new BigUint64Array([0n, 1n, 12n]).buffer),
  Buffer.from('general.name\x08\0\0\0\x01\0\0\0\0\0\0\0a'),
])
const spdx = `<rdf:RDF xmlns:rdf="r"><Package rdf:about="#a"><name>a</name><versionInfo>1</versionInfo><externalRef><x><referenceType rdf:resource="p/purl"/><referenceLocator>pkg:npm/a@1</referenceLocator></x></externalRef></Package><SpdxDocument><specVersion>SPDX-2.3</specVersion></SpdxDocument></rdf:RDF>`

const samples: [path: string, content: string | Buffer][] = [
  [
    'var/lib/dpkg/status',
    'Package: a\nStatus: install ok installed\nSource: b (1.0)\nVersion: 1:2-3\nDepends: c | d (>= 1)\n',
  ],
  ['opt/lib/opkg/status', 'Package: a\nVersion: 1\nStatus: install user installed\n'],
  ['lib/apk/db/installed', 'P:a\nV:1.0-r0\nA:x86_64\no:b\nD:so:c.so=1\nF:usr\nR:x\n\n'],
  ['var/lib/pacman/local/a-1-1/desc', '%NAME%\na\n\n%VERSION%\n1:1-1\n\n%BASE%\nb\n'],
  ['var/db/pkg/c/a-1.0/PF', 'a-1.0-r1\n'],
  [
    'etc/cos-package-info.json',
    '{"installedPackages":[{"category":"c","name":"a","version":"1","ebuild_version":"1-r1"}]}',
  ],
  ['x/Caskroom/a/1.0/a.wrapper.sh', '#!/bin/sh\n'],
  ['x/Cellar/a/1.0/.brew/a.rb', 'class A < Formula\nend\n'],
  [
    'chocolatey/lib/a/a.nuspec',
    '<package><metadata><id>a</id><version>1</version><dependencies><dependency id="b"/></dependencies></metadata></package>',
  ],
  [`Extensions/${'a'.repeat(32)}/1_0/manifest.json`, '{"manifest_version":3,"name":"x","version":"1.0"}'],
  ['p/extensions/a@b.xpi', zipOf({ 'manifest.json': '{"manifest_version":2,"version":"1.0"}' })],
  [
    'x.vsix',
    zipOf({ 'extension/package.json': '{"publisher":"p","name":"n","version":"1","engines":{"vscode":"*"}}' }),
  ],
  ['Podfile.lock', 'PODS:\n  - A (1.0):\n    - B/C (= 1)\nDEPENDENCIES:\n  - A\n'],
  ['data/a/1.0/u/c/package/x/conaninfo.txt', '[settings]\n os=x\n[full_requires]\n b/1.0:abc\n'],
  ['conanfile.py', 'requires = ("a/1.0",\n  "b/2.0@u/c")\n'],
  ['META.yml', '--- #YAML:1.0\nname: a\nversion: 1\ngenerated_by: ExtUtils::MakeMaker\n'],
  [
    'flatpak/app/a.b/current/active/export/share/metainfo/a.metainfo.xml',
    '<component><releases><release version="1"/></releases></component>',
  ],
  ['a.gguf', gguf],
  ['cabal.project.freeze', 'constraints: any.a ==1.0,\n  b ==2\n'],
  ['mix.lock', '%{"a": {:hex, :a, "1.0", "x", [:mix], [{:b, "~> 1", [hex: :b]}], "hexpm"},}\n'],
  ['rebar.lock', '[{<<"a">>,{pkg,<<"a">>,<<"1">>},0}].'],
  ['Manifest-v1.11.toml', 'julia_version = "1.11.0"\n[[deps.A]]\nuuid = "u"\ndeps = ["B"]\n'],
  ['luarocks.lock', 'return { dependencies = {\n a = "1.0-1",\n} }'],
  ['macports/registry/portfiles/a-1.0_0/x/Portfile', 'PortSystem 1.0\n'],
  [`nix/store/${hash}-a-1.0-dev/lib/x.pc`, 'x'],
  ['a.1.0/opam', 'opam-version: "2.0"\n'],
  ['pubspec.yaml', 'name: a\nversion: 1.0.0\n'],
  ['snap/manifest.yaml', 'primed-stage-packages:\n- a:amd64=1.0\n'],
  ['.spack/spec.json', '{"spec":{"nodes":[{"name":"a","version":"1","dependencies":[{"name":"b"}]}]}}'],
  ['spack.lock', '{"concrete_specs":{"x":{"name":"a","version":"1","dependencies":{"b":{}}}}}'],
  [
    'Package.resolved',
    '{"pins":[{"identity":"a","kind":"remoteSourceControl","location":"https://h/a.git","state":{"version":"1"}}]}',
  ],
  ['pack.pl', "name(a).\nversion('1.0').\nrequires(b).\n"],
  [
    'installed/vcpkg/status',
    'Package: a\nVersion: 1\nPort-Version: 1\nArchitecture: x\nStatus: install ok installed\n',
  ],
  [
    'x.cdx.json',
    '{"bomFormat":"CycloneDX","components":[{"name":"a","cpe":"cpe:2.3:a:v:a:1","components":[{"purl":"pkg:npm/b@1"}]}]}',
  ],
  ['x.spdx.yaml', 'spdxVersion: SPDX-2.3\npackages:\n- name: a\n  versionInfo: 1\n'],
  ['x.spdx.rdf', spdx],
  [
    'x.syft.json',
    '{"descriptor":{"name":"syft"},"artifacts":[{"id":"1","name":"a","version":"1","purl":"pkg:npm/a@1"}]}',
  ],
  ['x.spdx3.json', '{"@graph":[{"type":"software_Package","spdxId":"a","name":"a","software_packageVersion":"1"}]}'],
]

const wanting = (path: string, size: number) => dispatch.wanted({ path, size, mode: 0o644 })

for (const [path, content] of samples) {
  test(`undamaged, ${path} gives packages`, () => {
    const bytes = Buffer.from(content)
    const found = wanting(path, bytes.length).flatMap(extractor => readAlone(extractor, path, bytes))
    assert.ok(found.length > 0 && found.every(({ name }) => name !== ''))
  })
}

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
    { numRuns: 3000 },
  )
})

const n = 200_000
const endless: [path: string, text: string][] = [
  ['pack.pl', `name(${' '.repeat(n)}`],
  ['pack.pl', 'name('.repeat(n / 4)],
  ['conanfile.py', `requires = (${'"a/1.0", '.repeat(n / 10)}`],
  ['conanfile.py', '[('.repeat(n / 2)],
  ['conaninfo.txt', `[requires]\n${'a/'.repeat(n)}`],
  ['cabal.project.freeze', `${','.repeat(n)}${' '.repeat(n)}a`],
  ['mix.lock', `"a": {:hex, :a, "${'x'.repeat(n)}`],
  ['x.cdx.json', `{"bomFormat":"CycloneDX","components":[{"name":"a","cpe":"cpe:2.3:a:${':'.repeat(n)}"}]}`],
  ['x.spdx.yaml', `spdxVersion: ${'['.repeat(n)}`],
  ['x.spdx.yaml', `spdxVersion: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n${'d: [*c,*c,*c]\n'.repeat(1000)}`],
  ['x.spdx.rdf', '<rdf:RDF>'.repeat(n / 10)],
  ['x.spdx.xml', `<Document>${'<packages>'.repeat(n / 10)}`],
  ['chocolatey/lib/a/a.nuspec', '<metadata>'.repeat(n / 10)],
  ['.spack/spec.json', '[{"spec":'.repeat(n / 10)],
  ['a.1.0/opam', `name: "${'x'.repeat(n)}`],
]
for (const [path, text] of endless) {
  test(`${path} of ${text.slice(0, 20)}… ends`, () => {
    for (const extractor of wanting(path, text.length)) {
      try {
        readAlone(extractor, path, Buffer.from(text))
      } catch (error) {
        assert.ok(error instanceof Error && !(error instanceof TypeError), String(error))
      }
    }
  })
}
