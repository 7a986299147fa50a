import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configuredFinder } from './config.ts'

const token = ['AKIA', 'Q3EGRXLP7TZ5WJ2K'].join('')
const text = `user = "kim"\nsecret = "my-Own_value-123"\nBEGIN\nsecret = "in-a-block-9876"\nEND\ntoken = "${token}"\n`
const own = `rules:
  - id: mine
    category: general
    title: Mine
    severity: HIGH
    keywords: [SECRET]
    regex: (?i)(?P<key>(secret)) = "(?P<secret>[0-9a-z_-]{8,64})"
    secret-group-name: secret
`
const builtIn = (found: string[]) => found.filter(one => !one.startsWith('mine'))

const rows: [title: string, config: string, path: string, expected: string[]][] = [
  ['a rule of his own', own, 'deploy.sh', ['mine:2', 'mine:4']],
  ['whatever the place', own, 'usr/share/doc/test.md', ['mine:2', 'mine:4']],
  ['limited to paths', `${own}    path: .*\\.sh\n`, 'a.txt', []],
  ['an allow rule of its own', `${own}    allow-rules: [{id: x, regex: my-}]\n`, 'a', ['mine:4']],
  ['an allow rule by path', `${own}    allow-rules: [{id: x, path: ^vendored/}]\n`, 'vendored/a', []],
  ['a block left out', `${own}exclude-block: {regexes: ["(?s)BEGIN.*END"]}\n`, 'a', ['mine:2']],
  ['an allow rule for all', `${own}allow-rules: [{id: x, regex: block}]\n`, 'a', ['mine:2']],
  ['words that are not there', own.replace('SECRET', 'elsewhere'), 'a', []],
]
for (const [title, config, path, expected] of rows)
  test(`secret rules of a user: ${title}`, () => {
    const { finder, problems } = configuredFinder(config)
    assert.deepEqual(problems, [])
    const found = finder.find(Buffer.from(text), path).map(one => `${one.rule}:${one.startLine}`)
    assert.deepEqual(
      found.filter(one => one.startsWith('mine')),
      expected,
    )
  })

const builtIns: [config: string, path: string, expected: string[]][] = [
  ['{}', 'a', ['aws-access-key-id:6']],
  ['disable-rules: [aws-access-key-id]', 'a', []],
  ['disable-rules: [slack-access-token]', 'a', ['aws-access-key-id:6']],
  ['enable-builtin-rules: [aws-access-key-id]', 'a', ['aws-access-key-id:6']],
  ['enable-builtin-rules: [github-pat]', 'a', []],
  ['allow-rules: [{id: x, path: "^ours/"}]', 'ours/a', []],
  ['allow-rules: [{id: x, path: "^ours/"}]', 'a', ['aws-access-key-id:6']],
]
for (const [config, path, expected] of builtIns)
  test(`our rules with ${config} in ${path}`, () => {
    const found = configuredFinder(config).finder.find(Buffer.from(text), path)
    assert.deepEqual(
      builtIn(found.map(one => `${one.rule}:${one.startLine}`)).filter(one => one.startsWith('aws')),
      expected,
    )
  })

test('the rules themselves are not looked through', () => {
  const config = 'rules: [{id: mine, regex: mine}]'
  assert.deepEqual(configuredFinder(config).finder.find(Buffer.from(config), 'trivy-secret.yaml'), [])
})

test('the secret is masked, and its digest is its own', () => {
  const { finder } = configuredFinder(own)
  const [found] = finder.find(Buffer.from(text), 'a')
  assert.equal(found?.match, `secret = "${'*'.repeat(16)}"`)
  assert.notEqual(finder.digest, configuredFinder('{}').finder.digest)
})

for (const config of [
  'rules: [{id: x}]',
  'rules: [{id: x, regex: "("}]',
  'allow-rules: [{id: x}]',
  'rules: [{id: x, regex: "(?=a)"}]',
])
  test(`told: ${config}`, () => assert.equal(configuredFinder(config).problems.length, 1))
