import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { JennerError } from '../base/errors.ts'

/** Where the server is: its socket in the state folder, or an address and a token of scope `agent`. */
export type ServerPlace = { socket: string } | { url: string; token: string }

/** Speaks JSON with the server. Throws JennerError server_unreachable, and server_refused with the answer's code and title. */
export interface Api {
  get(path: string): Promise<unknown>
  post(path: string, body: unknown, options?: { timeout?: number; signal?: AbortSignal }): Promise<unknown>
  /** Bytes, as they are. */
  put(path: string, bytes: Buffer, options?: { timeout?: number; signal?: AbortSignal }): Promise<unknown>
}

const maxAnswerBytes = 64 << 20
const defaultTimeout = 30_000

export function openApi(place: ServerPlace): Api {
  const send = (
    method: string,
    path: string,
    body?: unknown,
    options: { timeout?: number; signal?: AbortSignal } = {},
  ) => call(place, method, path, body, options)
  return {
    get: path => send('GET', path),
    post: (path, body, options) => send('POST', path, body, options),
    put: (path, bytes, options) => send('PUT', path, bytes, options),
  }
}

function call(
  place: ServerPlace,
  method: string,
  path: string,
  body: unknown,
  { timeout = defaultTimeout, signal }: { timeout?: number; signal?: AbortSignal },
): Promise<unknown> {
  const bytes = Buffer.isBuffer(body)
  const payload = body === undefined ? undefined : bytes ? body : Buffer.from(JSON.stringify(body))
  const limit = AbortSignal.timeout(timeout)
  const options = {
    method,
    path: `/api/v1${path}`,
    signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    headers: {
      accept: 'application/json',
      ...(payload && {
        'content-type': bytes ? 'application/octet-stream' : 'application/json',
        'content-length': payload.length,
      }),
      ...('token' in place && { authorization: `Bearer ${place.token}` }),
    },
  }
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(new JennerError('server_unreachable', addressOf(place), error))
    const outgoing =
      'socket' in place
        ? requestHttp({ ...options, socketPath: place.socket, host: 'localhost' })
        : (place.url.startsWith('https:') ? requestHttps : requestHttp)(new URL(options.path, place.url), options)
    outgoing.on('error', fail)
    outgoing.on('response', answer => {
      const chunks: Buffer[] = []
      let size = 0
      answer.on('error', fail)
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > maxAnswerBytes) outgoing.destroy(new Error(`an answer of more than ${maxAnswerBytes} bytes`))
        else chunks.push(chunk)
      })
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        const status = answer.statusCode ?? 0
        try {
          const value: unknown = text === '' ? undefined : JSON.parse(text)
          if (status < 400) resolve(value)
          else reject(refusalOf(status, value))
        } catch (error) {
          fail(error as Error)
        }
      })
    })
    outgoing.end(payload)
  })
}

/** RFC 9457: `code`, `title`, `detail`. */
function refusalOf(status: number, value: unknown): JennerError {
  const { code = '', title = '', detail = '' } = (value ?? {}) as { code?: string; title?: string; detail?: string }
  return new JennerError(
    'server_refused',
    [`HTTP ${status}`, code, detail || title].filter(part => part !== '').join(': '),
    { status },
  )
}

/** The HTTP status of an answer that refused; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  const { code, cause } = (error ?? {}) as { code?: string; cause?: { status?: number } }
  return code === 'server_refused' ? cause?.status : undefined
}

function addressOf(place: ServerPlace): string {
  return 'socket' in place ? place.socket : place.url
}
