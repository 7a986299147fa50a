import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnyExtractor } from '../../../../base/model/ecosystem.ts'
import { foundIn, named } from '../../check-extractor.ts'
import { projectAssets } from './assets.ts'
import { dotnetTools } from './dotnet-tools.ts'
import { paket } from './paket.ts'
import { packagesProps, projectFiles } from './projects.ts'

const project = (...parts: string[]) => `<Project Sdk="Microsoft.NET.Sdk">${parts.join('')}</Project>`
const properties = (text: string) => `<PropertyGroup>${text}</PropertyGroup>`
const item = (name: string, version: string, element = 'PackageReference') =>
  `<ItemGroup><${element} Include="${name}" Version="${version}"/></ItemGroup>`

const tree = {
  'Directory.Build.props': project(
    properties('<AVersion>1.0</AVersion><Base>2</Base>'),
    item('Analyzers', '9.0'),
    '<Import Project="$(MSBuildThisFileDirectory)eng\\Versions.props"/>',
  ),
  'eng/Versions.props': project(
    properties('<CVersion>$(Base).5</CVersion>'),
    '<Import Project="../Directory.Build.props"/>',
  ),
  'Directory.Packages.props': project(
    item('Central', '$(CVersion)', 'PackageVersion'),
    properties('<DVersion>4.0</DVersion>'),
  ),
  'src/Directory.Build.props': project(properties('<AVersion>1.1</AVersion><BVersion>$(Base).1</BVersion>')),
  'src/App/App.csproj': project(
    item('A', '$(AVersion)'),
    item('B', '$(BVersion)'),
    item('C', '$(CVersion)'),
    item('D', '$(DVersion)'),
    item('E', '$(Unknown)'),
    '<Import Project="common.props"/>',
  ),
  'src/App/common.props': project(item('Common', '$(AVersion)')),
  'src/App/unused.props': project(item('Unused', '1')),
  'src/App/settings.props': 'no XML',
}

test('projects: properties of the folders above and of what is imported, items of shared files, in circles', () => {
  assert.deepEqual(named(foundIn(projectFiles, tree)).sort(), [
    'A 1.1',
    'Analyzers 9.0',
    'B 2.1',
    'C 2.5',
    'Common 1.1',
    'D 4.0',
  ])
  assert.deepEqual(
    named(
      foundIn(
        packagesProps,
        only(tree, path => path.endsWith('.props')),
      ),
    ),
    ['Central 2.5'],
  )
})

test('projects: Directory.Build.targets that is broken is told, other files of that ending are not', () => {
  assert.throws(() => foundIn(projectFiles, { 'Directory.Build.targets': '{' }))
  assert.deepEqual(foundIn(projectFiles, { 'other.targets': '{' }), [])
})

const assets = JSON.stringify({
  version: 3,
  targets: {
    'net6.0': {
      'A/1.0.0': { type: 'package', dependencies: { b: '2.0.0' } },
      'B/2.0.0': { type: 'package' },
      'Lib/1.0.0': { type: 'project' },
    },
    'net6.0/linux-x64': { 'A/1.0.0': { type: 'package', dependencies: { B: '2.0.0' } }, 'B/2.0.0': {} },
  },
  libraries: {
    'A/1.0.0': { sha512: 'x==', type: 'package', path: 'a/1.0.0', files: [] },
    'B/2.0.0': { type: 'package' },
    'Tool/3.0.0-rc.1': { type: 'package' },
    'Lib/1.0.0': { type: 'project', path: '../Lib/Lib.csproj' },
    NoVersion: { type: 'package' },
  },
  projectFileDependencyGroups: { 'net6.0': ['A >= 1.0.0', 'Tool >= 3.0.0-rc.1'] },
  project: {
    frameworks: { 'net6.0': { dependencies: { A: { target: 'Package' }, Tool: { suppressParent: 'All' } } } },
  },
})

const others: [about: string, extractor: AnyExtractor, files: Record<string, string>, expected: string[]][] = [
  [
    'project.assets.json',
    projectAssets,
    { 'App/obj/project.assets.json': assets },
    ['A 1.0.0', 'B 2.0.0', 'Tool 3.0.0-rc.1 (development)'],
  ],
  [
    'project.assets.json beside a lock file says nothing',
    projectAssets,
    { 'App/obj/project.assets.json': assets, 'App/packages.lock.json': '{}' },
    [],
  ],
  [
    'a project that was restored says nothing',
    projectFiles,
    {
      'App/obj/project.assets.json': assets,
      'App/App.csproj': project(item('A', '0.9')),
      'obj/project.assets.json': '{}',
    },
    [],
  ],
  [
    'paket.dependencies',
    paket,
    {
      'paket.dependencies': `source https://api.nuget.org/v3/index.json
nuget A 1.0
nuget B ~> 2.1
nuget C >= 3.0 < 4 framework: net6.0
nuget D = 4.0-beta
nuget E
nuget F < 9
github o/r src/File.fs
group Build
  nuget G == 7.0 redirects: on`,
    },
    ['A 1.0', 'B 2.1', 'C 3.0', 'D 4.0-beta', 'G 7.0'],
  ],
  [
    'paket.dependencies beside its lock says nothing',
    paket,
    { 'paket.dependencies': 'nuget A 1.0', 'paket.lock': 'NUGET\n  remote: x\n    A (1.5)\n' },
    ['A 1.5'],
  ],
  [
    'dotnet-tools.json',
    dotnetTools,
    {
      '.config/dotnet-tools.json':
        '{"version":1,"isRoot":true,"tools":{"dotnet-ef":{"version":"8.0.1","commands":["dotnet-ef"]},"x":{}}}',
    },
    ['dotnet-ef 8.0.1 (development)'],
  ],
]
for (const [about, extractor, files, expected] of others) {
  test(about, () => assert.deepEqual(named(foundIn(extractor, files)), expected))
}

test('project.assets.json: what is direct, and what needs what', () => {
  const found = foundIn(projectAssets, { 'obj/project.assets.json': assets })
  assert.deepEqual(
    found.map(({ relationship, dependsOn = [] }) =>
      [relationship, ...dependsOn.map(id => id.replace(/^.*#/, ''))].join(' '),
    ),
    ['direct B@2.0.0', 'indirect', 'direct'],
  )
})

function only(files: Record<string, string>, wanted: (path: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => wanted(path)))
}
