import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnyExtractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { foundIn, wants } from '../../check-extractor.ts'
import { pdm } from './pdm.ts'
import { pipenv } from './pipenv.ts'
import { poetry } from './poetry.ts'
import { pylock } from './pylock.ts'
import { pyproject } from './pyproject.ts'
import { uv } from './uv.ts'

const cases: [name: string, extractor: AnyExtractor, files: Record<string, string>, expected: string[]][] = [
  [
    'Pipfile.lock: categories, git, what has no version',
    pipenv,
    {
      'Pipfile.lock': JSON.stringify({
        _meta: { sources: [{ name: 'pypi' }] },
        default: {
          a: { version: '==1.0' },
          g: { git: 'https://host/g.git', ref: '0123456' },
          local: { path: '.', editable: true },
          any: { version: '*' },
          w: { file: 'https://host/w-1.5-py3-none-any.whl', hashes: [] },
        },
        develop: { a: { version: '==1.0' }, t: { version: '===2.0', markers: 'x' } },
        docs: { d: { version: '==3.0' } },
      }),
    },
    ['a 1.0', 'g  commit 0123456', 'w 1.5', 't 2.0 development', 'd 3.0'],
  ],
  [
    'poetry.lock 1.0: category',
    poetry,
    {
      'poetry.lock':
        '[[package]]\nname = "a"\nversion = "1.0"\ncategory = "main"\n[package.dependencies]\nB = ">=1"\n\n[[package]]\nname = "b"\nversion = "2.0"\ncategory = "dev"\n',
    },
    ['a 1.0 needs b@2.0', 'b 2.0 development'],
  ],
  [
    'poetry.lock 2.0: groups of pyproject.toml decide; git',
    poetry,
    {
      'poetry.lock':
        '[[package]]\nname = "a"\nversion = "1.0"\n[package.dependencies]\nb = {version = "*", optional = true}\n\n[[package]]\nname = "b"\nversion = "2.0"\n\n[[package]]\nname = "t"\nversion = "3.0"\n[package.dependencies]\nb = "*"\nonly-t = "*"\n\n[[package]]\nname = "only-t"\nversion = "1"\n[package.source]\ntype = "git"\nurl = "https://host/t.git"\nreference = "main"\nresolved_reference = "0123456789"\n',
      'pyproject.toml':
        '[tool.poetry.dependencies]\npython = "^3.11"\nA = "^1"\n[tool.poetry.group.test.dependencies]\nt = "*"\n',
    },
    [
      'a 1.0 direct needs b@2.0',
      'b 2.0 indirect',
      't 3.0 direct development needs b@2.0 only-t@1',
      'only-t 1 indirect development commit 0123456789',
    ],
  ],
  [
    'poetry.lock 2.1: groups',
    poetry,
    {
      'poetry.lock':
        '[[package]]\nname = "a"\nversion = "1"\ngroups = ["main", "dev"]\n[[package]]\nname = "t"\nversion = "2"\ngroups = ["dev"]\n',
    },
    ['a 1', 't 2 development'],
  ],
  [
    'pdm.lock: groups, extras as entries of their own',
    pdm,
    {
      'pdm.lock':
        '[[package]]\nname = "a"\nversion = "1"\ngroups = ["default"]\ndependencies = ["b>=1; python_version > \'3\'"]\n[[package]]\nname = "a"\nversion = "1"\nextras = ["x"]\ngroups = ["default"]\ndependencies = ["a==1", "c"]\n[[package]]\nname = "b"\nversion = "2"\ngroups = ["default", "dev"]\n[[package]]\nname = "c"\nversion = "3"\ngroups = ["dev"]\nrevision = "0123456789"\ngit = "https://host/c.git"\n',
    },
    ['a 1 needs a@1 b@2 c@3', 'b 2', 'c 3 development commit 0123456789'],
  ],
  [
    'uv.lock of the first form',
    uv,
    { 'uv.lock': 'version = 1\n[[distribution]]\nname = "a"\nversion = "1"\nsource = "registry+https://x"\n' },
    ['a 1 indirect'],
  ],
  [
    'uv.lock: the project, a member, groups, several versions, git',
    uv,
    {
      'uv.lock': `version = 1
[[package]]
name = "root"
version = "0.1.0"
source = { virtual = "." }
dependencies = [{ name = "a" }, { name = "n", version = "1.0", marker = "x" }, { name = "member" }]
[package.optional-dependencies]
extra = [{ name = "o" }]
[package.dev-dependencies]
dev = [{ name = "t" }]
[[package]]
name = "member"
source = { editable = "packages/member" }
dependencies = [{ name = "n", version = "2.0" }]
[[package]]
name = "a"
version = "1.0"
source = { registry = "https://packages.example.org/simple" }
[[package]]
name = "n"
version = "1.0"
[[package]]
name = "n"
version = "2.0"
source = { git = "https://host/n.git?rev=main#0123456789" }
[[package]]
name = "o"
version = "1.0"
[[package]]
name = "t"
version = "1.0"
dependencies = [{ name = "a" }, { name = "only-t" }]
[[package]]
name = "only-t"
version = "1.0"
`,
    },
    [
      'root 0.1.0 root needs a@1.0 n@1.0 o@1.0',
      'a 1.0 direct',
      'n 1.0 direct',
      'n 2.0 direct commit 0123456789',
      'o 1.0 direct',
      't 1.0 direct development needs a@1.0 only-t@1.0',
      'only-t 1.0 indirect development',
    ],
  ],
  [
    'pylock.toml: folders, version control, groups',
    pylock,
    {
      'pylock.toml':
        'lock-version = "1.0"\ndefault-groups = ["default"]\n[[packages]]\nname = "a"\nversion = "1"\ndependencies = [{name = "g"}]\n[[packages]]\nname = "self"\ndirectory = {path = "."}\n[[packages]]\nname = "z"\narchive = {url = "https://host/z-5.0.tar.gz", hashes = {}}\n[[packages]]\nname = "g"\nversion = "2"\nvcs = {type = "git", url = "https://host/g.git", commit-id = "0123456789"}\n[[packages]]\nname = "t"\nversion = "3"\nmarker = "\'dev\' in dependency_groups and python_version > \'3\'"\n[[packages]]\nname = "both"\nversion = "4"\nmarker = "\'dev\' in dependency_groups or \'default\' in dependency_groups"\n',
    },
    ['a 1 needs g@2', 'z 5.0', 'g 2 commit 0123456789', 't 3 development', 'both 4'],
  ],
  [
    'pyproject.toml alone: pins and lower bounds',
    pyproject,
    {
      'pyproject.toml':
        '[project]\nname = "x"\ndependencies = ["a==1.0", "b[x]>=2.0,<3", "c", "d!=1"]\n[project.optional-dependencies]\nopt = ["o~=1.1"]\n[dependency-groups]\ndev = ["t==7.0", {include-group = "opt"}]\n',
    },
    ['a 1.0 direct', 'b 2.0 direct', 'o 1.1 direct', 't 7.0 direct development'],
  ],
  [
    'pyproject.toml below a lock file says nothing',
    pyproject,
    {
      'pyproject.toml': '[project]\ndependencies = ["a>=1"]\n',
      'sub/pyproject.toml': '[project]\ndependencies = ["b>=1"]\n',
      'uv.lock': '',
    },
    [],
  ],
]
for (const [name, extractor, files, expected] of cases) {
  test(name, () => assert.deepEqual(foundIn(extractor, files).map(describe), expected))
}

