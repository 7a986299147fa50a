import { deepEqual, equal, ok } from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { csvLine } from '../api/csv.ts'
import { testFolder } from '../db/testing.ts'
import { alerts, container, hello, snapshot } from '../sample.testing.ts'
import type { Page } from '../schemas/common.ts'
import { parseListen } from '../server.ts'
import { startTestServer } from '../testing.ts'

function consoleFolder(): string {
  const folder = testFolder()
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html>console')
  writeFileSync(join(folder, 'assets', 'app-1.js'), 'script')
  writeFileSync(join(folder, 'assets', 'app-1.js.gz'), gzipSync('script'))
  return folder
}

test('serves the console: files, compressed ones, screens; and nothing beside it', async () => {
  const server = await startTestServer({ consoleDir: consoleFolder() })
  const index = await server.call('GET', '/@')
  deepEqual([index.status, index.text], [200, '<!doctype html>console'])
  const policy = String(index.headers['content-security-policy'])
  ok(
    policy.includes("default-src 'none'") &&
      policy.includes("script-src 'self'") &&
      policy.includes("frame-ancestors 'none'"),
  )
  equal(index.headers['x-content-type-options'], 'nosniff')
  equal((await server.call('GET', '/@vulnerabilities/CVE-2024-1')).text, '<!doctype html>console')
  const asset = await server.call('GET', '/@assets/app-1.js', { headers: { 'accept-encoding': 'gzip' } })
  deepEqual(
    [asset.headers['content-encoding'], asset.headers['cache-control']],
    ['gzip', 'public, max-age=31536000, immutable'],
  )
  for (const path of [
    '/@assets/none.js',
    '/@api/v1/none',
    '/@..%2f..%2fetc%2fpasswd',
    '/@assets/..%2f..%2f..%2f..%2fetc/passwd',
    '/@%2e%2e/%2e%2e/etc/passwd',
    '//evil.example/%2e%2e',
    '/@assets/%00',
    '/@.env',
  ])
    ok(
      (await server.call('GET', path)).status >= 400 ||
        (await server.call('GET', path)).text === '<!doctype html>console',
      path,
    )
})

test('refuses what is malformed, too large or of another kind, by a problem of RFC 9457', async () => {
  const server = await startTestServer()
  const login = (more: object) => server.call<{ code: string; status: number }>('POST', '/auth/login', more)
  const cases: [object, number][] = [
    [{ raw: '{' }, 400],
    [{ raw: '' }, 400],
    [{ raw: '[]' }, 400],
    [{ raw: '{"__proto__":{"x":1},"name":"a","password":"b"}' }, 400],
    [{ raw: 'x'.repeat(2_000_000) }, 413],
    [{ raw: '<a/>', headers: { 'content-type': 'application/xml' } }, 415],
    [{ body: { name: 'a'.repeat(100), password: 'x' } }, 400],
    [{ raw: '['.repeat(500_000) }, 400],
  ]
  for (const [more, status] of cases) {
    const answer = await login(more)
    equal(answer.status, status, JSON.stringify(more).slice(0, 80))
    ok(String(answer.headers['content-type']).startsWith('application/problem+json'))
    equal(answer.body.status, status)
  }
  const queries = [
    '/hosts?limit=0',
    '/hosts?limit=501',
    '/hosts?sort=password',
    '/hosts?cursor=x',
    `/hosts?q=${'x'.repeat(300)}`,
  ]
  for (const path of queries) equal((await server.local('GET', path)).status, 400, path)
  equal((await server.local('GET', `/hosts/${'x'.repeat(400)}`)).status, 404)
  equal((await server.local('GET', '/hosts/%00')).status, 400)
  equal((await server.local('GET', "/hosts?q=%25'%3B%20drop%20table%20hosts--")).status, 200)
})

test('lets go of who sends headers without an end, and goes on', { timeout: 60_000 }, async () => {
  const server = await startTestServer()
  const { hostname, port } = new URL(server.url)
  const slow = connect(Number(port), hostname)
  slow.on('error', () => {}).resume()
  slow.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-')
  const raw = connect(Number(port), hostname)
  raw.on('error', () => {})
  raw.end('GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: 1\nX-B\0: 2\r\n\r\n')
  const [bytes] = await once(raw, 'data')
  ok(String(bytes).startsWith('HTTP/1.1 400'))
  await once(slow, 'close')
  equal((await server.call('GET', '/healthz')).status, 200)
})

