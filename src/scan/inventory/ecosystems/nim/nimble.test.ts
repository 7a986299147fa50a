import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { nimbleLock, nimblePackage } from './nimble.ts'

test('nimble.lock', () => {
  const text =
    '{"version":2,"packages":{"jester":{"version":"0.6.0","vcsRevision":"ab","url":"https://x/jester"},"y":{}}}'
  deepEqual(named(foundIn(nimbleLock, { 'nimble.lock': text })), ['jester 0.6.0', 'y '])
})

test('installed packages', () => {
  const text = '# Package\nversion = "0.6.0"\nlicense       = "MIT"\n'
  const found = foundIn(nimblePackage, {
    'root/.nimble/pkgs2/jester-0.6.0-0123456789012345678901234567890123456789/jester.nimble': text,
    'root/.nimble/pkgs/chronos-3.2.0/chronos.nimble': '',
  })
  deepEqual(named(found), ['jester 0.6.0', 'chronos 3.2.0'])
  deepEqual(found[0]!.licenses, ['MIT'])
})
