import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type ApiError, addressOf, read, setCsrf, whenSignedOut, write } from './client.ts'

function answerWith(context: TestContext, response: () => Response | Promise<Response>) {
  return context.mock.method(globalThis, 'fetch', async () => response())
}

test('addresses leave out what is not given', () => {
  assert.equal(
    addressOf('vulnerabilities', { q: '', severity: 'HIGH', cursor: undefined, limit: 50 }),
    '/api/v1/vulnerabilities?severity=HIGH&limit=50',
  )
  assert.equal(addressOf('health'), '/api/v1/health')
})

test('a write carries the session’s token, a key of its own, and JSON', async context => {
  const fetch = answerWith(context, () => Response.json({ id: 'd1' }))
  setCsrf('token-1')
  assert.deepEqual(await write('POST', 'decisions', { a: 1 }), { id: 'd1' })
  await write('POST', 'decisions', { a: 1 })
  const [first, second] = fetch.mock.calls.map(
    ({ arguments: [, init] }) => init as RequestInit & { headers: Record<string, string> },
  )
  assert.equal(first!.headers['x-csrf-token'], 'token-1')
  assert.equal(first!.body, '{"a":1}')
  assert.equal(first!.redirect, 'error')
  assert.match(first!.headers['idempotency-key']!, /^[\d-]+$/)
  assert.notEqual(first!.headers['idempotency-key'], second!.headers['idempotency-key'])
})

test('a problem becomes an error with its code', async context => {
  const problem = {
    type: 'urn:x',
    title: 'Conflict',
    status: 409,
    code: 'conflict',
    detail: 'changed',
    errors: [{ path: 'owner', message: 'empty' }],
  }
  answerWith(
    context,
    () =>
      new Response(JSON.stringify(problem), { status: 409, headers: { 'content-type': 'application/problem+json' } }),
  )
  await assert.rejects(read('rules'), (error: ApiError) => {
    assert.deepEqual(
      [error.status, error.code, error.message, error.errors],
      [409, 'conflict', 'changed', problem.errors],
    )
    return true
  })
})

test('what is no problem+json is still an error, a 401 ends the session', async context => {
  let ended = 0
  whenSignedOut(() => ended++)
  answerWith(context, () => new Response('<html>', { status: 401, headers: { 'content-type': 'text/html' } }))
  await assert.rejects(read('today'), { status: 401, code: 'http_401' })
  assert.equal(ended, 1)
  whenSignedOut(() => {})
})

test('a server that is gone is told apart from one that refuses', async context => {
  answerWith(context, () => Promise.reject(new TypeError('fetch failed')))
  await assert.rejects(read('today'), { status: 0, code: 'unreachable' })
})
