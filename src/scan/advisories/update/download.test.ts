import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { JennerError } from '../../../base/errors.ts'
import { type DownloadOptions, download } from './download.ts'
import { type Answer, serve } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'jenner-download-'))
after(() => rmSync(folder, { recursive: true }))
let count = 0
const target = () => join(folder, `file-${count++}.json`)
const quick = { sleep: async () => {}, random: () => 0, idle: 300 }
const ask = (options: Pick<DownloadOptions, 'urls' | 'to'> & Partial<DownloadOptions>) =>
  download({ ...quick, ...options })
const body = 'x'.repeat(100_000)
const isError = (code: string) => (error: unknown) => error instanceof JennerError && error.code === code

test('fetches, remembers the validators, and asks with them', async () => {
  await using server = await serve({
    '/f': (request, response) => {
      if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end()
      else response.writeHead(200, { etag: '"1"' }).end(body)
    },
  })
  const to = target()
  const first = await ask({ urls: [server.url('/f')], to })
  assert.equal(first.changed, true)
  assert.equal(readFileSync(to, 'utf8'), body)
  const second = await ask({ urls: [server.url('/f')], to, known: first.validators })
  assert.equal(second.changed, false)
  assert.equal(second.validators.etag, '"1"')
})

test('asks anew when the file is gone, whatever is remembered', async () => {
  await using server = await serve({
    '/f': (request, response) => response.writeHead(request.headers['if-none-match'] ? 304 : 200).end(body),
  })
  const url = server.url('/f')
  const got = await ask({ urls: [url], to: target(), known: { url, etag: '"1"' } })
  assert.equal(got.changed, true)
})

test('resumes a transfer that broke off', async () => {
  await using server = await serve({
    '/f': (request, response) => {
      const range = /bytes=(\d+)-/.exec(request.headers.range ?? '')
      if (range === null) {
        response.writeHead(200, { etag: '"1"', 'content-length': body.length })
        response.write(body.slice(0, 60_000), () => setTimeout(() => response.destroy(), 30))
      } else {
        const from = Number(range[1])
        response
          .writeHead(206, { etag: '"1"', 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` })
          .end(body.slice(from))
      }
    },
  })
  const to = target()
  await ask({ urls: [server.url('/f')], to })
  assert.equal(readFileSync(to, 'utf8'), body)
  assert.equal(server.requests[1]?.headers['if-range'], '"1"')
})

test('starts again when the file changed in between', async () => {
  let calls = 0
  await using server = await serve({
    '/f': (_request, response) => {
      if (calls++ > 0) response.writeHead(200, { etag: '"2"' }).end('new')
      else {
        response.writeHead(200, { etag: '"1"', 'content-length': body.length })
        response.write(body.slice(0, 50_000), () => setTimeout(() => response.destroy(), 30))
      }
    },
  })
  const to = target()
  await ask({ urls: [server.url('/f')], to })
  assert.equal(readFileSync(to, 'utf8'), 'new')
})

test('tries again after 500s, waiting longer each time', async () => {
  let calls = 0
  const waits: number[] = []
  await using server = await serve({
    '/f': (_request, response) => response.writeHead(calls++ < 2 ? 503 : 200).end(body),
  })
  await ask({ urls: [server.url('/f')], to: target(), sleep: async wait => void waits.push(wait), random: () => 0.5 })
  assert.deepEqual(waits, [500, 1000])
})

test('goes on to the next mirror', async () => {
  await using server = await serve({
    '/bad': (_request, response) => response.writeHead(404).end(),
    '/good': (_request, response) => response.end(body),
  })
  const got = await ask({ urls: ['http://127.0.0.1:1/f', server.url('/bad'), server.url('/good')], to: target() })
  assert.equal(got.validators.url, server.url('/good'))
  assert.equal(server.requests.length, 2)
})

const hostile: [name: string, answers: Record<string, Answer>, code: string][] = [
  [
    'a redirect loop',
    { '/f': (_request, response) => response.writeHead(302, { location: '/f' }).end() },
    'feed_unreachable',
  ],
  [
    'a redirect to a file',
    { '/f': (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end() },
    'feed_unreachable',
  ],
  [
    'an endless body',
    { '/f': (_request, response) => void response.on('drain', () => response.write(body)).write(body) },
    'limit_exceeded',
  ],
  [
    'a huge announced body',
    { '/f': (_request, response) => response.writeHead(200, { 'content-length': 1e12 }).write('x') },
    'limit_exceeded',
  ],
  ['silence', { '/f': () => {} }, 'feed_unreachable'],
  ['a body that stops', { '/f': (_request, response) => void response.writeHead(200).write('x') }, 'feed_unreachable'],
  ['an empty body', { '/f': (_request, response) => response.end() }, 'feed_empty'],
  ['a refusal', { '/f': (_request, response) => response.writeHead(403).end('no') }, 'feed_unreachable'],
  ['an answer to no range', { '/f': (_request, response) => response.writeHead(416).end() }, 'feed_unreachable'],
]

for (const [name, answers, code] of hostile) {
  test(`refuses ${name} and keeps the old file`, async () => {
    await using server = await serve(answers)
    const to = target()
    writeFileSync(to, 'old')
    await assert.rejects(ask({ urls: [server.url('/f')], to, maxBytes: 1_000_000, attempts: 2 }), isError(code))
    assert.equal(readFileSync(to, 'utf8'), 'old')
  })
}

test('follows a redirect', async () => {
  await using server = await serve({
    '/f': (_request, response) => response.writeHead(301, { location: '/g' }).end(),
    '/g': (_request, response) => response.end(body),
  })
  assert.equal((await ask({ urls: [server.url('/f')], to: target() })).bytes, body.length)
})
