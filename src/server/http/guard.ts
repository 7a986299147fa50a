import type { FastifyInstance, FastifyRequest } from 'fastify'
import { JennerError } from '../../base/errors.ts'
import { apiPrefix, setCaller } from '../api/mount.ts'
import { sameText } from '../auth/password.ts'
import { local, type Principal } from '../auth/principal.ts'
import { findSession } from '../auth/sessions.ts'
import { findToken } from '../auth/tokens.ts'
import type { Context } from '../context.ts'

export interface GuardOptions {
  /** Names that this server answers to besides addresses and localhost. */
  hosts: readonly string[]
  /** Whether a request came over the socket in the state folder. */
  isLocal: (request: FastifyRequest) => boolean
}

/** Cookies are bound to this host by their name where TLS allows it. */
export function cookieName(secure: boolean): string {
  return secure ? '__Host-jenner' : 'jenner'
}

/** Checks of every request before any route: the host it was meant for, the page it comes from, who asks. */
export function guard(app: FastifyInstance, context: Context, options: GuardOptions): void {
  app.addHook('onRequest', async request => {
    if (options.isLocal(request)) {
      setCaller(request, local, 'socket')
      return
    }
    checkHost(request, options.hosts)
    checkOrigin(request)
    if (!request.url.startsWith(`${apiPrefix}/`) && !request.url.startsWith('/metrics')) return
    const who = await authenticate(context, request)
    if (who?.session) checkCsrf(request, who.session.csrf)
    setCaller(request, who, request.ip)
  })
}

const literal = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i

/**
 * DNS rebinding makes a browser send another site's name to us: a name must be one of ours. Addresses cannot be rebound.
 * Throws JennerError forbidden.
 */
function checkHost({ headers, raw }: FastifyRequest, hosts: readonly string[]): void {
  // RFC 9112, 3.2: of two names a proxy may have looked at the other.
  if ((raw.headersDistinct.host?.length ?? 0) > 1) throw new JennerError('bad_argument', 'host')
  const name = (headers.host ?? '').replace(/:\d{1,5}$/, '').toLowerCase()
  if (literal.test(name) || name === 'localhost' || hosts.includes(name)) return
  throw new JennerError('forbidden', 'host')
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A browser says which page a request comes from; only ours may write. Tools send neither header. */
function checkOrigin({ method, headers }: FastifyRequest): void {
  if (safe.has(method)) return
  const { origin, host } = headers
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new JennerError('forbidden', 'origin')
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`)
    throw new JennerError('forbidden', 'origin')
}

function checkCsrf({ method, headers }: FastifyRequest, csrf: string): void {
  if (safe.has(method)) return
  const given = headers['x-csrf-token']
  if (typeof given !== 'string' || !sameText(given, csrf)) throw new JennerError('forbidden', 'csrf')
}

/** A token that is stated and wrong is refused, even beside a good cookie. Throws JennerError unauthenticated. */
async function authenticate(context: Context, request: FastifyRequest): Promise<Principal | undefined> {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const [, secret] = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(authorization) ?? []
    const who = secret && (await findToken(context.db, secret, context.now()))
    if (!who) throw new JennerError('unauthenticated', 'token')
    return who
  }
  const cookie = request.cookies[cookieName(context.secure)]
  if (!cookie || cookie.length > 200) return undefined
  return findSession(context.db, cookie, context.now())
}
