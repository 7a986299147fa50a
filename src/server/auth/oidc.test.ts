import { deepEqual, equal, ok } from 'node:assert/strict'
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import type { User } from '../schemas/users.ts'
import { type Answer, cookieOf, startTestServer, type TestServer } from '../testing.ts'
import { roleOf } from './oidc.ts'

interface Grant {
  nonce: string
  challenge: string
  redirect: string
}

/** An issuer that takes nothing that is not exactly right: client, secret, redirect address, code once, PKCE. `claims` and `forge` are what a test wants of it. */
async function startIssuer() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const grants = new Map<string, Grant>()
  const issuer = {
    claims: {} as Record<string, unknown>,
    forge: {} as Record<string, unknown>,
    key: privateKey,
    url: '',
    refused: [] as string[],
  }
  const server = createServer(async (request, response) => {
    const url = new URL(request.url!, issuer.url)
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    const refuse = (why: string) => {
      issuer.refused.push(why)
      send(400, { error: 'invalid_grant', error_description: why })
    }
    if (url.pathname === '/.well-known/openid-configuration')
      return send(200, {
        issuer: issuer.url,
        authorization_endpoint: `${issuer.url}/authorize`,
        token_endpoint: `${issuer.url}/token`,
        jwks_uri: `${issuer.url}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: ['client_secret_basic'],
      })
    if (url.pathname === '/jwks')
      return send(200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] })
    if (url.pathname !== '/token' || request.method !== 'POST') return send(404, {})
    let text = ''
    for await (const chunk of request) text += chunk
    const form = new URLSearchParams(text)
    // RFC 6749, 2.3.1: both parts are form-encoded first.
    const basic = Buffer.from((request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString('utf8')
    if (basic.split(':').map(decodeURIComponent).join(' ') !== 'jenner client-secret') return refuse('client')
    const grant = grants.get(form.get('code') ?? '')
    if (!grant || !grants.delete(form.get('code')!)) return refuse('code')
    if (form.get('redirect_uri') !== grant.redirect) return refuse('redirect')
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (verifier !== grant.challenge) return refuse('pkce')
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: issuer.url,
      aud: 'jenner',
      sub: 'user-7',
      iat: now,
      exp: now + 60,
      nonce: grant.nonce,
      ...issuer.claims,
      ...issuer.forge,
    }
    return send(200, { access_token: 'x', token_type: 'Bearer', id_token: jwt(claims, issuer.key) })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  issuer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  after(() => server.close())
  /** What the issuer's sign-in page does: checks the request and sends the browser back. */
  const authorize = (location: string) => {
    const url = new URL(location)
    const of = (name: string) => url.searchParams.get(name) ?? ''
    deepEqual(
      [url.origin, of('client_id'), of('response_type'), of('code_challenge_method')],
      [issuer.url, 'jenner', 'code', 'S256'],
    )
    const code = randomBytes(16).toString('hex')
    grants.set(code, { nonce: of('nonce'), challenge: of('code_challenge'), redirect: of('redirect_uri') })
    return { code, state: of('state') }
  }
  return { ...issuer, issuer, authorize }
}

type Key = ReturnType<typeof generateKeyPairSync>['privateKey']

function jwt(claims: object, key: Key): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}`
  return `${text}.${createSign('RSA-SHA256')
    .update(text)
    .sign(key as never, 'base64url')}`
}

async function configured(url: string): Promise<TestServer> {
  const server = await startTestServer()
  const oidc = {
    enabled: true,
    name: 'SSO',
    issuer: url,
    clientId: 'jenner',
    roleClaim: 'groups',
    roles: { staff: 'viewer', security: 'analyst' },
  }
  equal((await server.local('PATCH', '/settings', { oidc, oidcSecret: 'client-secret' })).status, 200)
  return server
}

async function begin(server: TestServer) {
  const answer = await server.call('GET', '/auth/oidc')
  equal(answer.status, 302, answer.text)
  return { location: String(answer.headers.location), cookie: cookieOf(answer) }
}

const back = (server: TestServer, { code, state }: { code: string; state: string }, cookie: string) =>
  server.call('GET', `/auth/oidc/callback?code=${code}&state=${state}`, { cookie })

function sessionOf(answer: Answer<unknown>): string {
  const cookies = [answer.headers['set-cookie'] ?? []].flat()
  return cookies.find(one => one.startsWith('jenner='))?.split(';')[0] ?? ''
}

test('signs in by an issuer, with the role that it tells, and follows it when that changes', async () => {
  const { issuer, authorize, url } = await startIssuer()
  const server = await configured(url)
  issuer.claims = { preferred_username: 'kim', groups: ['staff', 'security'] }
  const first = await begin(server)
  const done = await back(server, authorize(first.location), first.cookie)
  equal(done.status, 200, done.text)
  const me = (await server.call<{ user: User }>('GET', '/auth/me', { cookie: sessionOf(done) })).body
  deepEqual([me.user.name, me.user.role, me.user.kind], ['kim', 'analyst', 'oidc'])
  issuer.claims = { preferred_username: 'renamed', groups: 'staff' }
  const second = await begin(server)
  const again = await back(server, authorize(second.location), second.cookie)
  const now = (await server.call<{ user: User }>('GET', '/auth/me', { cookie: sessionOf(again) })).body
  deepEqual([now.user.id, now.user.role], [me.user.id, 'viewer'])
  equal((await server.call('POST', '/auth/login', { body: { name: 'kim', password: '' } })).status, 401)
})

test('refuses a foreign state, a stolen code, a code twice, a token that is forged, old, of another client or nonce', async () => {
  const { issuer, authorize, url } = await startIssuer()
  const server = await configured(url)
  issuer.claims = { preferred_username: 'kim', groups: ['staff'] }
  const refused = async (what: string, answer: Promise<Answer<unknown>>, status = 401) => {
    const got = await answer
    equal(got.status, status, what)
    equal(sessionOf(got), '', what)
  }
  const one = await begin(server)
  const other = await begin(server)
  const granted = authorize(one.location)
  await refused('no cookie', back(server, granted, ''))
  await refused('another state', back(server, { ...granted, state: 'x' }, one.cookie))
  await refused(
    'another browser’s code',
    back(server, { code: granted.code, state: authorize(other.location).state }, other.cookie),
  )
  ok(issuer.refused.includes('pkce'))
  const good = await begin(server)
  const used = authorize(good.location)
  equal((await back(server, used, good.cookie)).status, 200)
  await refused('a code twice', back(server, used, good.cookie))
  const forged: [string, Record<string, unknown>][] = [
    ['nonce', { nonce: 'x' }],
    ['audience', { aud: 'other' }],
    ['issuer', { iss: 'http://127.0.0.1:1' }],
    ['expired', { exp: 1000 }],
  ]
  for (const [what, forge] of forged) {
    issuer.forge = forge
    const begun = await begin(server)
    await refused(what, back(server, authorize(begun.location), begun.cookie))
  }
  issuer.forge = {}
  const own = issuer.key
  issuer.key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const unsigned = await begin(server)
  await refused('another key', back(server, authorize(unsigned.location), unsigned.cookie))
  issuer.key = own
  issuer.claims = { preferred_username: 'lee', groups: ['guests'] }
  const stranger = await begin(server)
  await refused('no role', back(server, authorize(stranger.location), stranger.cookie), 403)
})

test('the highest of the roles that are told; none for what is not in the list', () => {
  const roles = { a: 'viewer', b: 'admin', c: 'analyst' } as const
  equal(roleOf(['a', 'b', 'c'], roles), 'admin')
  equal(roleOf('c', roles), 'analyst')
  for (const claim of [undefined, 7, ['x'], '__proto__', 'constructor', {}]) equal(roleOf(claim, roles), undefined)
})
