import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { JennerError } from '../../../base/errors.ts'

export interface RequestLimits {
  /** Milliseconds without a byte. */
  idle: number
  redirects: number
}

/**
 * GET, through a proxy where the environment names one, following a bounded number of redirects, from http to http or https and from https to https alone.
 * Throws JennerError feed_unreachable (refused, silent, too many redirects, a redirect down or elsewhere).
 */
export async function get(
  url: string,
  headers: Record<string, string>,
  limits: RequestLimits,
  signal?: AbortSignal,
): Promise<{ response: IncomingMessage; url: string }> {
  let at = parse(url)
  for (let hop = 0; hop <= limits.redirects; hop++) {
    const response = await once(at, headers, limits, signal)
    const { location } = response.headers
    if (![301, 302, 303, 307, 308].includes(response.statusCode ?? 0) || location === undefined)
      return { response, url: at.href }
    response.destroy()
    const next = parse(location, at)
    if (at.protocol === 'https:' && next.protocol !== 'https:')
      throw new JennerError('feed_unreachable', `${at.href} redirects to ${next.href}, which is not encrypted`)
    at = next
  }
  throw new JennerError('feed_unreachable', `${url}: more than ${limits.redirects} redirects`)
}

function parse(url: string, base?: URL): URL {
  const parsed = URL.parse(url, base?.href)
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol))
    throw new JennerError('feed_unreachable', `${url} is no http or https address`)
  return parsed
}

/** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in either case. */
const proxyVariables = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']
      .flatMap(name => [name, name.toLowerCase()])
      .flatMap(name => (process.env[name] ? [[name, process.env[name]]] : [])),
  )

function once(
  url: URL,
  headers: Record<string, string>,
  limits: RequestLimits,
  signal?: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const proxyEnv = proxyVariables()
    const [send, agent] =
      url.protocol === 'https:'
        ? [httpsRequest, new HttpsAgent({ proxyEnv })]
        : [httpRequest, new HttpAgent({ proxyEnv })]
    const fail = (error: Error) => reject(new JennerError('feed_unreachable', `${url.href}: ${error.message}`, error))
    const request = send(
      url,
      { headers: { 'user-agent': 'jenner', ...headers }, ...(signal ? { signal } : {}), agent },
      resolve,
    )
    request.setTimeout(limits.idle, () => request.destroy(new Error(`silent for ${limits.idle} ms`)))
    request.on('error', fail)
    request.end()
  })
}
