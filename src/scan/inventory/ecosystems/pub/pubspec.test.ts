import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn } from '../../check-extractor.ts'
import { pubspec } from './pubspec.ts'

test('a package of the cache, a project, and one without a version', () => {
  const found = foundIn(pubspec, {
    'root/.pub-cache/hosted/pub.dev/args-2.4.2/pubspec.yaml':
      'name: args\nversion: 2.4.2\nenvironment:\n  sdk: ">=2.19.0 <4.0.0"\n',
    'app/pubspec.yaml': 'name: app\nversion: 1.10+3\n',
    'tool/pubspec.yaml': 'name: tool\npublish_to: none\n',
  })
  deepEqual(found, [
    { name: 'args', version: '2.4.2' },
    { name: 'app', version: '1.10+3', relationship: 'root' },
  ])
})
