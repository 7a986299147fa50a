import type { IncomingMessage } from 'node:http'
import { JennerError } from '../../../base/errors.ts'
import { isLoopback, reachOf } from './addresses.ts'
import { wholeBody } from './body.ts'
import { certificatesFor } from './certificates.ts'
import { parseChallenges } from './challenge.ts'
import type { Credential } from './credential.ts'
import { credentialFor, systemSources } from './credentials.ts'
import type { RegistryOptions } from './options.ts'
import { apiHost, type Reference } from './reference.ts'
import { sameOwner } from './same-owner.ts'
import { basicHeader, fetchToken } from './token.ts'
import { createTransport, type Transport } from './transport.ts'

/** Reads of one repository. */
export interface RegistryClient {
  /** The answer to GET /v2/REPOSITORY/path with status 200 or 206. Throws target_not_found, registry_denied, registry_unreachable; transient ones are marked. */
  get(path: string, headers?: Record<string, string>): Promise<IncomingMessage>
  close(): void
}

/** An error that another attempt may not meet, and how long the registry wants to be left alone before that. */
export class TransientError extends JennerError {
  readonly waitMs: number
  constructor(detail: string, waitMs = 0, cause?: unknown) {
    super('registry_unreachable', detail, cause)
    this.waitMs = waitMs
  }
}

const maxRedirects = 6

interface State {
  reference: Reference
  options: RegistryOptions
  transport: Transport
  /** `https://host` or, once found out for a registry that may, `http://host`. */
  base: URL
  mayDowngrade: boolean
  authorization: string | undefined
  /** Whether the registry stands in a private network: then so may what it points to. */
  local: boolean
  credential?: Promise<Credential | undefined>
  /** Files of credentials that could not be used. */
  broken: string[]
  signal: AbortSignal | undefined
}

export function createClient(reference: Reference, options: RegistryOptions, signal?: AbortSignal): RegistryClient {
  const host = apiHost(reference.registry)
  const state: State = {
    reference,
    options,
    transport: createTransport({
      certificatesFor: of => certificatesFor(of, options.caFiles ?? []),
      ...(options.env && { env: options.env }),
      ...(options.stallTimeout !== undefined && { stallTimeout: options.stallTimeout }),
    }),
    base: new URL(`https://${host}`),
    mayDowngrade: options.insecure === true || isLoopback(new URL(`https://${host}`).hostname),
    authorization: undefined,
    local: false,
    broken: [],
    signal,
  }
  return { get: (path, headers = {}) => get(state, path, headers), close: () => state.transport.close() }
}

async function get(state: State, path: string, headers: Record<string, string>): Promise<IncomingMessage> {
  const url = (): URL => new URL(`/v2/${state.reference.repository}/${path}`, state.base)
  let answer = await follow(state, url(), { headers }).catch(error => downgraded(state, error, () => url(), headers))
  if (answer.statusCode === 401 && (await authenticate(state, answer))) answer = await follow(state, url(), { headers })
  if (answer.statusCode === 200 || answer.statusCode === 206) return answer
  throw await refusal(state, answer, path)
}

/** Plain HTTP where HTTPS is not spoken and the user allows it (`--insecure`, or this machine itself, as Docker does). */
async function downgraded(
  state: State,
  error: unknown,
  url: () => URL,
  headers: Record<string, string>,
): Promise<IncomingMessage> {
  const code = causeCode(error)
  const noTls = code === 'EPROTO' || code === 'ECONNREFUSED' || code === 'ECONNRESET' || code.startsWith('ERR_SSL')
  if (!state.mayDowngrade || state.base.protocol === 'http:' || !noTls) throw error
  const secure = state.base
  state.base = new URL(`http://${state.base.host}`)
  return follow(state, url(), { headers }).catch(() => {
    state.base = secure
    throw error
  })
}

/** Node's code of what an error came from, '' where there is none. */
export function causeCode(error: unknown): string {
  const cause = error instanceof JennerError ? error.cause : undefined
  const first = cause instanceof AggregateError ? cause.errors[0] : cause
  return String((first as NodeJS.ErrnoException | undefined)?.code ?? '')
}

const transientCodes = new Set(['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN', 'UND_ERR_SOCKET', ''])

function asTransient(error: unknown): unknown {
  if (!(error instanceof JennerError) || error instanceof TransientError || error.code !== 'registry_unreachable')
    return error
  return transientCodes.has(causeCode(error)) && error.cause !== undefined
    ? new TransientError(error.detail, 0, error.cause)
    : error
}

interface Order {
  method?: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string
}

/**
 * Sends to `first` and follows redirects. Who we are is told to the registry's own origin alone (for a token: to the realm's), never to where it points;
 * no redirect may leave HTTPS, and none into networks that the registry is not part of itself.
 */
