import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryFile } from '../../../image/content.ts'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { readRequirement } from './requirement.ts'
import { requirements } from './requirements.ts'

const single: [text: string, name: string, version: string, range?: string][] = [
  ['a==1.0', 'a', '1.0'],
  ['a===1.0+local', 'a', '1.0+local'],
  ['A.b_c [x, y] == 2!1.0rc1 ; python_version < "3"', 'A.b_c', '2!1.0rc1'],
  ['a (==1.0)', 'a', '1.0'],
  ['a>=1.0,<2.0', 'a', '1.0', '>=1.0,<2.0'],
  ['a ~= 1.4.2', 'a', '1.4.2', '~= 1.4.2'],
  ['a<2,==1.5', 'a', '1.5'],
  ['a==1.*', 'a', '1.0', '==1.*'],
  ['a==2.0.*,!=2.0.3', 'a', '2.0.0', '==2.0.*,!=2.0.3'],
  ['a===1.*', 'a', '', '===1.*'],
  ['a<=1.4', 'a', '1.4', '<=1.4'],
  ['a<=2,>=1.1', 'a', '1.1', '<=2,>=1.1'],
  ['a[x]<2', 'a', '', '<2'],
  ['a==$VERSION', 'a', '', '==$VERSION'],
  ['a==%VERSION%', 'a', '', '==%VERSION%'],
  ['a==1.0#comment', 'a', '1.0'],
  ['a==1.2-alpha', 'a', '1.2-alpha'],
  ['a!=1.0', 'a', '', '!=1.0'],
  ['a>1.0', 'a', '', '>1.0'],
  ['a', 'a', ''],
  ['a @ https://host/a-1.2-py3-none-any.whl', 'a', '1.2'],
  ['a[x]@git+https://host/a.git@v1 ; os_name == "nt"', 'a', ''],
  ['https://host/p/some_name-1.2.3-cp311-cp311-manylinux_2_17_x86_64.whl#sha256=00', 'some_name', '1.2.3'],
  ['./dist/some-name-1.2.3.tar.gz', 'some-name', '1.2.3'],
  ['git+https://host/a.git@main#egg=a', 'a', ''],
  ['git+ssh://git@host/a.git#egg=a[x]&subdirectory=b', 'a', ''],
  ['git+https://host/a.git#egg=a==1.2', 'a', '1.2'],
  ['some-name-1.2.3.tar.gz', 'some-name', '1.2.3'],
  ['some_name-1.2.3-py3-none-any.whl', 'some_name', '1.2.3'],
  ['wheels\\some_name-1.2.3-py3-none-any.whl', 'some_name', '1.2.3'],
  ['./some_name-1.2.3-py2.7.egg', 'some_name', '1.2.3'],
  ['file:///srv/some-name-1.2%2Bcu118.tar.xz', 'some-name', '1.2+cu118'],
]
for (const [text, name, version, range] of single) {
  test(`requirement: ${text}`, () => {
    const { url: _, ...found } = readRequirement(text) ?? {}
    assert.deepEqual(found, { name, version, ...(range && { range }) })
  })
}
for (const text of ['', '<html>', '== 1.0', '[x]', 'a [x', 'Some words of prose.', './folder']) {
  test(`no requirement: ${JSON.stringify(text)}`, () => assert.equal(readRequirement(text), undefined))
}

test('requirements.txt: comments, continued lines, hashes, options', () => {
  const text = `# a comment==1.0
--index-url https://host/simple
-e git+https://host/e.git#egg=e
a==1.0 \\
    --hash=sha256:00 \\
    --hash=sha256:11  # via b
b==2.0 # comment
c==3.0;sys_platform=="win32" --config-settings x
   d == 4.0
e==5.0 \\`
  const found = foundIn(requirements, { 'requirements.txt': text.replaceAll('\n', '\r\n') })
  assert.deepEqual(named(found), ['a 1.0', 'b 2.0', 'c 3.0', 'd 4.0', 'e 5.0'])
  assert.deepEqual(found[0]?.lines, { start: 4, end: 6 })
})

