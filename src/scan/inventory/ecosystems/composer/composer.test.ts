import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { composerVendor } from './installed.ts'
import { composerLock } from './lock.ts'

const lock = JSON.stringify({
  packages: [
    {
      name: 'Vendor/A',
      version: 'v1.0.2',
      license: ['MIT', 'GPL-2.0'],
      require: { php: '>=8', 'vendor/b': '^2' },
      source: { url: 'https://host/a.git', reference: '0123456789' },
    },
    { name: 'vendor/b', version: 'dev-main', license: 'MIT' },
    { name: 'no/version' },
  ],
  'packages-dev': [{ name: 'vendor/t', version: '3.0.0', require: { 'vendor/a': '*' } }],
})

test('composer.lock: both lists, licences, what requires what', () => {
  const found = foundIn(composerLock, { 'app/composer.lock': lock })
  assert.deepEqual(named(found), ['Vendor/A v1.0.2', 'vendor/b dev-main', 'vendor/t 3.0.0 (development)'])
  assert.deepEqual(
    found.map(pkg => pkg.licenses),
    [['MIT', 'GPL-2.0'], ['MIT'], undefined],
  )
  assert.deepEqual(
    found.map(pkg => pkg.dependsOn),
    [['app/composer.lock#vendor/b@dev-main'], undefined, ['app/composer.lock#Vendor/A@v1.0.2']],
  )
  assert.deepEqual(found[0]?.extra, { resolved: 'https://host/a.git', commit: '0123456789' })
  assert.equal(found[0]?.relationship, undefined)
})

test('composer.json beside it says what is direct; a broken one hides nothing', () => {
  const manifest = '{"require":{"vendor/a":"^1","php":">=8"},"require-dev":{"vendor/t":"*"}}'
  const found = foundIn(composerLock, { 'composer.lock': lock, 'composer.json': manifest })
  assert.deepEqual(
    found.map(pkg => pkg.relationship),
    ['direct', 'indirect', 'direct'],
  )
  assert.equal(foundIn(composerLock, { 'composer.lock': lock, 'composer.json': '{' }).length, 3)
})

test('installed.json of Composer 1 and 2', () => {
  const packages = [
    { name: 'vendor/a', version: '1.0.0', version_normalized: '1.0.0.0', require: { 'vendor/b': '*' } },
    { name: 'vendor/b', version: '2.0.0' },
  ]
  const path = 'app/vendor/composer/installed.json'
  assert.deepEqual(named(foundIn(composerVendor, { [path]: JSON.stringify(packages) })), [
    'vendor/a 1.0.0',
    'vendor/b 2.0.0',
  ])
  const found = foundIn(composerVendor, {
    [path]: JSON.stringify({ packages, dev: true, 'dev-package-names': ['vendor/b'] }),
  })
  assert.deepEqual(named(found), ['vendor/a 1.0.0', 'vendor/b 2.0.0 (development)'])
  assert.deepEqual(found[0]?.dependsOn, [`${path}#vendor/b@2.0.0`])
})

test('files of other things are passed over, broken ones are errors', () => {
  assert.ok(!wants(composerVendor, 'app/installed.json'))
  assert.ok(!wants(composerLock, 'app/vendor/a/b/composer.lock'))
  for (const text of ['', '[]', '{"packages":']) assert.throws(() => foundIn(composerLock, { 'composer.lock': text }))
  assert.throws(() => foundIn(composerVendor, { 'vendor/composer/installed.json': '1' }))
})

const php = `<?php return array(
    'root' => array(
        'name' => 'our/app',
        'pretty_version' => '1.0.0+no-version-set',
        'reference' => NULL,
        'dev' => true,
    ),
    'versions' => array(
        'a/b' => array(
            'pretty_version' => 'v1.2.0',
            'version' => '1.2.0.0',
            'reference' => '0123456789abcdef0123456789abcdef01234567',
            'install_path' => __DIR__ . '/../a/b',
            'aliases' => array(),
            'dev_requirement' => false,
        ),
        'a/implementation' => array(
            'dev_requirement' => false,
            'provided' => array(
                0 => '1.0.0',
            ),
        ),
        'c/d' => array(
            'pretty_version' => 'dev-main',
            'reference' => null,
            'dev_requirement' => true,
        ),
        'our/app' => array(
            'pretty_version' => '1.0.0+no-version-set',
            'dev_requirement' => false,
        ),
    ),
);
`

test('installed.php, where installed.json was taken away', () => {
  const found = foundIn(composerVendor, { 'app/vendor/composer/installed.php': php })
  assert.deepEqual(named(found), ['a/b v1.2.0', 'c/d dev-main (development)'])
  assert.deepEqual(found[0]?.extra, { commit: '0123456789abcdef0123456789abcdef01234567' })
  const both = { 'v/composer/installed.php': php, 'v/composer/installed.json': '[{"name":"a/b","version":"1"}]' }
  assert.deepEqual(named(foundIn(composerVendor, both)), ['a/b 1'])
  assert.throws(() => foundIn(composerVendor, { 'v/composer/installed.php': '<?php return array(' }))
})
