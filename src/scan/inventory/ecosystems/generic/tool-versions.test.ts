import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { toolVersions } from './tool-versions.ts'

test('tools of asdf and mise', () => {
  const found = foundIn(toolVersions, {
    '.tool-versions': 'nodejs 20.11.0 # LTS\npython 3.12.1 3.11.7\njava temurin-21.0.1+12.0.LTS\nruby latest\n\n',
    'mise.toml':
      '[tools]\ngo = "1.22.0"\nterraform = { version = "1.7.0" }\nnode = "lts"\npython = ["3.10.1", "3.9.2"]\n',
    'a/mise.local.toml': '[tools]\ndeno = "v1.40.0"\nnode = { version = "prefix:20" }\n',
    '.mise/config.toml': '[tools]\nzig = "0.11.0"\n',
    '.config/mise/conf.d/own.toml': '[tools]\nerlang = "26.2"\n',
  })
  deepEqual(
    named(found).map(text => text.replace(' (development)', '')),
    [
      'nodejs 20.11.0',
      'python 3.12.1',
      'python 3.11.7',
      'java temurin-21.0.1+12.0.LTS',
      'go 1.22.0',
      'terraform 1.7.0',
      'python 3.10.1',
      'python 3.9.2',
      'deno 1.40.0',
      'zig 0.11.0',
      'erlang 26.2',
    ],
  )
})

test('one version for one tool', () => {
  const found = foundIn(toolVersions, {
    '.nvmrc': 'v18.12.0\n',
    'app/.node-version': 'lts/iron\n',
    '.python-version': '3.12.1\r\nmyproject-env\n',
    '.ruby-version': 'ruby-3.2.2\n',
  })
  deepEqual(
    named(found).map(text => text.replace(' (development)', '')),
    ['nodejs 18.12.0', 'python 3.12.1', 'ruby 3.2.2'],
  )
})

const nodes: [text: string, expected: string[]][] = [
  ['18\n', ['nodejs 18']],
  ['v18', ['nodejs 18']],
  ['18.17', ['nodejs 18.17']],
  ['# ours\nv16.0.0 # why\n', ['nodejs 16.0.0']],
  ['lts/iron', []],
  ['node', []],
  ['18.x', []],
]
for (const [text, expected] of nodes) {
  test(`.nvmrc with ${JSON.stringify(text)}`, () =>
    deepEqual(
      named(foundIn(toolVersions, { '.nvmrc': text })).map(name => name.replace(' (development)', '')),
      expected,
    ))
}
