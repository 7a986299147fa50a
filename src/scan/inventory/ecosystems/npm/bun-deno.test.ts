import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryFile } from '../../../image/content.ts'
import { foundIn } from '../../check-extractor.ts'
import { bun } from './bun.ts'
import { deno } from './deno.ts'
import { packageOfImport } from './deno-import.ts'

test('bun: comments and commas, nested copies, aliases, addresses, workspaces, development', () => {
  const found = foundIn(bun, {
    'bun.lock': `{
  "lockfileVersion": 1, // text
  "workspaces": {
    "": { "name": "root", "dependencies": { "a": "1", "lod": "npm:lodash@4", }, "devDependencies": { "t": "1", }, },
    "packages/w": { "name": "w", "version": "0.1.0", "dependencies": { "g": "github:o/g", }, },
  },
  "packages": {
    "a": ["a@1.0.0", "", { "dependencies": { "@s/b": "2", "dir": "file:dir" } }, "sha512-a=="],
    "dir": ["dir@file:dir", {}],
    "a/@s/b": ["@s/b@2.0.0", "", { "dependencies": { "c": "1" } }, "sha512-b=="],
    "@s/b": ["@s/b@1.0.0", "", {}, "sha512-b1=="],
    "c": ["c@1.0.0", "", {}, "sha512-c=="],
    "a/@s/b/c": ["c@2.0.0", "", {}, "sha512-c2=="],
    "g": ["g@github:o/g#0123456789", {}, "o-g-0123456"],
    "lod": ["lodash@4.17.21", "", {}, "sha512-l=="],
    "t": ["t@1.0.0", "", { "dependencies": { "c": "1", "@s/b": "1" } }, "sha512-t=="],
    "tar": ["tar@https://host/tar/-/tar-1.2.3.tgz", {}, "sha512-r=="],
    /* part of the project */
    "w": ["w@workspace:packages/w"],
  },
}
`,
  })
  assert.deepEqual(
    found.map(({ name, version, relationship, development, dependsOn }) =>
      [`${name}@${version}`, relationship, development ? 'development' : '', dependsOn?.join(' ') ?? ''].join('|'),
    ),
    [
      'a@1.0.0|direct||@s/b@2.0.0',
      '@s/b@2.0.0|indirect||c@2.0.0',
      '@s/b@1.0.0|indirect|development|',
      'c@1.0.0|indirect|development|',
      'c@2.0.0|indirect||',
      'g@|direct||',
      'lodash@4.17.21|direct||',
      't@1.0.0|direct|development|c@1.0.0 @s/b@1.0.0',
      'tar@1.2.3|indirect|development|',
      'w@0.1.0|workspace||g@github:o/g#0123456789',
    ],
  )
  assert.deepEqual(found[5]?.extra, { resolved: 'github:o/g#0123456789', commit: '0123456789' })
})

test('bun: entries of another form are told, the others read', () => {
  const problems: string[] = []
  const text = '{ "packages": { "a": ["a@1.0.0"], "b": [], "c": "c@1.0.0", "d": [1], "e": ["e"] } }'
  const file = memoryFile({ path: 'bun.lock', size: text.length, mode: 0o644 }, Buffer.from(text))
  const found = bun.parse(file, (_, detail) => void problems.push(detail))
  assert.deepEqual(
    found?.map(named => named.name),
    ['a'],
  )
  assert.deepEqual(problems, ['bun: 4 entries that name no package'])
})

