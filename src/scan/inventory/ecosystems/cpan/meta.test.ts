import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { perlMeta } from './meta.ts'

const json = JSON.stringify({
  name: 'Capture-Tiny',
  version: '0.48',
  license: ['apache_2_0'],
  'meta-spec': { url: 'http://search.cpan.org/perldoc?CPAN::Meta::Spec', version: 2 },
})

test('META files of a distribution, once', () => {
  const yml =
    'name: Capture-Tiny\nversion: "0.48"\nlicense: apache\nmeta-spec:\n  url: http://module-build.sourceforge.net/META-spec-v1.4.html\n'
  deepEqual(named(foundIn(perlMeta, { 'x/META.json': json, 'x/META.yml': yml, 'x/MYMETA.json': json })), [
    'Capture-Tiny 0.48',
  ])
  deepEqual(named(foundIn(perlMeta, { 'META.yml': yml })), ['Capture-Tiny 0.48'])
  deepEqual(
    foundIn(perlMeta, {
      'META.json': '{"name":"pgtap","version":"1.2.0","meta-spec":{"url":"https://pgxn.org/meta/spec.txt"}}',
    }),
    [],
  )
})

test('the oldest form, which names its writer alone, and what configuring wrote', () => {
  const old = '--- #YAML:1.0\nname: Digest-SHA1\nversion: 2.11\ngenerated_by: ExtUtils::MakeMaker version 6.30\n'
  deepEqual(named(foundIn(perlMeta, { 'x/META.yml': old, 'y/MYMETA.yml': old, 'y/META.yml': old })), [
    'Digest-SHA1 2.11',
    'Digest-SHA1 2.11',
  ])
  deepEqual(foundIn(perlMeta, { 'META.yml': 'name: x\nversion: 1\n' }), [])
})
