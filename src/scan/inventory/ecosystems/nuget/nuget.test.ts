import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnyExtractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { foundIn, wants } from '../../check-extractor.ts'
import { depsJson } from './deps-json.ts'
import { lowestVersion } from './msbuild.ts'
import { packagesConfig } from './packages-config.ts'
import { packagesLock } from './packages-lock.ts'
import { paket } from './paket.ts'
import { packagesProps, projectFiles } from './projects.ts'

const cases: [name: string, extractor: AnyExtractor, files: Record<string, string>, expected: string[]][] = [
  [
    'packages.lock.json: frameworks, types, projects',
    packagesLock,
    {
      'packages.lock.json': JSON.stringify({
        version: 1,
        dependencies: {
          'net6.0': {
            A: {
              type: 'Direct',
              requested: '[1.0.0, )',
              resolved: '1.0.0',
              contentHash: 'x==',
              dependencies: { b: '2.0.0', c: '1' },
            },
            B: { type: 'Transitive', resolved: '2.0.0' },
            C: { type: 'CentralTransitive', requested: '[3.0.0, )', resolved: '3.0.0' },
            own: { type: 'Project', dependencies: { A: '[1.0.0, )' } },
          },
          'net6.0/linux-x64': { B: { type: 'Direct', resolved: '2.0.0' } },
        },
      }),
    },
    ['A 1.0.0 direct needs B@2.0.0 C@3.0.0', 'B 2.0.0 direct', 'C 3.0.0 indirect'],
  ],
  [
    'packages.config: development, no version, a byte order mark',
    packagesConfig,
    {
      'packages.config':
        '\uFEFF<?xml version="1.0" encoding="utf-8"?>\n<packages>\n  <package id="A" version="1.0.0" targetFramework="net46" />\n  <package id="T" version="2.0.0" developmentDependency="true" />\n  <package id="none" />\n  <other id="B" version="1"/>\n</packages>\n',
    },
    ['A 1.0.0', 'T 2.0.0 development'],
  ],
  [
    'packages.config with a line before its declaration',
    packagesConfig,
    { 'packages.config': '\n<?xml version="1.0"?>\n<packages><package id="A" version="1.0.0"/></packages>' },
    ['A 1.0.0'],
  ],
  [
    'deps.json: the program, what it carries, what only needs others, what it was only compiled against',
    depsJson,
    {
      'app/App.deps.json': JSON.stringify({
        runtimeTarget: { name: '.NETCoreApp,Version=v6.0/linux-x64' },
        targets: {
          '.NETCoreApp,Version=v6.0': { 'Compile/1.0.0': { runtime: { 'x.dll': {} } } },
          '.NETCoreApp,Version=v6.0/linux-x64': {
            'App/1.0.0': {
              dependencies: { A: '2.0.0', 'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64': '6.0.1' },
              runtime: { 'App.dll': {} },
            },
            'A/2.0.0': { dependencies: { N: '3.0.0' }, runtime: { 'a.dll': {} } },
            'N/3.0.0': { runtimeTargets: { 'n.so': {} } },
            'Compile/1.0.0': { compile: { 'x.dll': {} } },
            'Meta/1.0.0': { dependencies: { Inner: '1.0.0', Compile: '1.0.0' } },
            'Inner/1.0.0': { dependencies: { N: '3.0.0', Meta: '1.0.0' } },
            'Build/1.0.0': {},
            'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/6.0.1': { runtime: { 'System.dll': {} } },
          },
        },
        libraries: {
          'App/1.0.0': { type: 'project' },
          'A/2.0.0': { type: 'package', sha512: 'sha512-x==' },
          'N/3.0.0': { type: 'package' },
          'Compile/1.0.0': { type: 'package' },
          'Meta/1.0.0': { type: 'package' },
          'Inner/1.0.0': { type: 'package' },
          'Build/1.0.0': { type: 'package' },
          'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/6.0.1': { type: 'runtimepack' },
          NoVersion: { type: 'package' },
          'Local.Reference/1.0.0.0': { type: 'reference' },
        },
      }),
    },
    [
      'App 1.0.0 root needs A@2.0.0 Microsoft.NETCore.App.Runtime.linux-x64@6.0.1',
      'A 2.0.0 direct needs N@3.0.0',
      'N 3.0.0 indirect',
      'Compile 1.0.0 indirect development',
      'Meta 1.0.0 indirect needs Compile@1.0.0 Inner@1.0.0',
      'Inner 1.0.0 indirect needs Meta@1.0.0 N@3.0.0',
      'Build 1.0.0 indirect development',
      'Microsoft.NETCore.App.Runtime.linux-x64 6.0.1 direct',
    ],
  ],
  [
    'Directory.Packages.props: properties of the same file, unknown ones',
    packagesProps,
    {
      'Directory.Packages.props':
        '<Project>\n<PropertyGroup><V>1.2.3</V></PropertyGroup>\n<ItemGroup>\n<PackageVersion Include="A" Version="$(V)" />\n<PackageVersion Include="B" Version="$(Other)" />\n<PackageVersion Update="C"><Version>2.0</Version></PackageVersion>\n<GlobalPackageReference Include="G" Version="3.0" />\n</ItemGroup>\n</Project>',
    },
    ['A 1.2.3 direct', 'C 2.0 direct', 'G 3.0 direct development'],
  ],
  [
    'project files: attributes, elements, overrides, central versions, old namespace',
    projectFiles,
    {
      'App.csproj':
        '<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><ItemGroup><PackageReference Include="A" Version="[1.0.0]" /><PackageReference Include="B;C"><Version>2.0</Version><PrivateAssets>all</PrivateAssets></PackageReference><PackageReference Include="D" VersionOverride="4.0" /><PackageReference Include="E" /><PackageReference Include="F" Version="6.*" /></ItemGroup></Project>',
      'locked/Lib.fsproj': '<Project><ItemGroup><PackageReference Include="X" Version="9.0" /></ItemGroup></Project>',
      'locked/packages.lock.json': '{}',
    },
    ['A 1.0.0 direct', 'B 2.0 direct development', 'C 2.0 direct development', 'D 4.0 direct', 'F 6.0 direct'],
  ],
  [
    'paket.lock: groups, other sources',
    paket,
    {
      'paket.lock':
        'RESTRICTION: == net6.0\nNUGET\n  remote: https://api.nuget.org/v3/index.json\n    A (1.0) - restriction: >= net45\n      b (>= 2.0)\n    B (2.0)\nGITHUB\n  remote: o/r\n    src/File.fs (0123456789)\n\nGROUP Build\nNUGET\n  remote: https://api.nuget.org/v3/index.json\n    B (3.0-rc.1)\n',
    },
    ['A 1.0 needs B@2.0', 'B 2.0', 'B 3.0-rc.1'],
  ],
]
for (const [name, extractor, files, expected] of cases) {
  test(name, () => assert.deepEqual(foundIn(extractor, files).map(describe), expected))
}

