import { lookup } from 'node:dns'
import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { JennerError } from '../../../base/errors.ts'
import { type Reach, reachOf } from './addresses.ts'
import type { HostCertificates } from './certificates.ts'

/** One exchange with a host: no redirect is followed, no body read. */
export interface Exchange {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
  /** How far the host's address may be. `local`: private networks too; `public`: only what all the world can reach. Metadata services never. */
  reach: 'local' | 'public'
  /** Do not verify the certificate. */
  insecure?: boolean
  signal?: AbortSignal
}

export interface Transport {
  /** Throws registry_unreachable (no answer, bad certificate, an address out of reach) and the reason of `signal`. */
  send(url: URL, exchange: Exchange): Promise<IncomingMessage>
  close(): void
}

export interface TransportOptions {
  certificatesFor?: (host: string) => HostCertificates
  /** HTTP_PROXY, HTTPS_PROXY, NO_PROXY in either case. */
  env?: NodeJS.ProcessEnv
  headerTimeout?: number
  stallTimeout?: number
}

type Agent = http.Agent | https.Agent

/** A connection pool with our rules. The addresses that names resolve to are checked at the moment of connecting, so a name that changes its mind gains nothing. */
export function createTransport(options: TransportOptions = {}): Transport {
  const agents = new Map<string, Agent>()
  const agentFor = (url: URL, exchange: Exchange): Agent => {
    const key = `${url.protocol}//${url.host} ${exchange.reach} ${exchange.insecure ?? false}`
    const known = agents.get(key)
    if (known !== undefined) return known
    const agent = createAgent(url, exchange, options)
    agents.set(key, agent)
    return agent
  }
  return {
    send: (url, exchange) => send(url, exchange, agentFor(url, exchange), options),
    close() {
      for (const agent of agents.values()) agent.destroy()
      agents.clear()
    },
  }
}

function createAgent(url: URL, { reach, insecure }: Exchange, options: TransportOptions): Agent {
  const shared = {
    keepAlive: true,
    maxSockets: 8,
    proxyEnv: proxyVariables(options.env ?? process.env),
    lookup: guardedLookup(url.hostname, reach),
  }
  if (url.protocol === 'http:') return new http.Agent(shared)
  const certificates = options.certificatesFor?.(url.host) ?? {}
  return new https.Agent({ ...shared, ...certificates, rejectUnauthorized: insecure !== true })
}

function proxyVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap(name => [name, name.toLowerCase()])
  return Object.fromEntries(names.flatMap(name => (env[name] ? [[name, env[name]]] : [])))
}

/** Resolves `hostname` to addresses within reach alone. Another name is the proxy's, which the user chose. */
function guardedLookup(hostname: string, reach: Exchange['reach']): LookupFunction {
  return (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const far = name === hostname ? addresses.find(({ address }) => !within(reachOf(address), reach)) : undefined
      if (far !== undefined) return callback(outOfReach(name, far.address), '', 0)
      if (options.all) return callback(null, addresses)
      callback(null, addresses[0]!.address, addresses[0]!.family)
    })
  }
}

function within(found: Reach, reach: Exchange['reach']): boolean {
  return found === 'public' || (found === 'local' && reach === 'local')
}

function outOfReach(name: string, address: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${name} is ${address}, where no registry sends us`), { code: 'OUT_OF_REACH' })
}

function send(url: URL, exchange: Exchange, agent: Agent, options: TransportOptions): Promise<IncomingMessage> {
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(bare) !== 0 && !within(reachOf(bare), exchange.reach))
    return Promise.reject(new JennerError('registry_unreachable', outOfReach(bare, bare).message))
  const { headerTimeout = 60_000, stallTimeout = 60_000 } = options
  const request: RequestOptions = {
    method: exchange.method ?? 'GET',
    agent,
    headers: { 'user-agent': 'jenner', 'accept-encoding': 'identity', ...exchange.headers },
    ...(exchange.signal && { signal: exchange.signal }),
  }
  return new Promise((resolve, reject) => {
    const sent = (url.protocol === 'http:' ? http : https).request(url, request)
    const late = setTimeout(() => sent.destroy(new Error(`no answer within ${headerTimeout} ms`)), headerTimeout)
    sent.setTimeout(stallTimeout, () => sent.destroy(new Error(`silent for ${stallTimeout} ms`)))
    sent.on('response', answer => {
      clearTimeout(late)
      resolve(answer)
    })
    sent.on('error', error => {
      clearTimeout(late)
      if (exchange.signal?.aborted) return reject(exchange.signal.reason)
      reject(new JennerError('registry_unreachable', `${url.host}: ${reasonOf(error)}`, error))
    })
    sent.end(exchange.body)
  })
}

/** Node's message without what it repeats and its advice on Node's own flags; several addresses tried are one AggregateError. */
function reasonOf(error: Error): string {
  const first = error instanceof AggregateError ? (error.errors[0] as Error) : error
  const { code } = first as NodeJS.ErrnoException
  const message = first.message.replace(/; if the root CA is installed locally.*$/s, '')
  return code === undefined || message.includes(code) ? message : `${message} (${code})`
}
