import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryFile } from '../../../image/content.ts'
import { wants } from '../../check-extractor.ts'
import { gomod } from './gomod.ts'

const cases: [name: string, files: Record<string, string>, expected: string[]][] = [
  [
    'direct, indirect, and the standard library of the toolchain line',
    {
      'go.mod':
        'module m\n\ngo 1.23.5\n\ntoolchain go1.23.6\n\nrequire a.com/a v1.0.0\nrequire (\n\tb.com/b v2.0.0+incompatible // indirect\n)\n',
    },
    ['a.com/a v1.0.0 direct', 'b.com/b v2.0.0+incompatible indirect', 'stdlib 1.23.6 direct'],
  ],
  [
    'replaced: this version, any version, by a folder',
    {
      'go.mod':
        'module m\nrequire (\n a.com/a v1.0.0\n b.com/b v1.0.0\n c.com/c v1.0.0\n d.com/d v1.0.0\n)\nreplace a.com/a v1.0.0 => x.com/a v9.0.0\nreplace (\n b.com/b => "x.com/b" v9.0.0\n c.com/c => ../c\n d.com/d v0.9.0 => x.com/d v9.0.0\n)\n',
    },
    ['x.com/a v9.0.0 direct', 'x.com/b v9.0.0 direct', 'd.com/d v1.0.0 direct'],
  ],
  [
    'parentheses without blanks',
    { 'go.mod': 'module m\nrequire(\n\ta.com/a v1.0.0\n)\nreplace(\n\ta.com/a => x.com/a v9.0.0\n)\n' },
    ['x.com/a v9.0.0 direct'],
  ],
  [
    'before Go 1.17 go.sum names the rest, by the highest version it saw',
    {
      'go.mod': 'module m\ngo 1.16\nrequire a.com/a v1.0.0\n',
      'go.sum':
        'a.com/a v0.9.0/go.mod h1:x=\na.com/a v1.0.0 h1:x=\nb.com/b v0.1.0/go.mod h1:x=\nb.com/b v0.2.0 h1:x=\n',
    },
    ['a.com/a v1.0.0 direct', 'b.com/b v0.2.0 indirect', 'stdlib 1.16 direct'],
  ],
  [
    'from Go 1.17 on go.sum is not the build list',
    { 'go.mod': 'module m\ngo 1.17\nrequire a.com/a v1.0.0\n', 'go.sum': 'b.com/b v0.2.0 h1:x=\n' },
    ['a.com/a v1.0.0 direct', 'stdlib 1.17 direct'],
  ],
  [
    'go.sum without a go.mod',
    { 'go.sum': 'b.com/b v0.1.0 h1:x=\nb.com/b v0.2.0/go.mod h1:x=\n' },
    ['b.com/b v0.2.0 indirect'],
  ],
  [
    'retract and tool say nothing; comments and quotes are read',
    {
      'go.mod':
        'module m // x\nexclude a.com/a v1.1.0\nretract (\n v1.0.0 // bad\n)\ntool a.com/a/cmd\nrequire `a.com/a` v1.0.0 // why not\n',
    },
    ['a.com/a v1.0.0 direct'],
  ],
]
cases.push(
  [
    'a go.work above replaces for the modules that it uses',
    {
      'go.work': 'go 1.21\nuse (\n\t./one\n\t./two/\n)\nreplace a.com/a => w.com/a v3.0.0\n',
      'one/go.mod': 'module one\nrequire a.com/a v1.0.0\nreplace a.com/a v1.0.0 => x.com/a v2.0.0\n',
      'two/go.mod': 'module two\nrequire a.com/a v1.1.0\n',
      'three/go.mod': 'module three\nrequire a.com/a v1.2.0\n',
    },
    ['w.com/a v3.0.0 direct', 'w.com/a v3.0.0 direct', 'a.com/a v1.2.0 direct'],
  ],
  [
    'what is excluded is not taken, though it is required',
    {
      'go.mod':
        '\ufeffmodule m\r\nexclude (\r\n\ta.com/a v1.0.0\r\n)\r\nrequire (\r\n\ta.com/a v1.0.0\r\n\ta.com/a v1.1.0\r\n)\r\n',
    },
    ['a.com/a v1.1.0 direct'],
  ],
  [
    'a go.sum put together by hand: the highest version, wherever it stands',
    { 'go.sum': 'b.com/b v0.10.0 h1:x=\nb.com/b v0.9.0 h1:x=\nb.com/b v0.10.0/go.mod h1:x=\n' },
    ['b.com/b v0.10.0 indirect'],
  ],
)
for (const [name, files, expected] of cases) {
  test(`go.mod: ${name}`, () => {
    const facts = Object.entries(files).map(([path, text]) => ({
      path: `app/${path}`,
      facts: parse(`app/${path}`, text),
    }))
    const view = { files: facts, get: (path: string) => facts.find(item => item.path === path)?.facts }
    const found = gomod.assemble!(view)
    assert.deepEqual(
      found.map(item => `${item.name} ${item.version} ${item.relationship}`),
      expected,
    )
    assert.ok(found.every(item => item.path?.startsWith('app/')))
  })
}

function parse(path: string, text: string) {
  const bytes = Buffer.from(text)
  return gomod.parse(memoryFile({ path, size: bytes.length, mode: 0o644 }, bytes))!
}

test('go.mod: not those of the module cache', () => {
  assert.ok(wants(gomod, 'src/pkg/modules/go.mod'))
  assert.ok(!wants(gomod, 'go/pkg/mod/example.com/a@v1.0.0/go.mod'))
})
