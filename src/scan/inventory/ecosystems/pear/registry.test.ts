import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { pearRegistry } from './registry.ts'

test('packages of pear and pecl', () => {
  const found = foundIn(pearRegistry, {
    'usr/local/lib/php/.registry/.channel.pecl.php.net/redis.reg':
      'a:2:{s:4:"name";s:5:"redis";s:7:"version";a:2:{s:7:"release";s:5:"6.0.2";s:3:"api";s:5:"6.0.0";}}',
    'usr/local/lib/php/.registry/archive_tar.reg':
      'a:3:{s:4:"name";s:11:"Archive_Tar";s:7:"channel";s:12:"pear.php.net";s:7:"version";s:6:"1.4.14";}',
    'usr/local/lib/php/.registry/bad.reg': 'a:0:{}',
  })
  deepEqual(named(found), ['redis 6.0.2', 'Archive_Tar 1.4.14'])
  deepEqual(
    found.map(({ extra }) => extra?.channel),
    ['pecl.php.net', 'pear.php.net'],
  )
})
