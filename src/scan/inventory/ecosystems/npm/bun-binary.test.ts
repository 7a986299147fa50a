import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { foundIn } from '../../check-extractor.ts'
import { bun } from './bun.ts'

/** Written by Bun 1.1 and 1.3 for one project: an alias, a tarball's address, a workspace, a package for development. */
const files = ['format-2.lockb', 'format-3.lockb'].map(name => ({
  name,
  bytes: readFileSync(new URL(`testdata/${name}`, import.meta.url)),
}))

for (const { name, bytes } of files) {
  test(`bun.lockb: ${name}`, () => {
    const found = foundIn(bun, { 'bun.lockb': bytes })
    assert.deepEqual(
      found
        .map(({ name, version, relationship, development, dependsOn }) =>
          [`${name}@${version}`, relationship, development ? 'development' : '', dependsOn ?? ''].join('|'),
        )
        .sort(),
      [
        '@babel/helper-validator-identifier@7.22.20|direct||',
        'gensync@1.0.0-beta.2|direct|development|',
        'is-number@6.0.0|indirect||',
        'is-number@7.0.0|direct||',
        'is-odd@3.0.1|direct||is-number@6.0.0',
        'lru-cache@6.0.0|indirect||yallist@4.0.0',
        'semver@7.5.4|direct||lru-cache@6.0.0',
        'yallist@4.0.0|indirect||',
      ],
    )
    const semver = found.find(pkg => pkg.name === 'semver')
    assert.equal(
      semver?.extra?.integrity,
      'sha512-1bCSESV6Pv+i21Hvpxp3Dx+pSD8lIPt8uVjRrxAUt/nbswYc+tK6Y2btiULjd4+fnq15PX+nqQDC7Oft7WkwcA==',
    )
  })

  test(`bun.lockb: ${name} cut off anywhere, and with any byte turned, is read or refused`, () => {
    // What follows (workspaces' versions, patches) is not read.
    const size = Number(bytes.readBigUInt64LE(78))
    for (let end = 0; end < size; end += 7) assert.throws(() => foundIn(bun, { 'bun.lockb': bytes.subarray(0, end) }))
    for (let at = 42; at < bytes.length; at += 3) {
      const turned = Buffer.from(bytes)
      turned[at] = turned[at]! ^ 0xff
      try {
        assert.ok(foundIn(bun, { 'bun.lockb': turned }).length < 100)
      } catch (error) {
        assert.match(String(error), /JennerError/)
      }
    }
  })
}

test('bun.lockb: other files and formats are named', () => {
  assert.throws(() => foundIn(bun, { 'bun.lockb': 'x' }), /no bun.lockb/)
  const other = Buffer.from(files[0]!.bytes)
  other.writeUInt32LE(1, 42)
  assert.throws(() => foundIn(bun, { 'bun.lockb': other }), /format 1/)
})
