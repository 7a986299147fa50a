import { equal, notEqual, ok, rejects } from 'node:assert/strict'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { testFolder } from '../db/testing.ts'
import type { AuditRow, AuditVerified } from '../schemas/audit.ts'
import type { Page } from '../schemas/common.ts'
import type { Settings } from '../schemas/settings.ts'
import type { Invitation, Token, User } from '../schemas/users.ts'
import { cookieOf, startTestServer } from '../testing.ts'
import { openKey } from './seal.ts'

const password = 'a long enough password'

test('the first administrator is made by a link that is good once', async () => {
  const server = await startTestServer()
  equal((await server.call<{ setupNeeded: boolean }>('GET', '/auth')).body.setupNeeded, true)
  const token = server.setupLink!.split('#')[1]!
  const body = { token, name: '김보안', password }
  equal((await server.call('POST', '/auth/setup', { body: { ...body, password: 'short' } })).status, 400)
  equal((await server.call('POST', '/auth/setup', { body: { ...body, token: `${token}x` } })).status, 403)
  const made = await server.call('POST', '/auth/setup', { body })
  equal(made.status, 200)
  equal((await server.call('POST', '/auth/setup', { body: { ...body, name: 'other' } })).status, 403)
  equal((await server.call<{ setupNeeded: boolean }>('GET', '/auth')).body.setupNeeded, false)
  const cookie = String(made.headers['set-cookie'])
  ok(/HttpOnly/.test(cookie) && /SameSite=Strict/.test(cookie) && !/Domain/.test(cookie), cookie)
  equal((await server.call('POST', '/auth/login', { body: { name: '김보안'.normalize('NFD'), password } })).status, 200)
})

test('names cannot be told from wrong passwords, and guessing locks the door', async () => {
  let now = Date.now()
  const server = await startTestServer({ now: () => now })
  await server.signIn('kim', 'admin', password)
  const attempt = (name: string, word = 'wrong') =>
    server.call('POST', '/auth/login', { body: { name, password: word } })
  const known = await attempt('kim')
  const unknown = await attempt('nobody')
  equal(known.status, 401)
  equal(known.text, unknown.text)
  for (let i = 0; i < 5; i++) await attempt('kim')
  for (let i = 0; i < 5; i++) await attempt('nobody')
  const locked = await attempt('kim', password)
  equal(locked.status, 429)
  ok(Number(locked.headers['retry-after']) > 0)
  equal((await attempt('nobody')).status, 429)
  // The clock is set back: nobody waits for ever.
  now -= 10 * 86_400_000
  equal((await attempt('kim', password)).status, 429)
  now += 10 * 86_400_000 + 20 * 60_000
  equal((await attempt('kim', password)).status, 200)
})

test('a session is refused without its token, from another page, under another name, and after its end', async () => {
  let now = Date.now()
  const server = await startTestServer({ now: () => now })
  const { cookie, csrf } = await server.signIn('kim', 'admin', password)
  const write = (more: object) => server.call('POST', '/jobs', { cookie, csrf, body: { kind: 'rejudge' }, ...more })
  equal((await write({})).status, 202)
  equal((await write({ csrf: undefined })).status, 403)
  equal((await write({ csrf: `${csrf}x` })).status, 403)
  equal((await write({ headers: { origin: 'https://evil.example' } })).status, 403)
  equal((await write({ headers: { 'sec-fetch-site': 'cross-site' } })).status, 403)
  equal((await write({ headers: { host: 'evil.example' } })).status, 403)
  equal((await server.call('GET', '/auth/me', { cookie: `${cookie}x` })).status, 401)
  now += 9 * 3_600_000
  equal((await server.call('GET', '/auth/me', { cookie })).status, 401)
})

test('a new password ends every other session, a disabled account all of them, and the last administrator stays', async () => {
  const server = await startTestServer()
  const first = await server.signIn('kim', 'admin', password)
  const second = cookieOf(await server.call('POST', '/auth/login', { body: { name: 'kim', password } }))
  notEqual(first.cookie, second)
  const changed = await server.call('POST', '/auth/password', {
    ...first,
    body: { old: password, password: 'another long password' },
  })
  equal(changed.status, 200)
  for (const cookie of [first.cookie, second]) equal((await server.call('GET', '/auth/me', { cookie })).status, 401)
  equal((await server.call('GET', '/auth/me', { cookie: cookieOf(changed) })).status, 200)
  const viewer = await server.signIn('lee', 'viewer')
  const { items } = (await server.local<Page<User>>('GET', '/users')).body
  const [kim, lee] = ['kim', 'lee'].map(name => items.find(one => one.name === name)!.id)
  equal((await server.local('PATCH', `/users/${lee}`, { disabled: true })).status, 200)
  equal((await server.call('GET', '/auth/me', { cookie: viewer.cookie })).status, 401)
  equal((await server.local('DELETE', `/users/${kim}`)).status, 409)
  equal((await server.local('PATCH', `/users/${kim}`, { role: 'viewer' })).status, 409)
  const reset = (await server.local<Invitation>('POST', `/users/${kim}/reset`, {})).body
  ok(reset.link.startsWith('/setup#'))
  equal((await server.call('GET', '/auth/me', { cookie: cookieOf(changed) })).status, 401)
})

