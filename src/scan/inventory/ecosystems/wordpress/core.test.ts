import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { wordpressCore } from './core.ts'

test('the version of WordPress itself', () => {
  const text = "<?php\n/**\n * @global string $wp_version\n */\n$wp_version = '6.4.2';\n$wp_db_version = 56657;\n"
  deepEqual(named(foundIn(wordpressCore, { 'var/www/html/wp-includes/version.php': text })), ['wordpress 6.4.2'])
  deepEqual(foundIn(wordpressCore, { 'wp-includes/version.php': '<?php echo 1;' }), [])
  equal(wants(wordpressCore, 'var/www/html/version.php'), false)
})
