import { deepEqual, equal, ok } from 'node:assert/strict'
import { once } from 'node:events'
import { type ClientRequest, request } from 'node:http'
import { connect } from 'node:net'
import { test } from 'node:test'
import { csvLine } from '../api/csv.ts'
import { onBothStores } from '../db/testing.ts'
import type { Token } from '../schemas/users.ts'
import { startTestServer, type TestServer } from '../testing.ts'

const password = 'a long enough password'

async function raw(server: TestServer, text: string): Promise<string> {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  socket.end(text)
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}

test('a request that names two hosts, and an address that cannot be decoded, are refused by a problem', async () => {
  const server = await startTestServer()
  for (const text of [
    'GET /api/v1/auth HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    'GET /api/v1/hosts/%zz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
    'GET /api/v1/hosts/%c0%ae HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
  ]) {
    const answer = await raw(server, text)
    ok(/^HTTP\/1\.1 400 /.test(answer), answer.slice(0, 100))
    ok(answer.includes('application/problem+json'), answer)
  }
})

test('a body deep beyond reason breaks no repeatable write', async () => {
  const server = await startTestServer()
  const { cookie, csrf } = await server.signIn('kim', 'admin', password)
  const deep = `{"kind":"rejudge","x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
  const headers = { 'idempotency-key': 'one' }
  equal((await server.call('POST', '/jobs', { cookie, csrf, headers, raw: deep })).status, 202)
})

test('a key of idempotency is its caller’s, whatever names the callers have; of two at once one is done', async () => {
  const server = await startTestServer()
  const token = async () =>
    (await server.local<Token & { secret: string }>('POST', '/tokens', { name: 'ci', scopes: ['write'], days: 1 })).body
      .secret
  const [one, other] = [await token(), await token()]
  const decide = async (secret: string, vulnerability: string) =>
    server.call<{ id: string }>('POST', '/decisions', {
      token: secret,
      headers: { 'idempotency-key': 'k' },
      body: { status: 'fixing', owner: 'ops', scope: { vulnerability } },
    })
  const twice = await Promise.all([decide(one, 'CVE-2024-1'), decide(one, 'CVE-2024-1')])
  deepEqual([twice[0]!.status, twice[0]!.body.id], [201, twice[1]!.body.id])
  equal((await decide(one, 'CVE-2024-2')).status, 409)
  const others = await decide(other, 'CVE-2024-2')
  equal(others.status, 201)
})

test('the link for the first administrator makes no second one', async () => {
  const server = await startTestServer()
  await server.signIn('kim', 'admin', password)
  const body = { token: server.setupLink!.split('#')[1], name: 'thief', password }
  equal((await server.call('POST', '/auth/setup', { body })).status, 403)
})

test('no account takes the name of those who are none', async () => {
  const server = await startTestServer()
  for (const name of ['local', 'LOCAL', 'server', 'ｌｏｃａｌ', 'decision'])
    equal((await server.local('POST', '/users', { name, role: 'admin' })).status, 409, name)
})

test('guesses sent at once are not let through beside the lock', async () => {
  const server = await startTestServer()
  await server.signIn('kim', 'admin', password)
  const attempt = (word: string) => server.call('POST', '/auth/login', { body: { name: 'kim', password: word } })
  const words = [...Array.from({ length: 12 }, (_, i) => `wrong ${i}`), password]
  const answers = await Promise.all(words.map(attempt))
  equal(answers.at(-1)!.status, 429)
  ok(answers.filter(({ status }) => status === 401).length <= 5)
})

test('a changed password makes older links worthless', async () => {
  const server = await startTestServer()
  const { cookie, csrf } = await server.signIn('kim', 'admin', password)
  const { items } = (await server.local<{ items: { id: string }[] }>('GET', '/users')).body
  const { link } = (await server.local<{ link: string }>('POST', `/users/${items[0]!.id}/reset`)).body
  const again = await server.call<{ csrf: string }>('POST', '/auth/login', { body: { name: 'kim', password } })
  equal((await server.call('GET', '/auth/me', { cookie, csrf })).status, 401)
  const session = String(again.headers['set-cookie']).split(';')[0]!
  const body = { old: password, password: 'another long password' }
  equal((await server.call('POST', '/auth/password', { cookie: session, csrf: again.body.csrf, body })).status, 200)
  const stolen = { token: link.split('#')[1], password: 'the thief’s own word' }
  equal((await server.call('POST', '/auth/setup', { body: stolen })).status, 403)
})

test('one caller’s streams do not shut the others out', async () => {
  const server = await startTestServer()
  const greedy = await server.signIn('kim', 'viewer', password)
  const other = await server.signIn('lee', 'viewer', password)
  const streams: ClientRequest[] = []
  const open = async (cookie: string): Promise<number> => {
    const stream = request(`${server.url}/api/v1/stream`, { headers: { cookie }, agent: false }).end()
    streams.push(stream)
    const [answer] = await once(stream, 'response')
    return answer.statusCode
  }
  for (let i = 0; i < 50; i++) equal(await open(greedy.cookie), 200)
  equal(await open(greedy.cookie), 503)
  equal(await open(other.cookie), 200)
  for (const stream of streams) stream.destroy()
})

test('no cell of a table is a formula, in whatever country it is opened', () => {
  const cases: [string, string][] = [
    ['=1+1', "'=1+1"],
    ['＝1+1', "'＝1+1"],
    ['\u200b@SUM(A1)', "'\u200b@SUM(A1)"],
    ['\u0000=1', "'\u0000=1"],
    ['a;=1+1', '"a;=1+1"'],
    ['a\t=1+1', '"a\t=1+1"'],
    ['a,"b"', '"a,""b"""'],
    ['plain-text', 'plain-text'],
  ]
  for (const [value, cell] of cases) equal(csvLine([value]), `${cell}\r\n`)
})

test('a long import keeps nobody waiting', async () => {
  const server = await startTestServer()
  const text = Array.from({ length: 400 }, (_, at) => `CVE-2024-${10_000 + at}`).join('\n')
  let over = false
  const done = server
    .local<{ created: number }>('POST', '/decisions/import', { format: 'trivyignore', owner: 'ops', text })
    .finally(() => {
      over = true
    })
  equal((await server.call('GET', '/auth')).status, 200)
  equal(over, false)
  equal((await done).body.created, 400)
})

onBothStores('cursors and searches that no list wrote', place => {
  test('are the caller’s mistake, not the server’s', async () => {
    const { state, database } = await place.options()
    const server = await startTestServer({ state, ...(database !== undefined && { database }) })
    const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const paths = [
      ...['/alerts', '/events', '/logs', '/audit', '/jobs', '/containers', '/images', '/findings'].flatMap(path => [
        `${path}?q=%00`,
        `${path}?q=%5C%25_'"%20OR%201%3D1--`,
        `${path}?cursor=${cursor(['-time', 'x\0', 'y'])}`,
      ]),
      ...['name', '-lastSeen'].flatMap(sort =>
        [
          ['x', 'y'],
          [1e300, 'y'],
          [-1, 1e300],
          ['\0', '\0'],
          [0.5, 1],
        ].map(rest => `/hosts?sort=${sort}&cursor=${cursor([sort, ...rest])}`),
      ),
    ]
    for (const path of paths) {
      const { status } = await server.local('GET', path)
      ok(status === 200 || status === 400, `${status} ${path}`)
    }
  })
})
