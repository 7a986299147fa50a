import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { type FixtureOptions, fixtureData, pageFrom } from './fixture-api.ts'

/** What the server sends with every page: scripts from itself only. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

export interface Fixture {
  url: string
  /** Every write that came in, as `METHOD path body`. */
  writes: { method: string; path: string; body: unknown }[]
  /** Tells all that listen that something changed. */
  emit(type: string, id: string): void
  close(): Promise<void>
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/** The built console over made-up data, for tests and pictures of the screens; a real server's answers in a real server's form, none of its work. */
export async function startFixture(
  dir: string,
  options: FixtureOptions & { signedIn?: boolean } = {},
): Promise<Fixture> {
  const data = fixtureData(options)
  const session = { in: options.signedIn ?? true }
  const writes: Fixture['writes'] = []
  const listeners = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fixture')
    response.setHeader('content-security-policy', contentSecurityPolicy)
    response.setHeader('x-content-type-options', 'nosniff')
    if (!url.pathname.startsWith('/api/v1/')) return sendFile(response, dir, url.pathname)
    const path = url.pathname.slice('/api/v1/'.length).split('/').map(decodeURIComponent)
    if (path[0] === 'stream') return listen(response, listeners)
    if (request.method === 'GET') return answer(response, data, session, path, url.searchParams)
    void bodyOf(request).then(body => {
      writes.push({ method: request.method!, path: path.join('/'), body })
      write(response, data, session, path, body as Record<string, unknown>)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    writes,
    emit: (type, id) => {
      for (const response of listeners) response.write(`event: ${type}\ndata: ${JSON.stringify({ type, id })}\n\n`)
    },
    close: async () => {
      for (const response of listeners) response.end()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

type Data = ReturnType<typeof fixtureData>
interface Session {
  in: boolean
}

function answer(response: ServerResponse, data: Data, session: Session, path: string[], query: URLSearchParams): void {
  const [room = '', id, part] = path
  const whole = path.join('/')
  if (whole === 'auth')
    return sendJson(response, 200, { setupNeeded: false, version: '0.1.0', oidc: { name: 'Keycloak' } })
  if (!session.in) return sendProblem(response, 401, 'unauthenticated')
  if (whole === 'auth/me')
    return sendJson(response, 200, {
      user: data.one('users', 'u1') ?? admin,
      csrf: 'csrf-of-the-fixture',
      expires: '2030-01-01T00:00:00Z',
    })
  if (whole in data.single) return sendJson(response, 200, data.single[whole])
  if (room === 'images' && part === 'diff') return sendJson(response, 200, data.diff(id!))
  const list = data.lists[room]
  if (list === undefined) return sendProblem(response, 404, 'target_not_found')
  if (id === undefined) return sendJson(response, 200, pageFrom(list, query))
  const one = data.one(room, id)
  return one === undefined ? sendProblem(response, 404, 'target_not_found') : sendJson(response, 200, one)
}

const admin = {
  id: 'u1',
  name: 'admin',
  role: 'admin',
  kind: 'local',
  disabled: false,
  createdAt: '2026-01-01T00:00:00Z',
}

function write(
  response: ServerResponse,
  data: Data,
  session: Session,
  path: string[],
  body: Record<string, unknown>,
): void {
  const whole = path.join('/')
  if (whole === 'auth/login' || whole === 'auth/setup') {
    if (body['password'] === 'wrong password') return sendProblem(response, 401, 'unauthenticated')
    session.in = true
    return sendJson(response, 200, { user: admin, csrf: 'csrf-of-the-fixture', expires: '2030-01-01T00:00:00Z' })
  }
  if (whole === 'auth/logout') session.in = false
  if (whole === 'decisions/preview')
    return sendJson(response, 200, {
      matches: 7,
      images: 3,
      samples: [{ name: 'CVE-2026-10000', package: 'openssl', image: 'nginx:1.24.0', severity: 'CRITICAL' }],
    })
  if (whole === 'rules/backtest')
    return sendJson(response, 200, {
      alerts: 412,
      hidden: 31,
      incidents: 2,
      since: '2026-11-01T00:00:00Z',
      samples: [{ id: 'b1', time: '2026-11-20T00:00:00Z', output: 'Shell on a connection (command=bash -i)' }],
    })
  if (whole === 'actions') {
    const first = data.lists['actions']?.[0] ?? {}
    return sendJson(response, 200, {
      ...first,
      ...body,
      id: 'a9',
      state: body['dryRun'] ? 'done' : 'requested',
      detail: 'Would cut 3 connections of shop-api; nothing was done.',
    })
  }
  if (path[2] === 'test') return sendJson(response, 200, { delivered: true, milliseconds: 84 })
  sendJson(response, 200, {})
}

function listen(response: ServerResponse, listeners: Set<ServerResponse>): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(': here\n\n')
  listeners.add(response)
  response.on('close', () => listeners.delete(response))
}

/** A file of the build; every other path is a screen, and gets the page. */
function sendFile(response: ServerResponse, dir: string, pathname: string): void {
  const wanted = join(dir, normalize(pathname))
  const file = extname(pathname) !== '' && existsSync(wanted) ? wanted : join(dir, 'index.html')
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
  response.end(readFileSync(file))
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function sendProblem(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/problem+json' })
  response.end(JSON.stringify({ type: 'about:blank', title: code, status, code }))
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return text === '' ? {} : JSON.parse(text)
}
