import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { elmJson } from './elm-json.ts'

test('an application’s packages; a package’s ranges are none', () => {
  const text = JSON.stringify({
    type: 'application',
    dependencies: { direct: { 'elm/core': '1.0.5' }, indirect: { 'elm/json': '1.1.3' } },
    'test-dependencies': { direct: { 'elm-explorations/test': '2.1.1' }, indirect: {} },
  })
  deepEqual(named(foundIn(elmJson, { 'elm.json': text })), [
    'elm/core 1.0.5',
    'elm/json 1.1.3',
    'elm-explorations/test 2.1.1 (development)',
  ])
  deepEqual(foundIn(elmJson, { 'elm.json': '{"type":"package","dependencies":{"elm/core":"1.0.0 <= v < 2.0.0"}}' }), [])
})
