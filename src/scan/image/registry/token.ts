import type { IncomingMessage } from 'node:http'
import { JennerError } from '../../../base/errors.ts'
import { parseJsonObject, stringAt } from '../../../base/json.ts'
import { wholeBody } from './body.ts'
import type { Challenge } from './challenge.ts'
import type { Credential } from './credential.ts'
import { sameOwner } from './same-owner.ts'

const maxAnswer = 1024 * 1024
const maxToken = 64 * 1024

/** What a token is asked for with: sends one request, following redirects by the house's rules, the headers to `url`'s own origin alone. */
export type Ask = (
  url: URL,
  order: { method?: 'GET' | 'POST'; headers: Record<string, string>; body?: string },
) => Promise<IncomingMessage>

export interface TokenOrder {
  challenge: Challenge
  /** Where the challenge came from. */
  registry: URL
  /** `repository:library/nginx:pull` */
  scope: string
  /** Of the registry. */
  credential: Credential | undefined
  /** Of another host, should the realm be one: what the user stored for that very host. */
  credentialOf: (host: string) => Promise<Credential | undefined>
  ask: Ask
}

/**
 * A bearer token by the distribution specification's token flow: GET realm?service=…&scope=…, with the password as Basic; an identity token by POST
 * (OAuth 2, RFC 6749 section 6). The realm is the registry's word, so:
 * - it must be HTTPS, or plain HTTP on the registry's own host when that is spoken to so;
 * - the registry's credential goes to it only when both belong to one owner (`sameOwner`); else what is stored for the realm's host, else none.
 * Throws registry_denied, registry_unreachable, malformed.
 */
export async function fetchToken(order: TokenOrder): Promise<string> {
  const realm = realmOf(order)
  const own = sameOwner(realm.hostname, order.registry.hostname)
  const credential = own ? order.credential : await order.credentialOf(realm.host)
  const answer = await askRealm(realm, order, credential)
  if (answer.statusCode !== 200) {
    answer.destroy()
    const held = !own && order.credential !== undefined && credential === undefined
    const why = held ? `; the credential of ${order.registry.host} is not sent to ${realm.host}` : ''
    throw new JennerError(
      answer.statusCode === 401 || answer.statusCode === 403 ? 'registry_denied' : 'registry_unreachable',
      `${realm.host}: HTTP ${answer.statusCode} for a token${why}`,
    )
  }
  return readToken(await wholeBody(answer, maxAnswer, `${realm.host}: token`), realm.host)
}

function realmOf({ challenge, registry, scope }: TokenOrder): URL {
  const text = challenge.parameters.get('realm') ?? ''
  const realm = URL.canParse(text) ? new URL(text) : undefined
  const allowed =
    realm?.protocol === 'https:' ||
    (realm?.protocol === 'http:' && registry.protocol === 'http:' && realm.hostname === registry.hostname)
  if (!realm || !allowed || realm.username !== '' || realm.password !== '')
    throw new JennerError('registry_denied', `${registry.host} sends us for a token to ${text.slice(0, 200)}`)
  const service = challenge.parameters.get('service')
  if (service !== undefined) realm.searchParams.set('service', service)
  realm.searchParams.set('scope', scope)
  return realm
}

function askRealm(realm: URL, { ask, challenge, scope }: TokenOrder, credential: Credential | undefined) {
  if (credential?.identityToken !== undefined) {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      service: challenge.parameters.get('service') ?? '',
      client_id: 'jenner',
      scope,
      refresh_token: credential.identityToken,
    })
    const url = new URL(realm)
    url.search = ''
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return ask(url, { method: 'POST', headers, body: form.toString() })
  }
  return ask(realm, { headers: basicHeader(credential) })
}

/** RFC 7617. */
export function basicHeader(credential: Credential | undefined): Record<string, string> {
  if (credential?.user === undefined) return {}
  const pair = Buffer.from(`${credential.user}:${credential.password ?? ''}`).toString('base64')
  return { authorization: `Basic ${pair}` }
}

function readToken(body: Buffer, host: string): string {
  let token: string | undefined
  try {
    const answer = parseJsonObject(body.toString('utf8'))
    token = stringAt(answer, 'token') || stringAt(answer, 'access_token')
  } catch {}
  // It becomes a header.
  if (token === undefined || token.length > maxToken || !/^[\x21-\x7e]+$/.test(token))
    throw new JennerError('malformed', `${host}: the answer holds no token`)
  return token
}
