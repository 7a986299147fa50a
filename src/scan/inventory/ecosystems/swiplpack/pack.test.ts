import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { prologPack } from './pack.ts'

test('facts of a pack', () => {
  const text =
    "% hello\nname(hello_world).\nversion('1.2.0').\ntitle('A (small) pack').\nauthor( 'A', 'a@example.org' ).\nrequires(func).\nrequires(list_util).\n"
  const [pack] = foundIn(prologPack, { 'usr/lib/swi-prolog/pack/hello_world/pack.pl': text })
  deepEqual([pack?.name, pack?.version, pack?.dependsOn], ['hello_world', '1.2.0', ['func', 'list_util']])
  deepEqual(named(foundIn(prologPack, { 'x/pack.pl': 'name(\'a\').\r\nversion("2.0").\r\n' })), ['a 2.0'])
  deepEqual(named(foundIn(prologPack, { 'x/pack.pl': 'name(a).\nversion(0.1).\n' })), ['a 0.1'])
})

test('another program of that name', () => {
  equal(foundIn(prologPack, { 'bin/pack.pl': '#!/usr/bin/perl\nprint "version(1)";\n' }).length, 0)
})
