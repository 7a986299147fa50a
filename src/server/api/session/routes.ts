import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { JennerError } from '../../../base/errors.ts'
import { clearCookie, enter, login } from '../../auth/login.ts'
import { type Begun, beginOidc, finishOidc } from '../../auth/oidc.ts'
import { checkPassword, hashPassword } from '../../auth/password.ts'
import { endSession, endSessionsOf } from '../../auth/sessions.ts'
import { redeemLink, setupNeeded, userOf } from '../../auth/users.ts'
import type { Context } from '../../context.ts'
import { iso } from '../../ingest/time.ts'
import { authState, login as loginSchema, me, passwordChange, setup, user } from '../../schemas/users.ts'
import { type Route, route } from '../route.ts'

export function sessionRoutes(context: Context): Route[] {
  return [...publicRoutes(context), ...ownRoutes(context), ...oidcRoutes(context)]
}

function publicRoutes(context: Context): Route[] {
  const { db, settings, version } = context
  return [
    route({
      method: 'GET',
      path: '/auth',
      access: 'public',
      summary: 'What the sign-in page needs to know',
      response: authState,
      handle: async () => {
        const { oidc } = settings.get()
        return {
          setupNeeded: await setupNeeded(db),
          ...(oidc.enabled && { oidc: { name: oidc.name || 'OIDC' } }),
          version,
        }
      },
    }),
    route({
      method: 'POST',
      path: '/auth/login',
      access: 'public',
      summary: 'Signs in',
      body: loginSchema,
      response: me,
      secret: true,
      perMinute: 30,
      handle: async ({ body, from, reply }) => {
        const note = (outcome: 'done' | 'refused', detail: string) =>
          context.audit.write({ actor: body.name, from, action: 'login', outcome, detail })
        try {
          const answer = await login(context, body.name, body.password, from, reply)
          await note('done', '')
          return answer
        } catch (error) {
          if (error instanceof JennerError) await note('refused', error.code)
          throw error
        }
      },
    }),
    route({
      method: 'POST',
      path: '/auth/setup',
      access: 'public',
      summary: 'Uses a link: sets a password, or makes the first administrator',
      body: setup,
      response: me,
      secret: true,
      perMinute: 10,
      handle: async ({ body, from, reply }) => {
        const row = await redeemLink(context, body.token, body.password, body.name)
        await context.audit.write({ actor: row.name, from, action: 'password.set', target: row.id, outcome: 'done' })
        return enter(context, row, from, reply)
      },
    }),
  ]
}

function ownRoutes(context: Context): Route[] {
  const { db } = context
  return [
    route({
      method: 'GET',
      path: '/auth/me',
      access: 'self',
      summary: 'Who is signed in',
      response: me,
      handle: async ({ who }) => {
        const row = await db.selectFrom('users').selectAll().where('id', '=', who.userId).executeTakeFirstOrThrow()
        return { user: userOf(row), csrf: who.session!.csrf, expires: iso(who.session!.expires) }
      },
    }),
    route({
      method: 'POST',
      path: '/auth/logout',
      access: 'self',
      summary: 'Signs out',
      audit: 'logout',
      handle: async ({ who, reply }) => {
        await endSession(db, who.session!.id)
        clearCookie(context, reply)
      },
    }),
    route({
      method: 'POST',
      path: '/auth/password',
      access: 'self',
      summary: 'Changes one’s password; all other sessions end',
      body: passwordChange,
      response: me,
      secret: true,
      perMinute: 10,
      audit: 'password.change',
      handle: async ({ body, who, from, reply }) => {
        const row = await db.selectFrom('users').selectAll().where('id', '=', who.userId).executeTakeFirstOrThrow()
        if (!(await checkPassword(body.old, row.password || undefined))) throw new JennerError('forbidden', 'password')
        await db
          .updateTable('users')
          .set({ password: await hashPassword(body.password) })
          .where('id', '=', row.id)
          .execute()
        await endSessionsOf(db, row.id)
        // A link that was made for the old password would set another.
        await db.deleteFrom('invitations').where('user_id', '=', row.id).execute()
        return enter(context, row, from, reply)
      },
    }),
    route({
      method: 'DELETE',
      path: '/auth/sessions',
      access: 'self',
      summary: 'Ends one’s other sessions',
      response: user,
      audit: 'sessions.end',
      handle: async ({ who }) => {
        await endSessionsOf(db, who.userId, who.session!.id)
        return userOf(await db.selectFrom('users').selectAll().where('id', '=', who.userId).executeTakeFirstOrThrow())
      },
    }),
  ]
}

const minutes = 10
const begunForm = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() })

function oidcRoutes(context: Context): Route[] {
  const cookie = context.secure ? '__Host-jenner-oidc' : 'jenner-oidc'
  const address = (request: FastifyRequest) => `${context.secure ? 'https' : 'http'}://${request.headers.host}`
  return [
    route({
      method: 'GET',
      path: '/auth/oidc',
      access: 'public',
      summary: 'Begins single sign-on',
      raw: 'text/html',
      perMinute: 30,
      handle: async ({ request, reply }) => {
        const { url, begun } = await beginOidc(context, `${address(request)}/api/v1/auth/oidc/callback`)
        // Lax: the issuer's site sends the browser back, and a strict cookie would stay behind.
        reply.setCookie(cookie, Buffer.from(JSON.stringify(begun)).toString('base64url'), {
          path: '/',
          httpOnly: true,
          sameSite: 'lax',
          secure: context.secure,
          maxAge: minutes * 60,
        })
        return reply.redirect(url)
      },
    }),
    route({
      method: 'GET',
      path: '/auth/oidc/callback',
      access: 'public',
      summary: 'Ends single sign-on',
      query: z.looseObject({}),
      raw: 'text/html',
      perMinute: 30,
      handle: async ({ request, reply, from }) => {
        const begun = readBegun(request.cookies[cookie])
        reply.clearCookie(cookie, { path: '/', httpOnly: true, sameSite: 'lax', secure: context.secure })
        try {
          const row = await finishOidc(context, new URL(request.url, address(request)), begun)
          await enter(context, row, from, reply)
          await context.audit.write({ actor: row.name, from, action: 'login', detail: 'oidc', outcome: 'done' })
        } catch (error) {
          await context.audit.write({ actor: '-', from, action: 'login', detail: 'oidc', outcome: 'refused' })
          throw error
        }
        // A page of our own and not a redirect: the strict cookie goes along only with what our own site asks for.
        return reply.header('refresh', '0;url=/').type('text/html').send('<!doctype html><title>Jenner</title>')
      },
    }),
  ]
}

function readBegun(cookie: string | undefined): Begun {
  try {
    return begunForm.parse(JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString('utf8')))
  } catch (cause) {
    throw new JennerError('unauthenticated', 'oidc', cause)
  }
}