test('a write that is sent twice is done once; its key with another request is refused', async () => {
  const server = await startTestServer()
  const { cookie, csrf } = await server.signIn('kim', 'analyst')
  const decide = (comment: string, key: string) =>
    server.call<{ id: string }>('POST', '/decisions', {
      cookie,
      csrf,
      headers: { 'idempotency-key': key },
      body: { scope: { vulnerability: 'CVE-1' }, status: 'fixing', owner: 'kim', comment },
    })
  const both = await Promise.all([decide('a', 'k1'), decide('a', 'k1')])
  equal(both[0].body.id, both[1].body.id)
  equal((await decide('a', 'k1')).body.id, both[0].body.id)
  equal((await decide('b', 'k1')).status, 409)
  equal((await server.local<Page<unknown>>('GET', '/decisions')).body.items.length, 1)
  equal((await decide('a', 'bad key')).status, 400)
})

test('what a hostile container is called is text, everywhere', async () => {
  const server = await startTestServer({ now: () => Date.parse('2026-01-02T12:00:00Z') })
  const name = '<img src=x onerror=alert(1)>\r\nSet-Cookie: a=b\u0000"'
  await server.local('POST', '/agent/hello', hello)
  await server.local(
    'POST',
    '/agent/snapshot',
    snapshot({ containers: [container({ name, owner: '=cmd|calc', service: '{{7*7}}' })] }),
  )
  const batch = alerts(1)
  batch.items[0]!.alert.output = '=HYPERLINK("http://evil")\n{"forged":"line"}'
  await server.local('POST', '/agent/alerts', batch)
  const list = await server.local<Page<{ name: string }>>('GET', '/containers')
  equal(list.body.items[0]!.name, name)
  ok(String(list.headers['content-type']).startsWith('application/json'))
  equal(list.headers['set-cookie'], undefined)
  const csv = await server.local('GET', '/alerts?format=csv')
  ok(String(csv.headers['content-type']).startsWith('text/csv'))
  ok(csv.text.includes(`"'=HYPERLINK(""http://evil"")\n{""forged"":""line""}"`), csv.text)
  ok((await server.local('GET', '/containers?format=csv')).text.includes("'=cmd|calc"))
})

test('formulas of a spreadsheet begin with an apostrophe', () => {
  equal(
    csvLine(['=1', '+1', '-1', '@a', '\tx', ' =1', 'a=1', -5, ['a', 'b'], undefined]),
    `'=1,'+1,'-1,'@a,"'\tx",' =1,a=1,-5,"a; b",\r\n`,
  )
})

test('tells what changes, goes on behind an id, and says so when it cannot', async () => {
  const server = await startTestServer()
  const listen = async (headers: Record<string, string>) => {
    const [answer] = await once(get({ socketPath: server.socket, path: '/api/v1/stream', headers }), 'response')
    answer.setEncoding('utf8')
    return answer
  }
  const until = async (stream: AsyncIterable<string>, sign: RegExp) => {
    let text = ''
    for await (const chunk of stream) {
      text += chunk
      if (sign.test(text)) break
    }
    return text
  }
  const stream = await listen({})
  equal(stream.headers['content-type'], 'text/event-stream; charset=utf-8')
  await server.local('POST', '/agent/hello', hello)
  const text = await until(stream, /event: host/)
  const id = /id: (\d+)/.exec(text)![1]!
  ok(text.includes('data: {"type":"host","id":"host-1"}'))
  const [behind] = [await listen({ 'last-event-id': String(Number(id) - 1) })]
  ok((await until(behind, /event: host/)).includes(`id: ${id}`))
  ok((await until(await listen({ 'last-event-id': '1' }), /event: report/)).includes('"id":""'))
})

test('addresses to listen on', () => {
  deepEqual(parseListen('127.0.0.1:7070'), { address: '127.0.0.1', port: 7070 })
  deepEqual(parseListen('[::1]:1'), { address: '::1', port: 1 })
  deepEqual(parseListen(':80'), { address: '0.0.0.0', port: 80 })
  for (const bad of ['', '7070', 'a:b', '1.2.3.4:99999', '::1:80'])
    try {
      parseListen(bad)
      ok(false, bad)
    } catch (error) {
      equal((error as { code?: string }).code, 'usage')
    }
})

test('bound beyond loopback it speaks TLS, and cookies are bound to it', async () => {
  const server = await startTestServer({ listen: '0.0.0.0:0' })
  ok(server.url.startsWith('https://'))
  const { request } = await import('node:https')
  const body = JSON.stringify({
    token: server.setupLink!.split('#')[1],
    name: 'kim',
    password: 'a long enough password',
  })
  const outgoing = request({
    host: '127.0.0.1',
    port: new URL(server.url).port,
    path: '/api/v1/auth/setup',
    method: 'POST',
    // Signed by itself: what is looked at here is the cookie.
    rejectUnauthorized: false,
    headers: { 'content-type': 'application/json' },
  })
  outgoing.end(body)
  const [answer] = await once(outgoing, 'response')
  answer.resume()
  const cookie = String(answer.headers['set-cookie'])
  ok(/^__Host-jenner=/.test(cookie) && /Secure/.test(cookie) && /Path=\//.test(cookie), cookie)
})
