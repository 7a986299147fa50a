import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { packratLock } from './packrat.ts'

test('packrat.lock', () => {
  const text =
    'PackratFormat: 1.4\nRVersion: 4.3.2\nRepos: CRAN=https://cran.example\n\nPackage: R6\nSource: CRAN\nVersion: 2.5.1\n\nPackage: cli\nSource: CRAN\nVersion: 3.6.2\nRequires: R6,\n    utils\n'
  const found = foundIn(packratLock, { 'packrat/packrat.lock': text })
  deepEqual(named(found), ['R6 2.5.1', 'cli 3.6.2'])
  deepEqual(found[1]!.dependsOn, ['R6', 'utils'])
})
