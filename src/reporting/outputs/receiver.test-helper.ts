import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createGuard } from './guard.ts'
import type { Notice, OutputTools } from './model.ts'

export interface Received {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: string
}

export type Answer =
  | { status: number; body?: string; headers?: Record<string, string> }
  | ((out: ServerResponse) => void)

/** A server on the loopback that keeps what it is sent, and answers what it is told to. */
export async function receive(
  t: TestContext,
  answer: Answer = { status: 200 },
  tls?: { key: string; cert: string },
): Promise<{ url: string; port: number; got: Received[]; answerWith(next: Answer): void }> {
  const got: Received[] = []
  let current = answer
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    let body = ''
    request.setEncoding('utf8').on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      got.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body })
      if (typeof current === 'function') return current(response)
      response.writeHead(current.status, current.headers).end(current.body ?? '')
    })
  }
  const server = tls ? createTlsServer(tls, handle) : createServer(handle)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const answerWith = (next: Answer): void => {
    current = next
  }
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, port, got, answerWith }
}

export const tools: OutputTools = { version: '1.2.3', hostname: 'server', guard: createGuard() }

/** A notice with all that may be in one, told by others who mean ill. */
export function hostileNotice(more: Partial<Notice> = {}): Notice {
  return {
    id: 'incident-1-2',
    time: '2026-01-02T03:04:05.678Z',
    kind: 'incident',
    priority: 'Critical',
    title: 'Drift <!channel> [here](http://evil.test)\r\nBcc: all@evil.test | a=b \\',
    text: 'line one\n{"index":{}}\nline three | x=y <http://evil.test|click> @channel 한글 "quoted" ]\u0000\u001b[31m',
    rule: 'Program|that is=not of the image',
    host: 'node-1',
    container: 'shop_web"]',
    containerId: 'c0ffee',
    image: 'shop:1.0',
    url: 'https://jenner.test/incidents/1',
    tags: ['drift'],
    fields: { 'proc.name': 'sh', 'proc.pid': 7 },
    ...more,
  }
}

/** A certificate for 127.0.0.1 that signs itself, in PEM; undefined without openssl. */
export function certificate(name = 'IP:127.0.0.1'): { key: string; cert: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-cert-'))
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    const words = [...kind, '-subj', '/CN=receiver', '-addext', `subjectAltName=${name}`, '-keyout', key, '-out', cert]
    if (spawnSync('openssl', words, { stdio: 'ignore' }).status !== 0) return undefined
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
