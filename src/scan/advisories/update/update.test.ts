import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { JennerError } from '../../../base/errors.ts'
import { makeDelta } from '../delta/make.ts'
import type { Feed } from '../feeds/feed.ts'
import { updateinfo } from '../feeds/updateinfo/index.ts'
import { openDatabase } from '../store/reader.ts'
import { takePrebuilt } from './prebuilt.ts'
import { serve } from './testing.ts'
import { updateAdvisories } from './update.ts'
import { verifyDatabase } from './verify.ts'

const root = mkdtempSync(join(tmpdir(), 'jenner-update-'))
after(() => rmSync(root, { recursive: true }))
let count = 0
const place = () => join(mkdtempSync(join(root, `db${count++}-`)), 'advisories.jdb')
const network = { sleep: async () => {}, idle: 2000, attempts: 2 }
const isError = (code: string) => (error: unknown) => error instanceof JennerError && error.code === code

/** A feed of our own whose file is a JSON list of package names. */
const toy = (urls: string[]): Feed => ({
  id: 'toy',
  title: { en: 'toy', ko: '장난감' },
  licence: 'none',
  homepage: 'https://example.org',
  downloads: [{ urls, file: 'toy.json' }],
  detect: () => true,
  parse: () => [],
})
const secdb = (names: string[]) =>
  JSON.stringify({
    distroversion: 'v3.19',
    reponame: 'main',
    urlprefix: 'https://dl-cdn.alpinelinux.org/alpine',
    packages: names.map(name => ({ pkg: { name, secfixes: { '1.0-r0': ['CVE-2024-1000'] } } })),
  })
const names = (length: number) => Array.from({ length }, (_, i) => `package-${i}`)

