import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttp, type Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { TLSSocket } from 'node:tls'
import { generate } from 'selfsigned'
import type { JennerError } from '../../../base/errors.ts'
import { systemSources } from './credentials.ts'
import { openRemoteImage } from './image.ts'
import type { RegistryOptions } from './options.ts'
import { closeServer, type FakeRegistry, fakeRegistry, listen, putImage } from './testing.ts'

/** A registry with TLS before one without, and a proxy. */
const work = mkdtempSync(join(tmpdir(), 'jenner-tls-'))
const caFile = join(work, 'ca.pem')
const configHome = process.env.XDG_CONFIG_HOME
let plain: FakeRegistry
let secure: Server
let proxy: Server
let host = ''
let redirect: string | undefined
let challenge: string | undefined
let wantsClient = false
const clients: string[] = []
const proxied: string[] = []

before(async () => {
  plain = await fakeRegistry()
  const made = await generate([{ name: 'commonName', value: 'jenner-registry-test' }], {
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  })
  writeFileSync(caFile, made.cert)
  const options = { key: made.private, cert: made.cert, ca: made.cert, requestCert: true, rejectUnauthorized: false }
  secure = createHttps(options, (request, response) => {
    const peer = (request.socket as TLSSocket).getPeerCertificate()
    clients.push(String(peer.subject?.CN ?? '-'))
    if (wantsClient && peer.subject === undefined) return response.writeHead(403).end()
    if (challenge !== undefined && request.headers.authorization === undefined)
      return response.writeHead(401, { 'www-authenticate': challenge }).end()
    if (redirect !== undefined && request.url?.includes('/blobs/'))
      return response.writeHead(307, { location: redirect }).end()
    plain.asked.push(request.url!)
    const [, kind, name] = /\/(manifests|blobs)\/([^/]+)$/.exec(request.url!) ?? []
    const found = kind === 'manifests' ? plain.manifests.get(name!) : undefined
    response.setHeader('content-type', found?.type ?? 'application/octet-stream')
    return response.end(found?.body ?? plain.blobs.get(name!))
  })
  await listen(secure)
  host = `localhost:${(secure.address() as AddressInfo).port}`
  proxy = createHttp().on('connect', (request, socket, head) => {
    proxied.push(request.url!)
    const [name, port] = request.url!.split(':')
    const there = connect(Number(port), name, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      there.write(head)
      socket.pipe(there).pipe(socket)
    })
    for (const end of [there, socket]) end.on('error', () => {})
  })
  await listen(proxy)
  mkdirSync(join(work, 'containers/certs.d', host), { recursive: true })
  process.env.XDG_CONFIG_HOME = work
  putImage(plain, [{ a: '1' }])
})
after(async () => {
  if (configHome === undefined) delete process.env.XDG_CONFIG_HOME
  else process.env.XDG_CONFIG_HOME = configHome
  await Promise.all([closeServer(secure), closeServer(proxy), plain.close()])
  rmSync(work, { recursive: true })
})

async function pull(options: RegistryOptions = {}): Promise<number> {
  const credentials = { ...systemSources, env: { HOME: work }, readFile: () => undefined }
  const image = await openRemoteImage(`${host}/app:1`, {
    workDir: work,
    retryDelay: 1,
    credentials,
    env: {},
    ...options,
  })
  try {
    await image.layer(0)
    return image.description.layers.length
  } finally {
    await image.close()
  }
}

const trusted = { caFiles: [caFile] }
const fails = (code: string, detail: RegExp) => (error: JennerError) => error.code === code && detail.test(error.detail)

test('an unknown authority is refused, a given one is taken, --insecure asks for none', async () => {
  await assert.rejects(pull(), fails('registry_unreachable', /certificate/))
  assert.equal(await pull(trusted), 1)
  assert.equal(await pull({ insecure: true }), 1)
  await assert.rejects(pull({ caFiles: [join(work, 'none.pem')] }), { code: 'bad_argument' })
  writeFileSync(join(work, 'not.pem'), 'hello')
  await assert.rejects(pull({ caFiles: [join(work, 'not.pem')] }), fails('bad_argument', /no certificate/))
})

test('no redirect leaves HTTPS, none keeps us inside for nothing', async () => {
  redirect = `http://${plain.host}/v2/app/blobs/x`
  await assert.rejects(pull(trusted), fails('registry_unreachable', /sends us to/))
  redirect = undefined
})

test('no token is asked for by plain HTTP', async () => {
  challenge = `Bearer realm="http://localhost:1/token"`
  await assert.rejects(
    pull({ ...trusted, credential: { user: 'me', password: 'pw' } }),
    fails('registry_denied', /token/),
  )
  challenge = undefined
})

test('a proxy of the environment is used, unless NO_PROXY names the host', async () => {
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  assert.equal(await pull({ ...trusted, env: { HTTPS_PROXY: address } }), 1)
  assert.deepEqual([...new Set(proxied)], [host])
  proxied.length = 0
  assert.equal(await pull({ ...trusted, env: { https_proxy: address, no_proxy: 'localhost' } }), 1)
  assert.deepEqual(proxied, [])
})

test('certs.d: the authority and the client certificate of a host', async () => {
  wantsClient = true
  await assert.rejects(pull(trusted), fails('registry_denied', /403/))
  const client = await generate([{ name: 'commonName', value: 'client' }], { keySize: 2048 })
  const folder = join(work, 'containers/certs.d', host)
  writeFileSync(join(folder, 'client.cert'), client.cert)
  writeFileSync(join(folder, 'client.key'), client.private)
  writeFileSync(join(folder, 'ca.crt'), readFileSync(caFile))
  clients.length = 0
  assert.equal(await pull(), 1)
  assert.deepEqual([...new Set(clients)], ['client'])
  wantsClient = false
})
