import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { wordpressExtensions } from './extensions.ts'

test('plugins and themes', () => {
  const found = foundIn(wordpressExtensions, {
    'var/www/html/wp-content/plugins/akismet/akismet.php':
      '<?php\n/**\n * @package Akismet\n */\n/*\nPlugin Name: Akismet Anti-spam\nVersion: 5.3\r\nLicense: GPLv2 or later\n*/\n',
    'var/www/html/wp-content/plugins/akismet/class.akismet.php': '<?php\n// Version: 1.0\n',
    'var/www/html/wp-content/themes/twentytwentyfour/style.css':
      '/*\nTheme Name: Twenty Twenty-Four\nVersion: 1.0\n*/\n',
  })
  deepEqual(named(found), ['akismet 5.3', 'twentytwentyfour 1.0'])
})

test('a plugin of one file', () => {
  const text = '<?php\n/*\nPlugin Name: Hello Dolly\nVersion: 1.7.2\n*/\n'
  const found = foundIn(wordpressExtensions, {
    'var/www/wp-content/plugins/hello.php': text,
    'wp-content/plugins/index.php': '<?php // Silence is golden.',
  })
  deepEqual(
    found.map(({ name, version }) => [name, version]),
    [['hello', '1.7.2']],
  )
})
