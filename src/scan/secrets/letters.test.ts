import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findSecrets } from './find.ts'
import { isPassphrase, isRandomLetters, letterBits } from './letters.ts'

const random = ['RJKNvGNwQcFDP', 'iz_oQXxMEtaas', 'DXldMmJ-NhXphSZqafZy', 'hKZfwNuBuUuuKOCbELs', 'qlafkxjtmgprvwhn']
const spoken = [
  'passwordResetToken',
  'currentPassword',
  'WebGLProgram',
  'acceptDownloads',
  'no_password-given',
  'KxECDHE-PSK',
  'internationalisation',
  'short',
]
for (const text of random) test(`${text} is random`, () => assert.ok(isRandomLetters(text)))
for (const text of spoken) test(`${text} is of a language`, () => assert.ok(!isRandomLetters(text)))

test('letters apart have no neighbours', () => assert.equal(letterBits('1-2.a_3'), 0))

const phrases: [text: string, is: boolean][] = [
  ['castle-maple-marble', true],
  ['Tiger_River_Falcon', true],
  ['castle-maple', false],
  ['castle-castle-castle', false],
  ['reset-your-account', false],
  ['my-release-postgresql', false],
  ['castle-maple-7', false],
  ['castle.maple-marble', false],
]
for (const [text, is] of phrases)
  test(`${text} is ${is ? 'a passphrase' : 'none'}`, () => assert.equal(isPassphrase(text), is))

const certain: [path: string, text: string][] = [
  ['.env', 'DB_PASSWORD=castle-maple-marble'],
  ['a.sql', "CREATE USER app IDENTIFIED BY 'castle-maple-marble';"],
  ['wp-config.php', "define( 'DB_PASSWORD', 'RJKNvGNwQcFDP' );"],
]
for (const [path, text] of certain)
  test(`certain in ${path}: ${text}`, () => assert.deepEqual(findSecrets(text, path)[0]?.certainty, undefined))

const none: [path: string, text: string][] = [
  ['a.js', 'const PASSWORD_SPECIAL = "!@#$%^&*()_+-=[]{}|"'],
  ['a.js', 'const passwordChars = "!@#$%^&*()_+-="'],
  ['.env', 'PASSWORD_HASHER=argon2id'],
  ['a.json', '{"AWS::ApiGateway::ApiKey": "48205d4ffd7feba3"}'],
]
for (const [path, text] of none)
  test(`nothing in ${path}: ${text}`, () =>
    assert.deepEqual(
      findSecrets(text, path).map(({ rule }) => rule),
      [],
    ))