test('lines of a package are its table', () => {
  const text =
    '# by uv\nversion = 1\n\n[[package]]\nname = "a"\nversion = "1"\n\n[package.metadata]\nx = 1\n\n[[package]]\nname = "b"\nversion = "2"\nwheels = [\n  { url = "x" },\n]\n\n[metadata]\ny = 1\n'
  assert.deepEqual(
    foundIn(uv, { 'uv.lock': text }).map(pkg => pkg.lines),
    [
      { start: 4, end: 9 },
      { start: 11, end: 16 },
    ],
  )
})

test('named pylock files, and no other toml', () => {
  assert.ok(wants(pylock, 'a/pylock.dev.toml'))
  for (const path of ['pylock.a.b.toml', 'xpylock.toml', 'pyproject.toml']) assert.ok(!wants(pylock, path), path)
})

test('broken lock files are errors; a broken pyproject.toml does not hide the lock', () => {
  for (const [extractor, file] of [
    [poetry, 'poetry.lock'],
    [uv, 'uv.lock'],
    [pdm, 'pdm.lock'],
    [pylock, 'pylock.toml'],
    [pipenv, 'Pipfile.lock'],
  ] as const)
    assert.throws(() => foundIn(extractor, { [file]: '[[package' }), file)
  assert.equal(
    foundIn(poetry, { 'poetry.lock': '[[package]]\nname = "a"\nversion = "1"\n', 'pyproject.toml': '[[' }).length,
    1,
  )
})

function describe({ name, version, relationship, development, extra, dependsOn }: FoundPackage): string {
  const needs = dependsOn?.map(id => id.replace(/^.*#/, '')).sort()
  return [
    `${name} ${version}`,
    relationship,
    development && 'development',
    extra?.commit && `commit ${extra.commit}`,
    needs && `needs ${needs.join(' ')}`,
  ]
    .filter(Boolean)
    .join(' ')
}
