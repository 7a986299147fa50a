import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { opamPackage } from './package.ts'

test('installed packages and lock files', () => {
  const packages = foundIn(opamPackage, {
    'home/opam/.opam/4.14/.opam-switch/packages/dune.3.14.0/opam': 'opam-version: "2.0"\nlicense: "MIT"\n',
    'home/opam/.opam/4.14/.opam-switch/packages/zarith.1.13/opam':
      'license: ["LGPL-2.0-only" "OCaml-LGPL-linking-exception"]\n',
    'lib/ours.opam': 'opam-version: "2.0"\nversion: "0.2"\n',
    'lib/unversioned.opam': 'opam-version: "2.0"\n',
    'app.opam.locked':
      'depends: [\n  "cmdliner" {= "1.2.0"}\n  "alcotest" {= "1.7.0" & with-test}\n  "any" {>= "1.0"}\n]\n',
  })
  deepEqual(named(packages), [
    'dune 3.14.0',
    'zarith 1.13',
    'ours 0.2',
    'cmdliner 1.2.0',
    'alcotest 1.7.0 (development)',
  ])
  deepEqual(packages[1]!.licenses, ['LGPL-2.0-only', 'OCaml-LGPL-linking-exception'])
})

test('an opam file outside of a switch', () => {
  const packages = foundIn(opamPackage, {
    'project/opam': 'opam-version: "2.0"\nname: "ours"\nversion: "1.0"\n',
    'vendor/fmt.0.9.0/opam': 'opam-version: "2.0"\n',
    'other/opam': 'opam-version: "2.0"\nname: "unversioned"\n',
  })
  deepEqual(named(packages), ['ours 1.0', 'fmt 0.9.0'])
  deepEqual(wants(opamPackage, 'repo/packages/fmt/fmt.0.9.0/opam'), false)
})
