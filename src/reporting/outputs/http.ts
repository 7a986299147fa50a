import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { JennerError } from '../../base/errors.ts'
import { escapeText } from '../../base/text.ts'
import type { Guard } from './model.ts'

export interface HttpSend {
  url: string
  headers?: Record<string, string>
  body: string | Uint8Array
  method?: 'POST' | 'PUT'
  /** PEM of an authority of the receiver's own. */
  ca?: string
}

export interface HttpAnswer {
  status: number
  body: string
}

const timeout = 15_000
const maxAnswer = 1 << 20

/**
 * Sends a request to where the guard lets it, and follows no redirect: credentials go to the host that was configured. Throws delivery_failed (no answer, 408, 429, 5xx),
 * delivery_refused (other answers of 300 and more).
 */
export async function sendHttp(
  guard: Guard,
  { url, headers = {}, body, method = 'POST', ca }: HttpSend,
): Promise<HttpAnswer> {
  const target = new URL(url)
  const addresses = await guard.resolve(target.hostname)
  const answer = await exchange(target, addresses, { method, headers, body, ...(ca !== undefined && { ca }) })
  const { status } = answer
  if (status < 300) return answer
  const again = status === 408 || status === 429 || status >= 500
  throw new JennerError(
    again ? 'delivery_failed' : 'delivery_refused',
    `HTTP ${status}: ${escapeText(answer.body.slice(0, 200))}`,
  )
}

function exchange(
  target: URL,
  addresses: string[],
  {
    method,
    headers,
    body,
    ca,
  }: { method: string; headers: Record<string, string>; body: string | Uint8Array; ca?: string },
): Promise<HttpAnswer> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const pinned: LookupFunction = (_host, options, done) => {
    const all = addresses.map(address => ({ address, family: isIP(address) }))
    if (options.all) done(null, all)
    else done(null, all[0]!.address, all[0]!.family)
  }
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void =>
      reject(
        new JennerError(
          'delivery_failed',
          `${target.host}: ${(error as NodeJS.ErrnoException).code ?? error.message}`,
          error,
        ),
      )
    const send = target.protocol === 'https:' ? requestHttps : requestHttp
    const outgoing = send(target, {
      method,
      headers: { ...headers, 'content-length': String(bytes.length) },
      lookup: pinned,
      agent: false,
      signal: AbortSignal.timeout(timeout),
      ...(ca !== undefined && { ca }),
    })
    outgoing.on('error', fail)
    outgoing.on('response', answer => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('error', fail)
      answer.on('data', (chunk: string) => {
        if (text.length < maxAnswer) text += chunk
        else outgoing.destroy()
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }))
    })
    outgoing.end(bytes)
  })
}
