import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { cpanfileSnapshot } from './cpanfile-snapshot.ts'
import { perlInstalled } from './installed.ts'

test('cpanfile.snapshot: distributions, not their modules', () => {
  const text = `# carton snapshot format: version 1.0
DISTRIBUTIONS
  Module-Build-Tiny-0.047
    pathname: L/LE/LEONT/Module-Build-Tiny-0.047.tar.gz
    provides:
      Module::Build::Tiny 0.047
    requirements:
      CPAN::Meta 0
  Mojolicious-v9.35.1-TRIAL
    pathname: S/SR/SRI/x.tar.gz
`
  deepEqual(named(foundIn(cpanfileSnapshot, { 'cpanfile.snapshot': text })), [
    'Module-Build-Tiny 0.047',
    'Mojolicious v9.35.1-TRIAL',
  ])
})

test('install.json of cpanm', () => {
  const path = 'usr/local/lib/perl5/site_perl/5.38.2/x86_64-linux/.meta/Try-Tiny-0.31/install.json'
  deepEqual(named(foundIn(perlInstalled, { [path]: '{"name":"Try::Tiny","version":"0.31","dist":"Try-Tiny-0.31"}' })), [
    'Try-Tiny 0.31',
  ])
  deepEqual(named(foundIn(perlInstalled, { [path]: '{}' })), ['Try-Tiny 0.31'])
})
