import { once } from 'node:events'
import { request } from 'node:http'
import { join } from 'node:path'
import { after } from 'node:test'
import { testFolder } from './db/testing.ts'
import { type RunningServer, type ServerOptions, startServer } from './server.ts'

export interface Answer<T = Record<string, never>> {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  body: T
}

export interface Call {
  body?: unknown
  headers?: Record<string, string>
  cookie?: string
  csrf?: string
  token?: string
  /** Sent as it stands. */
  raw?: string | Buffer
}

/** A server for tests, and how to speak to it: by its socket (`local`) or its address. */
export interface TestServer extends RunningServer {
  state: string
  socket: string
  local<T>(method: string, path: string, body?: unknown): Promise<Answer<T>>
  call<T>(method: string, path: string, call?: Call): Promise<Answer<T>>
  /** Makes an account and signs it in. */
  signIn(
    name: string,
    role: 'viewer' | 'analyst' | 'admin',
    password?: string,
  ): Promise<{ cookie: string; csrf: string }>
}

export async function startTestServer(options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const state = options.state ?? testFolder()
  const socket = join(state, 'jenner.sock')
  // A cache folder of its own: the machine's advisories must not decide a test.
  const advisories = options.advisories ?? { cacheDir: join(state, 'cache') }
  const server = await startServer({ listen: '127.0.0.1:0', socket, offline: true, ...options, state, advisories })
  let closed: Promise<void> | undefined
  const close = () => (closed ??= server.close())
  after(close)
  const call = <T>(method: string, path: string, { body, headers = {}, cookie, csrf, token, raw }: Call = {}) =>
    send<T>({ url: server.url }, method, path, raw ?? body, {
      ...(cookie && { cookie }),
      ...(csrf && { 'x-csrf-token': csrf }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    })
  const local = <T>(method: string, path: string, body?: unknown) => send<T>({ socket }, method, path, body, {})
  return {
    ...server,
    close,
    state,
    socket,
    local,
    call,
    async signIn(name, role, password = `${name} of the tests`) {
      const { body } = await local<{ link: string }>('POST', '/users', { name, role })
      const token = body.link.slice(body.link.indexOf('#') + 1)
      const answer = await call<{ csrf: string }>('POST', '/auth/setup', { body: { token, password } })
      return { cookie: cookieOf(answer), csrf: answer.body.csrf }
    },
  }
}

export function cookieOf({ headers }: Answer<unknown>): string {
  return String(headers['set-cookie'] ?? '').split(';')[0]!
}

async function send<T>(
  to: { url: string } | { socket: string },
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer<T>> {
  const whole =
    path.startsWith('/healthz') || path.startsWith('//') || path.startsWith('/@')
      ? path.replace('/@', '/')
      : `/api/v1${path}`
  const payload =
    body === undefined ? undefined : Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body)
  const outgoing = request({
    ...('url' in to ? { host: new URL(to.url).hostname, port: new URL(to.url).port } : { socketPath: to.socket }),
    method,
    path: whole,
    headers: { ...(payload !== undefined && { 'content-type': 'application/json' }), ...headers },
    agent: false,
  })
  outgoing.end(payload)
  const [answer] = await once(outgoing, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  const json = text !== '' && /json/.test(answer.headers['content-type'] ?? '')
  return { status: answer.statusCode, headers: answer.headers, text, body: (json ? JSON.parse(text) : {}) as T }
}
