import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFinder, findSecrets } from './find.ts'
import type { SecretRule } from './rule.ts'
import { secretRules } from './rules/index.ts'

/** Made up, and put together here so that no scanner takes this file for a leak. */
const letters = 'kQ7vZp2LxW9sTb4NcR8mYd3HfJ6gAe5UuVwXqPoI'
const hex = '9f3a7c1e5b8d2046af31c97e58b0d2649f3a7c1e5b8d2046af31c97e58b0d264'
const of = (...parts: string[]) => parts.join('')
const b64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const jwt = `${b64url({ alg: 'HS256', typ: 'JWT' })}.${b64url({ sub: '1' })}.${Buffer.alloc(32, 7).toString('base64url')}`

const found: [rule: string, text: string, path?: string][] = [
  ['aws-access-key-id', of('AKI', 'AQ3T7ZK5WN2PXV4RB')],
  ['aws-secret-access-key', of('aws_secret_access_key = ', letters)],
  ['github-token', of('token: gh', 'p_', letters.slice(0, 30), '0ofXxa')],
  ['gitlab-token', of('gl', 'pat-', letters.slice(0, 20))],
  ['npm-token', of('np', 'm_', letters.slice(0, 36))],
  ['slack-token', of('xo', 'xb-', '123456789012-123456789012-', letters.slice(0, 24))],
  ['stripe-key', of('sk', '_live_', letters.slice(0, 24))],
  ['google-api-key', of('AI', 'za', letters.slice(0, 35))],
  ['digitalocean-token', of('dop', '_v1_', hex)],
  ['openai-key', of('sk-', letters.slice(0, 20), 'T3Blbk', 'FJ', letters.slice(0, 20))],
  ['mistral-key', of('MISTRAL_API_KEY="', letters.slice(0, 32), '"')],
  ['telegram-bot-token', of('bot 1234567890:', 'AA', letters.slice(0, 33))],
  [
    'private-key',
    of('-----BEGIN RSA ', 'PRIVATE KEY-----\n', letters, '\n', letters, '\n-----END RSA PRIVATE KEY-----'),
  ],
  ['jwt', `cookie=${jwt}`],
  ['url-credentials', of('DATABASE_URL=postgres://shop:', 'hunter2x', '@db:5432/shop')],
  ['docker-config-auth', `{"auths":{"r.test":{"auth": "${Buffer.from('bob:pa55').toString('base64')}"}}}`],
  ['bearer-token', of('Authorization: Bearer ', letters)],
  ['generic-secret', 'db_password = "tr0ub4dor&3"', 'settings.py'],
  ['generic-secret', 'DB_PASSWORD=correcthorse9', '.env'],
  ['generic-secret', of('api_key: "', letters.slice(0, 24), '"'), 'config.yml'],
]
for (const [rule, text, path] of found) {
  test(`finds ${rule} in ${path ?? 'a text'}`, () => {
    const secrets = findSecrets(text, path)
    assert.deepEqual(
      secrets.map(one => one.rule),
      [rule],
    )
  })
}

const nothing: [why: string, text: string, path?: string][] = [
  ['a placeholder', 'password = "changeme"', 'a.py'],
  ['a variable', of('password: $', '{DB_PASSWORD}'), 'a.yml'],
  ['a template', 'password: "{{ .Values.password }}"', 'a.yaml'],
  ['a call', 'password = get_password(user)', 'a.py'],
  ['a look-up', 'token = os.environ["TOKEN"]', 'a.py'],
  ['a name about a password', 'password_field = "user_password_input1"', 'a.py'],
  ['prose', 'password: "Please enter the password of your account"', 'en.json'],
  ['a bare word in code', 'const token = authenticationTokenValue1', 'a.ts'],
  ['a lock file', '"minipass": "^7.1.2-beta.3"', 'package-lock.json'],
  ['filler', of('gh', 'p_', 'x'.repeat(36))],
  ['an ending of a longer word', of('thegh', 'p_', letters.slice(0, 36))],
  ['a token without a signature', `${b64url({ alg: 'HS256' })}.${b64url({ sub: '1' })}.signature`],
  ['a URL without a password', 'https://user@example.org/path'],
  ['an ignored line', of('token: gh', 'p_', letters.slice(0, 36), ' # jenner:ignore')],
]
for (const [why, text, path] of nothing)
  test(`finds nothing: ${why}`, () => assert.deepEqual(findSecrets(text, path), []))

test('the secret is in no field of a finding; line and place are', () => {
  const secret = of('gh', 'p_', letters.slice(0, 30), '0ofXxa')
  const text = `first\nsecond token=${secret} and ${secret}\nthird`
  const secrets = findSecrets(text)
  assert.equal(secrets.length, 2)
  assert.ok(!JSON.stringify(secrets).includes(secret))
  assert.deepEqual([secrets[0]!.startLine, secrets[0]!.endLine, secrets[0]!.offset], [2, 2, text.indexOf(secret)])
  assert.match(secrets[0]!.match, /^second token=\*+ and \*+$/)
})

test('a secret at the end of a megabyte of other text is found in its place', () => {
  const text = `${'lorem ipsum token key secret\n'.repeat(40_000)}${of('gl', 'pat-', letters.slice(0, 20))}`
  assert.deepEqual(
    findSecrets(text, 'a.txt').map(({ startLine }) => startLine),
    [40_001],
  )
})

const slow: [name: string, text: string][] = [
  ['one long line of keywords', 'password=token=secret=key='.repeat(40_000)],
  ['beginnings of URLs', 'http://'.repeat(100_000)],
  ['beginnings of tokens', 'eyJ'.repeat(200_000)],
  ['a key without an end', `-----BEGIN PRIVATE KEY-----${'A'.repeat(1_000_000)}`],
  ['spaces', `password${' '.repeat(500_000)}=`],
]
for (const [name, text] of slow) {
  test(`stays quick on ${name}`, () => {
    const start = performance.now()
    findSecrets(text, 'a.env')
    assert.ok(performance.now() - start < 10_000)
  })
}

test('every rule has an id of its own, titles in both languages, and keywords in lower case', () => {
  assert.equal(new Set(secretRules.map(({ id }) => id)).size, secretRules.length)
  for (const { id, title, keywords, pattern } of secretRules) {
    assert.ok(title.en && title.ko, id)
    assert.ok(keywords.length > 0 && keywords.every(word => word === word.toLowerCase() && word.length >= 2), id)
    assert.ok(pattern.flags.includes('d') && pattern.flags.includes('g'), id)
    assert.doesNotMatch(pattern.source.replace(/\\./g, ''), /[*+](?![^[]*\])/, `${id}: an unbounded quantifier`)
  }
})

test('a text in which each value holds the next is not judged over and over', () => {
  let asked = 0
  const rule: SecretRule = {
    id: 'x',
    title: { en: 'x', ko: 'x' },
    category: 'credential',
    severity: 'HIGH',
    keywords: ['k='],
    pattern: /k=(?<secret>\S{1,300})/dg,
    before: 0,
    after: 400,
    check: () => ++asked < 0,
  }
  createFinder([rule]).find(Buffer.from('k='.repeat(50_000)), '')
  assert.ok(asked > 300 && asked < 5000, `${asked} times`)
})