const versions: [requested: string, version: string | undefined, range?: string][] = [
  ['1.0', '1.0'],
  ['[1.0]', '1.0'],
  ['[1.0, 2.0)', '1.0', '[1.0, 2.0)'],
  ['[1.0,)', '1.0', '[1.0,)'],
  ['1.0-beta.1+x', '1.0-beta.1+x'],
  ['(1.0,)', undefined],
  ['1.*', '1.0', '1.*'],
  ['1.0.0-*', '1.0.0', '1.0.0-*'],
  ['1.2.*-*', '1.2.0', '1.2.*-*'],
  ['(,1.0]', '1.0', '(,1.0]'],
  ['(,1.0)', undefined],
  ['*', undefined],
  ['*-*', undefined],
  ['$(V)', undefined],
  ['', undefined],
]
for (const [requested, version, range] of versions) {
  test(`a request for ${JSON.stringify(requested)}`, () =>
    assert.deepEqual(lowestVersion(requested), version && { version, ...(range && { range }) }))
}

test('entities that a document declares are not expanded', () => {
  const entities = Array.from({ length: 30 }, (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};">`).join('')
  const text = `<?xml version="1.0"?><!DOCTYPE p [<!ENTITY e0 "x">${entities}<!ENTITY f SYSTEM "file:///etc/passwd">]><packages><package id="&e30;" version="&f;"/></packages>`
  assert.throws(() => foundIn(packagesConfig, { 'packages.config': text }), /malformed/)
})

test('documents too deep, lists too long, and other than XML are refused', () => {
  const project = (inner: string) => ({ 'a.csproj': `<Project>${inner}</Project>` })
  assert.throws(() => foundIn(projectFiles, project('<a>'.repeat(200) + '</a>'.repeat(200))), /limit_exceeded/)
  const names = `<PropertyGroup><N>${'a;'.repeat(1000)}</N></PropertyGroup>`
  assert.throws(
    () => foundIn(projectFiles, project(`${names}${'<PackageReference Include="$(N)" Version="1"/>'.repeat(200)}`)),
    /limit_exceeded/,
  )
  assert.throws(() => foundIn(packagesConfig, { 'packages.config': '{}' }), /malformed/)
})

test('only files of these names', () => {
  assert.ok(wants(packagesProps, 'build/Extra.Packages.props'))
  for (const path of ['Packages.config', 'src/packages.App.config']) assert.ok(wants(packagesConfig, path), path)
  for (const path of ['web.config', 'mypackages.config', 'packages.config.bak'])
    assert.ok(!wants(packagesConfig, path), path)
  assert.ok(!wants(packagesProps, 'obj/App.csproj.nuget.g.props'))
  assert.ok(!wants(depsJson, 'app/deps.json.bak'))
})

function describe({ name, version, relationship, development, dependsOn }: FoundPackage): string {
  const parts = [
    `${name} ${version}`,
    relationship,
    development && 'development',
    dependsOn &&
      `needs ${dependsOn
        .map(id => id.replace(/^.*#/, ''))
        .sort()
        .join(' ')}`,
  ]
  return parts.filter(Boolean).join(' ')
}