test('requirements.txt: what it includes is believed, other texts are not; constraints give versions', () => {
  const found = foundIn(requirements, {
    'requirements.txt': '-r sub/base.txt\n-c pins.txt\na\n',
    'sub/base.txt': '--requirement=../more.txt\nb==2.0\n',
    'more.txt': '-r requirements.txt\nc==3.0\n',
    'pins.txt': 'A==1.0\nunused==9.0\n',
    'notes.txt': 'z==26\n',
    'requirements/dev.txt': 'd==4.0\n',
    'dev-requirements.txt': 'e==5.0\n',
  })
  assert.deepEqual(named(found).sort(), ['a 1.0', 'b 2.0', 'c 3.0', 'd 4.0', 'e 5.0'])
})

test('requirements.txt: what has no version is told once', () => {
  const problems: string[] = []
  const bytes = Buffer.from('a\nb<2\nc==1\n')
  const file = memoryFile({ path: 'requirements.txt', size: bytes.length, mode: 0o644 }, bytes)
  requirements.parse(file, (code, detail) => problems.push(`${code} ${detail}`))
  assert.deepEqual(problems, ['version_unknown required without a version: a, b'])
})

test('large texts that are not called requirements, and those of installed packages, are passed over', () => {
  assert.ok(wants(requirements, 'a/requirements-dev.txt'))
  assert.ok(!wants(requirements, 'venv/lib/python3/site-packages/x/requirements.txt'))
})

test('requirements.txt: constraints hold for all that is included with them, and in circles', () => {
  const found = foundIn(requirements, {
    'requirements.txt': '-c constraints.txt\n-r "base file.txt"\n-r requirements.in\na',
    'base file.txt': 'b\n-r requirements.txt\n',
    'requirements.in': 'd>=4',
    'constraints.txt': '-c more.txt\na==1\nunused==9',
    'more.txt': 'b==2\n-r constraints.txt',
    'lone-requirements.in': 'e==1',
  })
  assert.deepEqual(named(found).sort(), ['a 1', 'b 2', 'd 4'])
})

test('requirements.txt: old ends of lines, and a file that is elsewhere', () => {
  const problems: string[] = []
  const text = 'a==1\rb==2\r-r https://user:word@host/more.txt\r'
  const entry = { path: 'requirements.txt', size: text.length, mode: 0o644 }
  const facts = requirements.parse(memoryFile(entry, Buffer.from(text)), (code, detail) =>
    problems.push(`${code}: ${detail}`),
  )
  assert.deepEqual(
    facts?.items.map(({ name, line }) => `${name} ${line}`),
    ['a 1', 'b 2'],
  )
  assert.deepEqual(problems, ['unsupported: includes a file that is elsewhere: https://host/more.txt'])
})

test('requirements.txt as conda exports it', () => {
  const text =
    '# $ conda create --name <env> --file <this file>\n# platform: linux-64\nnumpy=1.21.2=py39h20f2e39_0\nrequests=2.26.0=pypi_0\n'
  const found = foundIn(requirements, { 'requirements.txt': text })
  assert.deepEqual(
    found.map(({ name, version, type }) => [name, version, type]),
    [
      ['numpy', '1.21.2', 'conda'],
      ['requests', '2.26.0', undefined],
    ],
  )
})

test('requirements.txt: an included file that is not there is told', () => {
  const problems: string[] = []
  const parse = (path: string, text: string) => ({
    path,
    facts: requirements.parse(memoryFile({ path, size: text.length, mode: 0o644 }, Buffer.from(text)))!,
  })
  const files = [
    parse('requirements.txt', '-r gone.txt\n-r empty-requirements.txt\n-c pins.in\na==1'),
    parse('empty-requirements.txt', '# none'),
  ]
  const view = { files, get: (path: string) => files.find(file => file.path === path)?.facts }
  const found = requirements.assemble!({
    ...view,
    problem: (path, code, detail) => problems.push(`${path} ${code} ${detail}`),
  })
  assert.deepEqual(named(found), ['a 1'])
  assert.deepEqual(problems, [
    'requirements.txt unreadable includes gone.txt, pins.in, not found as a list of requirements',
  ])
})

test('requirements.lock of Rye, not of Helm', () => {
  const rye = '# generated by rye\n-e file:.\na==1.0\n    # via b\nb==2.0\n'
  const helm =
    'dependencies:\n- name: redis\n  repository: https://charts.host/\n  version: 10.5.7\ndigest: sha256:00\ngenerated: "2020-01-01T00:00:00Z"\n'
  assert.deepEqual(named(foundIn(requirements, { 'requirements.lock': rye, 'chart/requirements.lock': helm })), [
    'a 1.0',
    'b 2.0',
  ])
})