test('deno: all forms of the file', () => {
  const integrity = { integrity: 'sha512-x==' }
  const forms: object[] = [
    {
      version: '2',
      npm: {
        specifiers: { 'a@1': 'a@1.0.0' },
        packages: { 'a@1.0.0': { ...integrity, dependencies: { b: '@s/b@2.0.0' } }, '@s/b@2.0.0': integrity },
      },
    },
    {
      version: '3',
      packages: {
        specifiers: { 'npm:a@1': 'npm:a@1.0.0' },
        npm: { 'a@1.0.0': { ...integrity, dependencies: { b: '@s/b@2.0.0' } }, '@s/b@2.0.0': integrity },
      },
    },
    {
      version: '5',
      specifiers: { 'npm:a@1': '1.0.0_@s+b@2.0.0' },
      jsr: { '@std/x@1.0.0': integrity },
      npm: { 'a@1.0.0_@s+b@2.0.0': { ...integrity, dependencies: ['@s/b'] }, '@s/b@2.0.0': integrity },
    },
  ]
  for (const form of forms) {
    const found = foundIn(deno, { 'deno.lock': JSON.stringify(form) })
    assert.deepEqual(
      found.map(({ name, version, relationship, dependsOn }) => [name, version, relationship, dependsOn]),
      [
        ['a', '1.0.0', 'direct', ['@s/b@2.0.0']],
        ['@s/b', '2.0.0', 'indirect', undefined],
        ...('jsr' in form ? [['@std/x', '1.0.0', undefined, undefined]] : []),
      ],
    )
  }
})

const imports: [specifier: string, expected: string | undefined][] = [
  ['npm:chalk@5.3.0', 'npm chalk@5.3.0'],
  ['npm:/@s/a@^1.2.0/deep/path.js', 'npm @s/a@1.2.0'],
  ['npm:chalk', undefined],
  ['npm:chalk@latest', undefined],
  ['jsr:@std/path@~1.0.0', 'generic @std/path@1.0.0'],
  ['https://jsr.io/@std/path/1.0.0/mod.ts', 'generic @std/path@1.0.0'],
  ['https://esm.sh/v135/react-dom@18.2.0/client?dev', 'npm react-dom@18.2.0'],
  ['https://esm.sh/*@s/a@1.0.0', 'npm @s/a@1.0.0'],
  ['https://esm.sh/gh/o/r@1.0.0', undefined],
  ['https://esm.sh/jsr/@std/path@1.0.0', 'generic @std/path@1.0.0'],
  ['https://unpkg.com/lodash@4.17.21/', 'npm lodash@4.17.21'],
  ['https://cdn.jsdelivr.net/npm/lodash@4.17.21/lodash.js', 'npm lodash@4.17.21'],
  ['https://cdn.jsdelivr.net/gh/o/r@1.0.0/x.js', undefined],
  ['https://deno.land/std@0.200.0/path/mod.ts', 'generic deno.land/std@0.200.0'],
  ['https://deno.land/x/oak@v12.6.1/mod.ts', 'generic deno.land/x/oak@v12.6.1'],
  ['https://example.com/a@1.0.0/mod.ts', undefined],
  ['./local@1.0.0.ts', undefined],
]
for (const [specifier, expected] of imports)
  test(`deno imports ${specifier}`, () => {
    const found = packageOfImport(specifier)
    assert.equal(found && `${found.type ?? 'npm'} ${found.name}@${found.version}`, expected)
  })

test('deno.json: what it imports, where no lock file says it better', () => {
  const manifest = `{ // settings
    "imports": { "a": "npm:a@^1.0.0", "b": "npm:b@2", "own": "./own.ts", },
    "scopes": { "./x/": { "a": "npm:a@0.9.0" } } }`
  const alone = foundIn(deno, { 'deno.json': manifest })
  assert.deepEqual(
    alone.map(({ name, version, path }) => [name, version, path]),
    [
      ['a', '1.0.0', 'deno.json'],
      ['b', '2', 'deno.json'],
      ['a', '0.9.0', 'deno.json'],
    ],
  )
  const lock = JSON.stringify({ version: '4', npm: { 'a@1.2.0': {} }, remote: { 'https://esm.sh/c@3.0.0/c.js': 'x' } })
  const both = foundIn(deno, { 'deno.jsonc': manifest, 'deno.lock': lock })
  assert.deepEqual(
    both.map(({ name, version }) => [name, version]),
    [
      ['a', '1.2.0'],
      ['c', '3.0.0'],
    ],
  )
})