test('tokens end, and are worth no more than who made them', async () => {
  let now = Date.now()
  const server = await startTestServer({ now: () => now })
  const { cookie, csrf } = await server.signIn('kim', 'admin', password)
  await server.signIn('other', 'admin')
  const make = (scopes: string[]) =>
    server.call<Token & { secret: string }>('POST', '/tokens', { cookie, csrf, body: { name: 'ci', scopes, days: 1 } })
  const { secret, id } = (await make(['admin', 'agent'])).body
  ok(secret.startsWith('jnr_'))
  ok(!(await server.local('GET', '/tokens')).text.includes(secret))
  equal((await server.call('GET', '/users', { token: secret })).status, 200)
  equal((await server.call('GET', '/users', { token: `${secret}x`, cookie })).status, 401)
  const { items } = (await server.local<Page<User>>('GET', '/users?q=kim')).body
  await server.local('PATCH', `/users/${items[0]!.id}`, { role: 'viewer' })
  equal((await server.call('GET', '/users', { token: secret })).status, 403)
  equal((await server.call('GET', '/hosts', { token: secret })).status, 200)
  equal((await server.call('GET', '/agent/config', { token: secret })).status, 403)
  now += 2 * 86_400_000
  equal((await server.call('GET', '/hosts', { token: secret })).status, 401)
  equal((await server.local('DELETE', `/tokens/${id}`)).status, 204)
})

test('the audit log tells who did what, and notices a change, a missing row and a cut end', async () => {
  const server = await startTestServer()
  const { cookie, csrf } = await server.signIn('kim', 'analyst', password)
  await server.call('POST', '/users', { cookie, csrf, body: { name: 'x', role: 'admin' } })
  await server.call('POST', '/auth/login', { body: { name: 'kim\u0000\nadmin login done', password: 'x' } })
  const { items } = (await server.local<Page<AuditRow>>('GET', '/audit')).body
  ok(items.some(row => row.action === 'user.add' && row.actor === 'kim' && row.outcome === 'refused'))
  ok(
    items.every(
      row =>
        !/[\n\u0000]/.test(
          JSON.stringify(Object.values(row)).replace(/\\\\/g, '').replace(/\\"/g, '').includes('\\n') ? '\n' : '',
        ),
    ),
  )
  ok(!JSON.stringify(items).includes(password))
  const verify = async () => (await server.local<AuditVerified>('GET', '/audit/verify')).body
  equal((await verify()).ok, true)
  const { db } = server.context
  const rows = await db.selectFrom('audit').selectAll().orderBy('seq').execute()
  const second = rows[1]!
  await db.updateTable('audit').set({ actor: 'mallory' }).where('seq', '=', second.seq).execute()
  equal((await verify()).brokenAt, second.id)
  await db.updateTable('audit').set({ actor: second.actor }).where('seq', '=', second.seq).execute()
  equal((await verify()).ok, true)
  await db.deleteFrom('audit').where('seq', '=', rows.at(-1)!.seq).execute()
  equal((await verify()).ok, false)
})

test('secrets are sealed by a key that is not in the database, and never told', async () => {
  const server = await startTestServer()
  const oidc = {
    enabled: true,
    name: 'SSO',
    issuer: 'https://id.example.org',
    clientId: 'jenner',
    roleClaim: 'groups',
    roles: {},
  }
  const changed = await server.local<Settings>('PATCH', '/settings', { oidc, oidcSecret: 'very secret words' })
  equal(changed.status, 200)
  for (const { text } of [changed, await server.local('GET', '/settings'), await server.local('GET', '/audit')])
    ok(!text.includes('very secret words'))
  const [row] = await server.context.db.selectFrom('sealed').selectAll().execute()
  ok(!JSON.stringify(row).includes('secret words'))
  equal(await server.context.seal.get('oidc.secret'), 'very secret words')
  await server.context.db.updateTable('sealed').set({ name: 'other' }).execute()
  await rejects(server.context.seal.get('other'), { code: 'target_unreadable' })
  equal(statSync(join(server.state, 'key')).mode & 0o777, 0o600)
  equal(statSync(server.socket).mode & 0o777, 0o600)
})

test('a key that others may read, or that is cut short, is refused', () => {
  const folder = testFolder()
  writeFileSync(join(folder, 'key'), 'short', { mode: 0o600 })
  for (const attempt of [() => openKey(folder), () => openKey(folder)])
    try {
      attempt()
      ok(false)
    } catch (error) {
      equal((error as { code: string }).code, 'target_unreadable')
    }
})
