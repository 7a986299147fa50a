import { lookup as lookupName } from 'node:dns'
import { Agent as HttpAgent, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import * as client from 'openid-client'
import { addressAllowed } from '../../base/address.ts'
import { JennerError } from '../../base/errors.ts'
import type { Context } from '../context.ts'
import type { Role } from '../schemas/users.ts'
import { lowerRole } from './principal.ts'
import { createUser, isNameTaken, type UserRow } from './users.ts'

/** Name of the sealed secret. */
export const oidcSecret = 'oidc.secret'

/** What must come back with the answer; kept in a cookie of the browser that began. */
export interface Begun {
  state: string
  nonce: string
  verifier: string
}

const known = new WeakMap<Context, { key: string; config: client.Configuration }>()

/** Single sign-on by OpenID Connect: authorization code with PKCE. Throws JennerError conflict where it is off, and bad_argument where the issuer does not answer as one. */
async function configuration(context: Context): Promise<client.Configuration> {
  const { oidc } = context.settings.get()
  if (!oidc.enabled) throw new JennerError('conflict', 'oidc')
  const secret = await context.seal.get(oidcSecret)
  const key = JSON.stringify([oidc.issuer, oidc.clientId, secret])
  const before = known.get(context)
  if (before?.key === key) return before.config
  const issuer = new URL(oidc.issuer)
  const plain = issuer.protocol === 'http:'
  // Without TLS nobody knows who answers; on this machine that is no question.
  if (plain && !/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(issuer.hostname))
    throw new JennerError('bad_argument', 'issuer: https')
  try {
    const config = await client.discovery(
      issuer,
      oidc.clientId,
      secret,
      secret ? client.ClientSecretBasic(secret) : client.None(),
      {
        timeout: 10,
        [client.customFetch]: guardedFetch(plain) as client.CustomFetch,
        // The token's signature is checked too, though it comes straight from the issuer.
        execute: [client.enableNonRepudiationChecks, ...(plain ? [client.allowInsecureRequests] : [])],
      },
    )
    known.set(context, { key, config })
    return config
  } catch (cause) {
    throw new JennerError('bad_argument', `issuer: ${cause instanceof Error ? cause.message : ''}`, cause)
  }
}

/** Where to send the browser, and what to keep of it. */
export async function beginOidc(context: Context, redirect: string): Promise<{ url: string; begun: Begun }> {
  const config = await configuration(context)
  const begun = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() }
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirect,
    scope: 'openid profile email',
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(begun.verifier),
    code_challenge_method: 'S256',
  })
  return { url: url.href, begun }
}

/** Who came back. A user is made at the first sign-in; roles follow the issuer's word each time. Throws JennerError unauthenticated, forbidden. */
export async function finishOidc(context: Context, current: URL, begun: Begun): Promise<UserRow> {
  const config = await configuration(context)
  let claims: client.IDToken | undefined
  try {
    const tokens = await client.authorizationCodeGrant(config, current, {
      expectedState: begun.state,
      expectedNonce: begun.nonce,
      pkceCodeVerifier: begun.verifier,
      idTokenExpected: true,
    })
    claims = tokens.claims()
  } catch (cause) {
    throw new JennerError('unauthenticated', 'oidc', cause)
  }
  if (!claims) throw new JennerError('unauthenticated', 'oidc')
  const { oidc } = context.settings.get()
  const role = roleOf(claims[oidc.roleClaim], oidc.roles)
  if (!role) throw new JennerError('forbidden', 'no role')
  return userOfClaims(context, claims, role)
}

/** The highest role that a claim's values are given. */
export function roleOf(claim: unknown, roles: Record<string, Role>): Role | undefined {
  const values = (Array.isArray(claim) ? claim : [claim]).filter(value => typeof value === 'string')
  const given = values.flatMap(value => (Object.hasOwn(roles, value) ? [roles[value]!] : []))
  return given.reduce<Role | undefined>((best, one) => (best && lowerRole(best, one) === one ? best : one), undefined)
}

/** Known by issuer and subject, which never change; a name may be anybody's. */
async function userOfClaims(context: Context, claims: client.IDToken, role: Role): Promise<UserRow> {
  const { db } = context
  const subject = `${claims.iss} ${claims.sub}`
  const before = await db.selectFrom('users').selectAll().where('subject', '=', subject).executeTakeFirst()
  if (before?.disabled) throw new JennerError('forbidden', 'disabled')
  if (before) {
    await db.updateTable('users').set({ role }).where('id', '=', before.id).execute()
    return { ...before, role }
  }
  const stated = [claims.preferred_username, claims.email, claims.sub].find(one => typeof one === 'string') as string
  const name = stated.replace(/[^\p{L}\p{N}._@-]/gu, '-').slice(0, 56)
  // The name of a local account stays its own.
  const free = (await isNameTaken(db, name)) ? `${name}-${subject.length}${Date.now().toString(36).slice(-5)}` : name
  return createUser(context, free, role, { subject })
}

const mostBytes = 1024 * 1024

/** Fetches without following redirects, from addresses that may be spoken to, and no more than a megabyte. */
function guardedFetch(allowLoopback: boolean) {
  const lookup: typeof lookupName = ((
    name: string,
    options: object,
    done: (error: Error | null, ...rest: unknown[]) => void,
  ) =>
    lookupName(name, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error)
      if (addresses.some(({ address }) => !addressAllowed(address, { allowLoopback })))
        return done(new JennerError('forbidden', name))
      if ((options as { all?: boolean }).all) return done(null, addresses)
      return done(null, addresses[0]!.address, addresses[0]!.family)
    })) as never
  return async (
    url: string,
    init: { method?: string; headers?: Record<string, string>; body?: unknown; signal?: AbortSignal },
  ): Promise<Response> => {
    const to = new URL(url)
    const host = to.hostname.replace(/^\[|\]$/g, '')
    if (/^[\d.]+$|:/.test(host) && !addressAllowed(host, { allowLoopback })) throw new JennerError('forbidden', host)
    const secure = to.protocol === 'https:'
    const agent = secure ? new HttpsAgent({ lookup }) : new HttpAgent({ lookup })
    return new Promise((resolve, reject) => {
      const outgoing = (secure ? requestHttps : requestHttp)(
        to,
        {
          method: init.method ?? 'GET',
          headers: Object.fromEntries(new Headers(init.headers)),
          agent,
          ...(init.signal && { signal: init.signal }),
        },
        answer => {
          const chunks: Buffer[] = []
          let size = 0
          answer.on('data', (chunk: Buffer) => {
            size += chunk.length
            if (size > mostBytes) answer.destroy(new JennerError('limit_exceeded', host))
            else chunks.push(chunk)
          })
          answer.on('error', reject)
          answer.on('end', () => {
            const headers = new Headers()
            for (const [name, value] of Object.entries(answer.headers))
              if (value !== undefined) headers.set(name, String(value))
            const body = Buffer.concat(chunks)
            resolve(new Response(body.length > 0 ? body : null, { status: answer.statusCode ?? 502, headers }))
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.end(init.body === undefined || init.body === null ? undefined : String(init.body))
    })
  }
}
