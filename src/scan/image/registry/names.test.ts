import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reachOf } from './addresses.ts'
import { parseChallenges } from './challenge.ts'
import { type CredentialSources, credentialFor } from './credentials.ts'
import { parseMirror, placesOf } from './mirrors.ts'
import { fullName, parseReference } from './reference.ts'
import { sameOwner } from './same-owner.ts'

const hash = `sha256:${'a'.repeat(64)}`
const references: [text: string, full: string][] = [
  ['nginx', 'docker.io/library/nginx:latest'],
  ['nginx:1.25', 'docker.io/library/nginx:1.25'],
  ['team/app', 'docker.io/team/app:latest'],
  ['docker.io/nginx', 'docker.io/library/nginx:latest'],
  ['index.docker.io/library/nginx:1', 'docker.io/library/nginx:1'],
  ['localhost/app', 'localhost/app:latest'],
  ['localhost:5000/app:1', 'localhost:5000/app:1'],
  ['registry.example:5000/a/b/c:v1', 'registry.example:5000/a/b/c:v1'],
  ['Registry.Example/app', 'registry.example/app:latest'],
  ['[::1]:5000/app', '[::1]:5000/app:latest'],
  [`app@${hash}`, `docker.io/library/app@${hash}`],
  [`r.example/app:1@${hash}`, `r.example/app:1@${hash}`],
  ['a__b/c-d.e', 'docker.io/a__b/c-d.e:latest'],
]
for (const [text, full] of references)
  test(`the name ${text}`, () => assert.equal(fullName(parseReference(text)), full))

const wrong = [
  '',
  'App',
  'a b',
  'app:',
  'app@sha256:12',
  '/app',
  'app/',
  'a//b',
  '../x',
  'a/../b',
  'r.example:99999/app',
  '-a',
  'app:-x',
  'dir:/etc',
  'http://x/y',
  'x'.repeat(300),
  `${'a/'.repeat(600)}a`,
]
for (const text of wrong)
  test(`no name: ${text.slice(0, 30)}`, () => assert.throws(() => parseReference(text), { code: 'bad_argument' }))

test('addresses: metadata services, private networks, the world', () => {
  const rows: [string, string][] = [
    ['169.254.169.254', 'link'],
    ['::ffff:169.254.169.254', 'link'],
    ['::ffff:a9fe:a9fe', 'link'],
    ['64:ff9b::a9fe:a9fe', 'link'],
    ['fe80::1%eth0', 'link'],
    ['fd00:ec2::254', 'link'],
    ['100.100.100.200', 'link'],
    ['0.0.0.0', 'link'],
    ['::', 'link'],
    ['224.0.0.1', 'link'],
    ['nonsense', 'link'],
    ['127.0.0.1', 'local'],
    ['::1', 'local'],
    ['10.1.2.3', 'local'],
    ['172.31.0.1', 'local'],
    ['fd12::1', 'local'],
    ['8.8.8.8', 'public'],
    ['2001:4860:4860::8888', 'public'],
  ]
  for (const [address, reach] of rows) assert.equal(reachOf(address), reach, address)
})

test('who belongs to whom', () => {
  const rows: [string, string, boolean][] = [
    ['registry-1.docker.io', 'auth.docker.io', true],
    ['registry.gitlab.com', 'gitlab.com', true],
    ['r.example.co.uk', 'auth.example.co.uk', true],
    ['a.co.uk', 'b.co.uk', false],
    ['a.co.kr', 'b.co.kr', false],
    ['one.azurecr.io', 'two.azurecr.io', false],
    ['one.azurecr.io', 'one.azurecr.io', true],
    ['10.0.0.1', '10.0.0.2', false],
    ['ghcr.io', 'evil.io', false],
    ['localhost', 'localhost', true],
    ['x.github.io', 'y.github.io', false],
  ]
  for (const [a, b, same] of rows) assert.equal(sameOwner(a, b), same, `${a} ${b}`)
})

test('WWW-Authenticate', () => {
  const found = parseChallenges('Bearer realm="https://a/t?x=1,2",service="s \\"q\\"",scope=plain, Basic realm="b"')
  assert.deepEqual(
    found.map(({ scheme, parameters }) => [scheme, ...parameters.values()]),
    [
      ['bearer', 'https://a/t?x=1,2', 's "q"', 'plain'],
      ['basic', 'b'],
    ],
  )
  assert.deepEqual(parseChallenges(''), [])
  assert.ok(parseChallenges(`Bearer ${'realm="'.repeat(100_000)}`).length < 10_000)
})

test('mirrors', () => {
  assert.deepEqual(parseMirror('m.example:5000/hub/'), { of: 'docker.io', host: 'm.example:5000', prefix: 'hub' })
  const mirror = parseMirror('ghcr.io=https://m.example')
  assert.deepEqual(placesOf(parseReference('ghcr.io/a/b:1'), [mirror]).map(fullName), [
    'm.example/a/b:1',
    'ghcr.io/a/b:1',
  ])
  assert.equal(placesOf(parseReference('nginx'), [mirror]).length, 1)
  for (const text of ['', 'a b', 'http://m', 'x=', 'm/../x y'])
    assert.throws(() => parseMirror(text), { code: 'bad_argument' })
})

const encoded = (pair: string) => ({ auth: Buffer.from(pair).toString('base64') })
const sources = (readFile: CredentialSources['readFile']): CredentialSources => ({
  env: { HOME: '/home/me', XDG_RUNTIME_DIR: '/run/me' },
  readFile,
  askHelper: async (name, server) => ({ user: name, password: server }),
})
const docker = (config: object) =>
  sources(path => (path === '/home/me/.docker/config.json' ? JSON.stringify(config) : undefined))

test('credentials: files in order, the longest path, helpers, Docker Hub by its old name', async () => {
  const rows: [CredentialSources, string, string, string | undefined][] = [
    [docker({ auths: { 'r.example': encoded('a:b:c') } }), 'r.example', 'x/y', 'a b:c'],
    [docker({ auths: { 'https://r.example/v2/': encoded('a:b') } }), 'r.example', 'x', 'a b'],
    [docker({ auths: { 'https://index.docker.io/v1/': encoded('a:b') } }), 'docker.io', 'library/x', 'a b'],
    [
      docker({ auths: { 'r.example': encoded('a:b'), 'r.example/team': encoded('c:d') } }),
      'r.example',
      'team/app',
      'c d',
    ],
    [docker({ auths: { 'r.example.evil': encoded('a:b') } }), 'r.example', 'x', undefined],
    [docker({ auths: { 'r.example': encoded('a:b') } }), 'r.example:5000', 'x', undefined],
    [
      docker({ credHelpers: { 'r.example': 'ecr' }, auths: { 'r.example': encoded('a:b') } }),
      'r.example',
      'x',
      'ecr r.example',
    ],
    [docker({ credsStore: 'pass', auths: { 'r.example': {} } }), 'r.example', 'x', 'pass r.example'],
    [docker({ credsStore: 'pass' }), 'docker.io', 'x', 'pass https://index.docker.io/v1/'],
    [docker([]), 'r.example', 'x', undefined],
    [
      sources(path =>
        path === '/run/me/containers/auth.json'
          ? JSON.stringify({ auths: { 'r.example': encoded('p:q') } })
          : 'no json',
      ),
      'r.example',
      'x',
      'p q',
    ],
  ]
  for (const [from, registry, repository, expected] of rows) {
    const found = await credentialFor(registry, repository, from)
    assert.equal(found && `${found.user} ${found.password}`, expected)
  }
})
