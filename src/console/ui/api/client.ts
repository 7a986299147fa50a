import type { Problem } from '../../../server/schemas/common.ts'

/** What the server refused, or that it could not be reached (`status` 0). */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly errors: { path: string; message: string }[]

  constructor(problem: Partial<Problem> & { status: number; code: string }) {
    super(problem.detail ?? problem.title ?? problem.code)
    this.status = problem.status
    this.code = problem.code
    this.errors = problem.errors ?? []
  }
}

export type QueryValue = string | number | boolean | undefined
export type Query = Record<string, QueryValue>

let csrf = ''
let onSignedOut: () => void = () => {}

/** The token that every write must carry; `GET /me` and sign-in tell it. */
export function setCsrf(token: string): void {
  csrf = token
}

/** Called when the server says that the session is over. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler
}

/** The address of `path` under the API with its query; what is undefined or empty is left out. */
export function addressOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(key, String(value))
  const text = search.toString()
  return `/api/v1/${path}${text === '' ? '' : `?${text}`}`
}

/** Reads `path`. Throws `ApiError`. */
export function read<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return request<T>('GET', addressOf(path, query), undefined, signal)
}

/** Writes; each call has a key of its own, so that a repeated request counts once. Throws `ApiError`. */
export function write<T>(method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  return request<T>(method, addressOf(path), body)
}

async function request<T>(method: string, address: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (method !== 'GET') {
    headers['x-csrf-token'] = csrf
    headers['idempotency-key'] = crypto.getRandomValues(new Uint32Array(4)).join('-')
  }
  if (body !== undefined) headers['content-type'] = 'application/json'
  const response = await fetch(address, {
    method,
    headers,
    credentials: 'same-origin',
    redirect: 'error',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch(error => {
    if (signal?.aborted) throw error
    throw new ApiError({ status: 0, code: 'unreachable' })
  })
  return answerOf<T>(response)
}

async function answerOf<T>(response: Response): Promise<T> {
  const json = (response.headers.get('content-type') ?? '').includes('json')
  const content: unknown = json ? await response.json().catch(() => undefined) : await response.text()
  if (response.ok) return content as T
  if (response.status === 401) onSignedOut()
  const problem = (json && typeof content === 'object' && content !== null ? content : {}) as Partial<Problem>
  throw new ApiError({ ...problem, status: response.status, code: problem.code ?? `http_${response.status}` })
}
