import { type ClientRequest, request as requestHttp } from 'node:http'
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
  /** Milliseconds until the whole answer must be there. */
  patience?: number
}

export interface HttpAnswer {
  status: number
  body: string
}

const defaultPatience = 15_000
const maxAnswer = 1 << 20

/**
 * Sends a request to where the guard lets it, and follows no redirect: credentials go to the host that was configured. Of an answer that does not end a mebibyte is read.
 * Throws delivery_failed (no answer, 408, 429, 5xx; 401 and 403, since credentials are mended, and what waits must not be lost by then), delivery_refused (other answers
 * of 300 and more).
 */
export async function sendHttp(
  guard: Guard,
  { url, headers = {}, body, method = 'POST', ca, patience = defaultPatience }: HttpSend,
): Promise<HttpAnswer> {
  const target = new URL(url)
  const addresses = await guard.resolve(target.hostname)
  const answer = await exchange(target, addresses, { method, headers, body, patience, ...(ca !== undefined && { ca }) })
  const { status } = answer
  if (status < 300) return answer
  const again = [401, 403, 408, 429].includes(status) || status >= 500
  throw new JennerError(
    again ? 'delivery_failed' : 'delivery_refused',
    `HTTP ${status}: ${escapeText(answer.body.slice(0, 200))}`,
  )
}

type Exchange = Required<Pick<HttpSend, 'headers' | 'body' | 'patience'>> & { method: string; ca?: string }

function exchange(
  target: URL,
  addresses: string[],
  { method, headers, body, ca, patience }: Exchange,
): Promise<HttpAnswer> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(failure(target, error, patience))
    const send = target.protocol === 'https:' ? requestHttps : requestHttp
    let outgoing: ClientRequest
    try {
      outgoing = send(target, {
        method,
        headers: { ...headers, 'content-length': String(bytes.length) },
        lookup: pinnedTo(addresses),
        agent: false,
        signal: AbortSignal.timeout(patience),
        ...(ca !== undefined && { ca }),
      })
    } catch (error) {
      // A header or an authority that cannot be: no other try would do. The message names the header, not its value.
      return reject(new JennerError('delivery_refused', `${target.host}: ${(error as Error).message}`, error))
    }
    outgoing.on('error', fail)
    outgoing.on('response', answer => {
      const status = answer.statusCode ?? 0
      let text = ''
      answer.setEncoding('utf8')
      answer.on('error', fail)
      answer.on('data', (chunk: string) => {
        text += chunk
        if (text.length < maxAnswer) return
        resolve({ status, body: text })
        outgoing.destroy()
      })
      answer.on('end', () => resolve({ status, body: text }))
    })
    outgoing.end(bytes)
  })
}

/** The addresses that the guard saw, whatever the name means by now. */
function pinnedTo(addresses: string[]): LookupFunction {
  return (_host, options, done) => {
    const all = addresses.map(address => ({ address, family: isIP(address) }))
    if (options.all) done(null, all)
    else done(null, all[0]!.address, all[0]!.family)
  }
}

function failure({ host }: URL, error: Error, patience: number): JennerError {
  const { code } = error as NodeJS.ErrnoException
  const why = error.name === 'AbortError' ? `no answer within ${patience / 1000} s` : (code ?? error.message)
  return new JennerError('delivery_failed', `${host}: ${why}`, error)
}
