import { Agent, type IncomingMessage, request } from 'node:http'
import { JennerError } from '../../../base/errors.ts'

/** The Docker Engine's API over its socket (https://docs.docker.com/reference/api/engine/). */
export interface DockerClient {
  socketPath: string
  /** The parsed answer; undefined for an empty one (204, 304). Throws container_not_found (404), response_failed (other refusals), docker_unreachable. */
  call(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    options?: { timeout?: number; body?: unknown },
  ): Promise<unknown>
  /** An answer as it streams. */
  stream(path: string, signal: AbortSignal): Promise<IncomingMessage>
  close(): void
}

const maxAnswerBytes = 64 << 20
const defaultTimeout = 30_000

/** A client for `host` (`unix:///path`; default DOCKER_HOST, then /var/run/docker.sock). Other transports are refused: usage. */
export function openDocker(host = process.env.DOCKER_HOST ?? ''): DockerClient {
  const socketPath = socketOf(host)
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  return {
    socketPath,
    async call(method, path, { timeout = defaultTimeout, body } = {}) {
      const signal = AbortSignal.timeout(timeout)
      const answer = await send({ socketPath, agent, method, path, signal, body })
      const bytes = await readWhole(answer, socketPath)
      return bytes.length === 0 ? undefined : parse(bytes, path)
    },
    stream: (path, signal) => send({ socketPath, agent: false, method: 'GET', path, signal }),
    close: () => agent.destroy(),
  }
}

/** The socket that DOCKER_HOST names. */
export function socketOf(host: string): string {
  if (host === '') return '/var/run/docker.sock'
  if (host.startsWith('unix://')) return host.slice(7)
  throw new JennerError('unsupported', `DOCKER_HOST ${host}`)
}

interface Call {
  socketPath: string
  agent: Agent | false
  method: string
  path: string
  signal: AbortSignal
  body?: unknown
}

function send({ body, ...options }: Call): Promise<IncomingMessage> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  const headers = { Host: 'docker', ...(text === undefined ? {} : { 'Content-Type': 'application/json' }) }
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      const { code } = error as NodeJS.ErrnoException
      const detail = `${options.socketPath}${code === undefined ? '' : ` (${code})`}`
      // Docker answers root and the group of its socket.
      reject(new JennerError(code === 'EACCES' ? 'docker_denied' : 'docker_unreachable', detail, error))
    }
    request({ ...options, headers }, answer => {
      const status = answer.statusCode ?? 0
      // A redirect would be to another question than the one asked.
      if (status < 300 || status === 304) resolve(answer)
      else refusal(answer, status, options.path).then(reject, fail)
    })
      .on('error', fail)
      .end(text)
  })
}

/** Docker says why in `{"message": …}`. */
async function refusal(answer: IncomingMessage, status: number, path: string): Promise<JennerError> {
  const bytes = await readWhole(answer, path)
  const message = messageOf(bytes) ?? `HTTP ${status}`
  return new JennerError(status === 404 ? 'container_not_found' : 'response_failed', message.slice(0, 500))
}

function messageOf(bytes: Buffer): string | undefined {
  try {
    const { message } = JSON.parse(bytes.toString('utf8')) as { message?: unknown }
    return typeof message === 'string' ? message : undefined
  } catch {
    return undefined
  }
}

async function readWhole(answer: IncomingMessage, what: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of answer as AsyncIterable<Buffer>) {
      pieces.push(piece)
      size += piece.length
      if (size > maxAnswerBytes) throw new JennerError('limit_exceeded', `Docker's answer to ${what}`)
    }
  } catch (error) {
    if (error instanceof JennerError) throw error
    throw new JennerError('docker_unreachable', what, error)
  }
  return Buffer.concat(pieces)
}

function parse(bytes: Buffer, path: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new JennerError('malformed', `Docker's answer to ${path}`, error)
  }
}