async function follow(state: State, first: URL, order: Order): Promise<IncomingMessage> {
  let url = first
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const answer = await sendTo(state, url, first, order)
    const { statusCode = 0, headers } = answer
    if (![301, 302, 303, 307, 308].includes(statusCode)) return answer
    answer.destroy()
    const to = headers.location ?? ''
    const next = URL.canParse(to, url.href) ? new URL(to, url) : undefined
    const allowed = next && (next.protocol === 'https:' || (next.protocol === 'http:' && url.protocol === 'http:'))
    if (!next || !allowed || next.username !== '' || next.password !== '' || order.method === 'POST')
      throw new JennerError('registry_unreachable', `${url.host} sends us to ${shown(to)}`)
    url = next
  }
  throw new JennerError('registry_unreachable', `${first.host}: more than ${maxRedirects} redirects`)
}

async function sendTo(state: State, url: URL, first: URL, order: Order): Promise<IncomingMessage> {
  const isRegistry = url.origin === state.base.origin
  const kin = sameOwner(url.hostname, state.base.hostname)
  const { authorization, ...plain } = order.headers
  const own = isRegistry && first.origin === state.base.origin ? state.authorization : undefined
  const proof = url.origin === first.origin ? (authorization ?? own) : undefined
  const answer = await state.transport
    .send(url, {
      ...(order.method && { method: order.method }),
      headers: { ...plain, ...(proof !== undefined && { authorization: proof }) },
      ...(order.body !== undefined && url.origin === first.origin && { body: order.body }),
      reach: kin || state.local ? 'local' : 'public',
      insecure: kin && state.options.insecure === true,
      ...(state.signal && { signal: state.signal }),
    })
    .catch(error => {
      throw asTransient(error)
    })
  if (isRegistry) state.local = reachOf(answer.socket.remoteAddress ?? '0.0.0.0') === 'local'
  return answer
}

/** A redirect's query often is a signature that opens the blob: not for logs. */
function shown(location: string): string {
  return location
    .replace(/[?#].*$/s, '?…')
    .replace(/\/\/[^/@]*@/, '//…@')
    .slice(0, 200)
}

/** Gets what the registry asks for; false when there is nothing to try. */
async function authenticate(state: State, answer: IncomingMessage): Promise<boolean> {
  answer.destroy()
  const challenges = parseChallenges(String(answer.headers['www-authenticate'] ?? ''))
  state.credential ??= ownCredential(state)
  const credential = await state.credential
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer')
  const before = state.authorization
  if (bearer !== undefined && credential?.bearer !== undefined) state.authorization = `Bearer ${credential.bearer}`
  else if (bearer !== undefined) {
    const token = await fetchToken({
      challenge: bearer,
      registry: state.base,
      scope: `repository:${state.reference.repository}:pull`,
      credential,
      credentialOf: host => credentialFor(host, '', state.options.credentials, state.signal),
      ask: (url, order) => follow(state, url, order),
    })
    state.authorization = `Bearer ${token}`
  } else if (challenges.some(({ scheme }) => scheme === 'basic') && credential?.user !== undefined) {
    state.authorization = basicHeader(credential).authorization
  }
  return state.authorization !== before
}

async function ownCredential({ options, reference, signal, broken }: State): Promise<Credential | undefined> {
  if (options.credential !== undefined) return options.credential
  const sources = { ...(options.credentials ?? systemSources), warn: (path: string) => void broken.push(path) }
  return credentialFor(reference.registry, reference.repository, sources, signal)
}

const maxErrorBody = 64 * 1024
const maxWaitMs = 60_000

async function refusal(state: State, answer: IncomingMessage, path: string): Promise<JennerError> {
  const { statusCode = 0, headers } = answer
  const body = await wholeBody(answer, maxErrorBody, 'error').catch(() => Buffer.alloc(0))
  const { registry, repository } = state.reference
  const detail = `${registry}/${repository} ${path.slice(0, 150)}: HTTP ${statusCode}${wordsOf(body)}`
  if (statusCode === 404) return new JennerError('target_not_found', detail)
  if (statusCode === 401 || statusCode === 403) {
    const anonymous = state.credential !== undefined && (await state.credential) === undefined
    const unread = state.broken.map(path => `; ${path} is no JSON object`).join('')
    return new JennerError(
      'registry_denied',
      anonymous ? `${detail} (no credential for ${registry} is stored${unread})` : detail,
    )
  }
  if (statusCode === 408 || statusCode === 429 || statusCode >= 500)
    return new TransientError(detail, Math.min(maxWaitMs, (Number(headers['retry-after']) || 0) * 1000))
  return new JennerError('registry_unreachable', detail)
}

/** Distribution specification, "Error Codes": `{ errors: [{ code, message, detail }] }`. */
function wordsOf(body: Buffer): string {
  try {
    const { errors } = JSON.parse(body.toString('utf8')) as { errors?: { code?: unknown; message?: unknown }[] }
    const { code, message } = errors![0]!
    return ` ${String(code ?? '')} ${String(message ?? '')}`.slice(0, 200)
  } catch {
    return ''
  }
}
