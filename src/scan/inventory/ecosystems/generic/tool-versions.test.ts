import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { toolVersions } from './tool-versions.ts'

test('tools of asdf and mise', () => {
  const found = foundIn(toolVersions, {
    '.tool-versions': 'nodejs 20.11.0 # LTS\npython 3.12.1 3.11.7\njava temurin-21.0.1+12.0.LTS\nruby latest\n\n',
    'mise.toml': '[tools]\ngo = "1.22.0"\nterraform = { version = "1.7.0" }\nnode = "lts"\n',
  })
  deepEqual(
    named(found).map(text => text.replace(' (development)', '')),
    ['node 20.11.0', 'python 3.12.1', 'python 3.11.7', 'openjdk 21.0.1+12.0.LTS', 'go 1.22.0', 'terraform 1.7.0'],
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
    ['node 18.12.0', 'python 3.12.1', 'ruby 3.2.2'],
  )
})
