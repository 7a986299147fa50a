import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { shardLock } from './shard-lock.ts'

test('both versions of shard.lock', () => {
  const two =
    'version: 2.0\nshards:\n  kemal:\n    git: https://github.com/kemalcr/kemal.git\n    version: 1.4.0\n  radix:\n    git: https://x/radix\n    version: 0.4.1+git.commit.abcdef\n'
  const found = foundIn(shardLock, { 'shard.lock': two })
  deepEqual(named(found), ['kemal 1.4.0', 'radix 0.4.1'])
  deepEqual(found[1]!.extra?.commit, 'abcdef')
  const one = 'version: 1.0\nshards:\n  db:\n    github: crystal-lang/crystal-db\n    version: 0.5.0\n'
  deepEqual(foundIn(shardLock, { 'shard.lock': one })[0]!.extra?.resolved, 'https://github.com/crystal-lang/crystal-db')
  deepEqual(foundIn(shardLock, { 'shard.lock': '' }), [])
  deepEqual(foundIn(shardLock, { 'shard.lock': 'shards:\n  "":\n    version: 1.0.0\n' }), [])
})
