import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import type { Access } from '../auth/principal.ts'
import type { Token, TokenScope } from '../schemas/users.ts'
import { startTestServer, type TestServer } from '../testing.ts'
import { routesOf } from './index.ts'

type Caller = 'nobody' | 'viewer' | 'analyst' | 'admin' | `token:${TokenScope}`

/** Who may call what: every caller that there is, against every kind of access. */
const table: Record<Access, readonly Caller[]> = {
  public: [
    'nobody',
    'viewer',
    'analyst',
    'admin',
    'token:read',
    'token:write',
    'token:admin',
    'token:agent',
    'token:metrics',
  ],
  self: ['viewer', 'analyst', 'admin'],
  viewer: ['viewer', 'analyst', 'admin', 'token:read', 'token:write', 'token:admin'],
  analyst: ['analyst', 'admin', 'token:write', 'token:admin'],
  admin: ['admin', 'token:admin'],
  agent: ['token:agent'],
  metrics: ['viewer', 'analyst', 'admin', 'token:read', 'token:write', 'token:admin', 'token:metrics'],
}
const callers = table.public

/** What is let in and must not be done: it would end the test, or never end. */
const notCalled = /^(?:GET \/stream|POST \/auth\/logout|POST \/agent\/jobs\/lease|GET \/auth\/oidc)/

test('every route lets in whom the table names, and nobody else', { timeout: 120_000 }, async () => {
  const server = await startTestServer()
  const as = await signAllIn(server)
  const routes = routesOf(server.context)
  ok(routes.length > 60)
  for (const { method, path, access } of routes) {
    const name = `${method} ${path}`
    const url = path.replace(/:\w+/g, 'none')
    const got: Caller[] = []
    for (const caller of callers) {
      const allowed = table[access].includes(caller)
      if (allowed && notCalled.test(name)) {
        got.push(caller)
        continue
      }
      // A body that no schema takes: what is let in is refused for its form, and changes nothing.
      const { status, body } = await server.call<{ code: string }>(method, url, {
        ...as[caller],
        ...(/^P/.test(method) && { body: 7 }),
      })
      const refused = status === 401 || (status === 403 && body.code === 'forbidden' && caller !== 'nobody')
      if (!refused) got.push(caller)
    }
    deepEqual(got, [...table[access]], name)
  }
  await server.close()
})

test('the routes are told as OpenAPI, each id once', async () => {
  const server = await startTestServer()
  const { body } = await server.call<{
    openapi: string
    paths: Record<string, Record<string, { operationId: string }>>
  }>('GET', '/openapi.json')
  equal(body.openapi, '3.1.0')
  const operations = Object.values(body.paths).flatMap(path => Object.values(path))
  equal(operations.length, routesOf(server.context).length)
  equal(new Set(operations.map(one => one.operationId)).size, operations.length)
  await server.close()
})

async function signAllIn(server: TestServer): Promise<Record<Caller, object>> {
  const out: Record<string, object> = { nobody: {} }
  for (const role of ['viewer', 'analyst', 'admin'] as const) out[role] = await server.signIn(`the-${role}`, role)
  for (const scope of ['read', 'write', 'admin', 'agent', 'metrics'] as const) {
    const made = await server.local<Token & { secret: string }>('POST', '/tokens', {
      name: scope,
      scopes: [scope],
      days: 1,
    })
    out[`token:${scope}`] = { token: made.body.secret }
  }
  return out as Record<Caller, object>
}
