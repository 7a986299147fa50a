import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn } from '../../check-extractor.ts'
import { bun } from './bun.ts'
import { deno } from './deno.ts'

test('bun: comments and commas, nested copies, aliases, addresses, workspaces, development', () => {
  const found = foundIn(bun, {
    'bun.lock': `{
  "lockfileVersion": 1, // text
  "workspaces": {
    "": { "name": "root", "dependencies": { "a": "1", "lod": "npm:lodash@4", }, "devDependencies": { "t": "1", }, },
    "packages/w": { "name": "w", "version": "0.1.0", "dependencies": { "g": "github:o/g", }, },
  },
  "packages": {
    "a": ["a@1.0.0", "", { "dependencies": { "@s/b": "2" } }, "sha512-a=="],
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

test('bun: a binary lock file is named as not read', () => {
  assert.throws(() => foundIn(bun, { 'bun.lockb': '#!/usr/bin/env bun\nbun-lockfile-format-v0\n' }), /unsupported/)
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
      ],
    )
  }
})