/** A server whose file can be changed. */
async function feedServer() {
  const state = { body: secdb(names(10)), status: 200 }
  const server = await serve({
    '/toy.json': (request, response) => {
      const etag = `"${createHash('sha1').update(state.body).digest('hex')}"`
      if (state.status !== 200) response.writeHead(state.status).end()
      else if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
      else response.writeHead(200, { etag }).end(state.body)
    },
  })
  return {
    server,
    state,
    known: [toy([server.url('/toy.json')])],
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

test('builds, leaves alone what has not changed, and builds anew what has', async () => {
  await using feed = await feedServer()
  const options = { to: place(), known: feed.known, network }
  assert.equal((await updateAdvisories(options)).changed, true)
  assert.equal((await updateAdvisories(options)).changed, false)
  feed.state.body = secdb(names(12))
  const third = await updateAdvisories(options)
  assert.equal(third.info.sources[0]?.records, 12)
  const database = openDatabase(options.to)
  assert.equal(database.find('Alpine:v3.19', 'package-11').length, 1)
  database.close()
})

const faults: [name: string, body: string, code: string][] = [
  ['shrinks by more than a fifth', secdb(names(7)), 'feed_shrank'],
  ['is empty', secdb([]), 'feed_empty'],
  ['is no feed at all', '<html>sorry</html>', 'feed_empty'],
]

for (const [name, body, code] of faults) {
  test(`a feed that ${name} is an error, the last database stays, and the fault is said again`, async () => {
    await using feed = await feedServer()
    const options = { to: place(), known: feed.known, network }
    await updateAdvisories(options)
    const before = readFileSync(options.to)
    feed.state.body = body
    await assert.rejects(updateAdvisories(options), isError(code))
    await assert.rejects(updateAdvisories(options), isError(code))
    assert.deepEqual(readFileSync(options.to), before)
  })
}

test('shrinking can be allowed', async () => {
  await using feed = await feedServer()
  const options = { to: place(), known: feed.known, network }
  await updateAdvisories(options)
  feed.state.body = secdb(names(3))
  assert.equal((await updateAdvisories({ ...options, allowShrink: ['alpine'] })).info.sources[0]?.records, 3)
})

test('a feed out of reach: the last good copy is used and named', async () => {
  await using feed = await feedServer()
  const options = { to: place(), known: feed.known, network }
  await updateAdvisories(options)
  feed.state.status = 500
  const report = await updateAdvisories(options)
  assert.equal(report.stale[0]?.file, 'toy.json')
})

test('a feed out of reach and never fetched is an error', async () => {
  await using feed = await feedServer()
  feed.state.status = 404
  await assert.rejects(updateAdvisories({ to: place(), known: feed.known, network }), isError('feed_unreachable'))
})

test('one feed of several that was never to be had: the rest makes a database, and what is missing is named', async () => {
  await using feed = await feedServer()
  const absent = {
    ...toy([feed.server.url('/absent')]),
    id: 'absent',
    downloads: [{ urls: [feed.server.url('/absent')], file: 'absent.json' }],
  }
  const report = await updateAdvisories({ to: place(), known: [...feed.known, absent], network })
  assert.equal(report.changed, true)
  assert.deepEqual(
    report.lost.map(({ file }) => file),
    ['absent.json'],
  )
})

test('mirrors stand for a feed, in order', async () => {
  await using feed = await feedServer()
  const mirrors = new Map([['toy', ['http://127.0.0.1:1', feed.server.url('/')]]])
  assert.equal((await updateAdvisories({ to: place(), known: [toy([])], mirrors, network })).changed, true)
})

test('follows a mirror list and an index to the file', async () => {
  await using server = await serve({
    '/mirror.list': (_request, response) => response.end('/repo/x/\n'),
    '/repo/x/repodata/repomd.xml': (_request, response) =>
      response.end('<repomd><data type="updateinfo"><location href="repodata/a-updateinfo.xml"/></data></repomd>'),
    '/repo/x/repodata/a-updateinfo.xml': (_request, response) => response.end(secdb(names(3))),
  })
  const [amazon] = updateinfo.downloads
  const feed = {
    ...toy([]),
    downloads: [{ ...amazon!, urls: [server.url('/absent.list'), server.url('/mirror.list')] }],
  }
  const report = await updateAdvisories({ to: place(), known: [feed], network })
  assert.equal(report.info.sources[0]?.records, 3)
})

test('offline asks nobody', async () => {
  await using feed = await feedServer()
  await assert.rejects(updateAdvisories({ to: place(), known: feed.known, offline: true }), isError('usage'))
  assert.equal(feed.server.requests.length, 0)
})

async function prebuilt() {
  await using feed = await feedServer()
  const file = place()
  await updateAdvisories({ to: file, known: feed.known, network })
  writeFileSync(`${file}.sha256`, `${createHash('sha256').update(readFileSync(file)).digest('hex')}  advisories.jdb\n`)
  return file
}

test('takes a prebuilt database from a file and over HTTP, from the first source that is sound', async () => {
  const file = await prebuilt()
  await using server = await serve({
    '/a.jdb': (_request, response) => response.end(readFileSync(file)),
    '/a.jdb.sha256': (_request, response) => response.end(readFileSync(`${file}.sha256`)),
    '/lie.jdb': (_request, response) => response.end('not this'),
    '/lie.jdb.sha256': (_request, response) => response.end(readFileSync(`${file}.sha256`)),
  })
  const to = place()
  const taken = await takePrebuilt({
    from: ['/nowhere.jdb', server.url('/lie.jdb'), server.url('/a.jdb')],
    to,
    network,
  })
  assert.equal(taken.from, server.url('/a.jdb'))
  assert.deepEqual(readFileSync(to), readFileSync(file))
  assert.equal((await takePrebuilt({ from: [file], to: place(), offline: true })).info.sources[0]?.records, 10)
})

test('takes only what changed where a delta fits, else the whole database', async () => {
  const [other, old, fresh] = [await prebuilt(), await prebuilt(), await prebuilt()]
  const delta = await makeDelta(old, fresh)
  const asked: string[] = []
  const serving = (bytes: () => Buffer | undefined) => (request: IncomingMessage, response: ServerResponse) => {
    asked.push(request.url ?? '')
    const body = bytes()
    if (body) response.end(body)
    else response.writeHead(404).end()
  }
  let offered: Buffer | undefined = delta
  await using server = await serve({
    '/a': serving(() => readFileSync(fresh)),
    '/a.sha256': serving(() => readFileSync(`${fresh}.sha256`)),
    '/a.delta': serving(() => offered),
  })
  const take = async (have: string, expected: string) => {
    asked.length = 0
    const to = place()
    copyFileSync(have, to)
    const { how } = await takePrebuilt({ from: [server.url('/a')], to, network })
    assert.equal(`${how} ${asked.join(' ')}`, expected)
    assert.deepEqual(readFileSync(to), readFileSync(fresh))
  }
  await take(old, 'delta /a.sha256 /a.delta')
  await take(fresh, 'unchanged /a.sha256')
  await take(other, 'whole /a.sha256 /a.delta /a')
  offered = delta.subarray(0, 60)
  await take(old, 'whole /a.sha256 /a.delta /a')
  offered = undefined
  await take(old, 'whole /a.sha256 /a.delta /a')
})

test('goes through the proxy that the environment names', async () => {
  const file = await prebuilt()
  const asked: string[] = []
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end(readFileSync(request.url?.endsWith('.sha256') ? `${file}.sha256` : file))
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  const before = process.env.HTTP_PROXY
  process.env.HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  try {
    await takePrebuilt({ from: ['http://feeds.invalid/x'], to: place(), network })
  } finally {
    if (before === undefined) delete process.env.HTTP_PROXY
    else process.env.HTTP_PROXY = before
    proxy.close()
  }
  assert.deepEqual(asked, ['http://feeds.invalid/x.sha256', 'http://feeds.invalid/x'])
})

test('refuses a prebuilt database that is damaged, older, or not vouched for', async () => {
  const file = await prebuilt()
  const damaged = place()
  copyFileSync(file, damaged)
  await assert.rejects(takePrebuilt({ from: [damaged], to: place() }), isError('feed_unreachable'))
  writeFileSync(`${damaged}.sha256`, `${'0'.repeat(64)}  x\n`)
  await assert.rejects(takePrebuilt({ from: [damaged], to: place() }), isError('digest_mismatch'))
  const newer = await prebuilt()
  await assert.rejects(takePrebuilt({ from: [file], to: newer }), isError('feed_older'))
  await takePrebuilt({ from: [file], to: newer, allowOlder: true })
})

test('verifying reads everything: no flipped byte below the header goes unseen', async () => {
  const file = await prebuilt()
  assert.ok(verifyDatabase(file).values > 0)
  const sound = readFileSync(file)
  const copy = place()
  for (let at = 0; at < sound.length; at += 7) {
    const damaged = Buffer.from(sound)
    damaged[at]! ^= 0x10
    writeFileSync(copy, damaged)
    let seen = false
    try {
      verifyDatabase(copy)
    } catch (error) {
      seen = error instanceof JennerError && (error.detail.includes(copy) || error.code === 'unsupported')
    }
    // Bytes that pad a page or stand between sections belong to no answer.
    if (!seen) assert.equal(openDatabase(copy).find('Alpine:v3.19', 'package-1').length, 1, `byte ${at}`)
  }
})

test('without a network most files are asked for once, and few are named', async () => {
  let asked = 0
  await using server = await serve({
    '/': (_, response) => {
      asked++
      response.writeHead(503).end()
    },
  })
  const files = Array.from({ length: 20 }, (_, index) => `f${index}.json`)
  const many: Feed = { ...toy([]), downloads: files.map(file => ({ file, urls: [server.url('/')] })) }
  await assert.rejects(updateAdvisories({ to: place(), known: [many], network }), error => {
    assert.ok(error instanceof JennerError && error.code === 'feed_unreachable')
    assert.match(error.detail, /f0\.json.*and 17 more files$/)
    return true
  })
  assert.equal(asked, 4 * 2 + 16)
})
