import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import type { JennerError } from '../../../base/errors.ts'
import { type CredentialSources, systemSources } from './credentials.ts'
import { openRemoteImage, type RemoteRequest } from './image.ts'
import type { RegistryOptions } from './options.ts'
import {
  digestOf,
  type FakeRegistry,
  fakeRegistry,
  ociConfig,
  ociIndex,
  ociManifest,
  putBlob,
  putImage,
  putManifest,
} from './testing.ts'

const work = mkdtempSync(join(tmpdir(), 'jenner-registry-'))
let registry: FakeRegistry
let other: FakeRegistry

before(async () => {
  registry = await fakeRegistry()
  other = await fakeRegistry()
})
after(async () => {
  await registry.close()
  await other.close()
  rmSync(work, { recursive: true })
})
beforeEach(() => {
  for (const one of [registry, other]) {
    one.asked.length = 0
    one.intercept = undefined
    one.manifests.clear()
    one.blobs.clear()
  }
})

const nobody: CredentialSources = { ...systemSources, env: { HOME: work }, readFile: () => undefined }
const files = (config: object): CredentialSources => ({
  ...nobody,
  readFile: path => (path.endsWith('.docker/config.json') ? JSON.stringify(config) : undefined),
})
const basic = (pair: string): string => Buffer.from(pair).toString('base64')

async function pull(options: RegistryOptions = {}, request: RemoteRequest = {}, name = 'app:1') {
  const image = await openRemoteImage(
    `${registry.host}/${name}`,
    { workDir: work, retryDelay: 1, credentials: nobody, ...options },
    request,
  )
  const layers: Buffer[] = []
  try {
    for (const { index } of image.description.layers) layers.push(readFileSync(await image.layer(index)))
  } finally {
    await image.close()
  }
  assert.deepEqual(readdirSync(work), [])
  return { ...image.description, bytes: layers }
}

const fails =
  (code: string, detail = /./) =>
  (error: JennerError) => {
    assert.equal(error.code, code, error.message)
    assert.match(error.detail, detail)
    return true
  }

test('an image by tag and by digest: description, layers, nothing twice', async () => {
  const { manifest, layers, config } = putImage(registry, [{ a: '1' }, { b: '2' }, { a: '1' }])
  const { bytes, ...found } = await pull()
  assert.equal(found.imageId, config)
  assert.deepEqual(found.repoTags, [`${registry.host}/app:1`])
  assert.deepEqual(found.repoDigests, [`${registry.host}/app@${manifest}`])
  assert.deepEqual(bytes.map(digestOf), layers)
  assert.equal(registry.asked.filter(line => line.includes(layers[0]!)).length, 1)
  assert.equal((await pull({}, {}, `app@${manifest}`)).imageId, config)
})

test('an index: the platform asked for, nested ones, attestations passed over', async () => {
  const { manifest } = putImage(registry, [{ a: 'arm' }], { name: 'arm' })
  const descriptor = (digest: string, mediaType: string, more: object) => ({
    mediaType,
    digest,
    size: registry.manifests.get(digest)!.body.length,
    ...more,
  })
  const arm = { platform: { os: 'linux', architecture: 'arm64' } }
  const inner = putManifest(registry, 'inner', ociIndex, { manifests: [descriptor(manifest, ociManifest, arm)] })
  const attestation = { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' }, ...arm }
  const index = putManifest(registry, '1', ociIndex, {
    schemaVersion: 2,
    manifests: [descriptor(manifest, ociManifest, attestation), descriptor(inner, ociIndex, arm)],
  })
  const found = await pull({}, { platform: 'linux/arm64' })
  assert.deepEqual(found.repoDigests, [`${registry.host}/app@${index}`])
  await assert.rejects(pull({}, { platform: 'linux/s390x' }), fails('target_not_found', /s390x/))
})

test('a single image of another platform than the one asked for is none', async () => {
  const own = Buffer.from(JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: { type: 'layers' } }))
  const config = { mediaType: ociConfig, digest: putBlob(registry, own), size: own.length }
  putImage(registry, [], { change: manifest => ({ ...manifest, config }) })
  assert.equal((await pull({}, { platform: 'linux/amd64' })).imageId, config.digest)
  await assert.rejects(pull({}, { platform: 'linux/arm64' }), fails('target_not_found', /amd64/))
  await assert.rejects(pull({}, { platform: 'arm64' }), fails('bad_argument'))
})

/** Answers requests for `part` of a path by `reply`. */
const on = (part: string | RegExp, reply: (response: ServerResponse, request: IncomingMessage) => void) => {
  registry.intercept = (request, response) => {
    if (!(request.url ?? '').match(part)) return false
    reply(response, request)
    return true
  }
}

test('broken transfers are taken up where they broke; without Range from the start', async () => {
  const big = Buffer.alloc(3_000_000, 'x')
  const { layers } = putImage(registry, [{ big }])
  registry.blobs.set(layers[0]!, registry.blobs.get(layers[0]!)!)
  const body = registry.blobs.get(layers[0]!)!
  const ranges: (string | undefined)[] = []
  let left = 2
  on(layers[0]!, (response, request) => {
    ranges.push(request.headers.range)
    const from = Number(/bytes=(\d+)/.exec(request.headers.range ?? '')?.[1] ?? 0)
    if (left-- <= 0) {
      // The third time the registry knows no ranges.
      response.setHeader('content-length', body.length)
      response.end(body)
      return
    }
    if (from > 0) response.writeHead(206, { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` })
    response.write(body.subarray(from, from + 1000), () => setTimeout(() => response.destroy(), 20))
  })
  const { bytes } = await pull()
  assert.equal(digestOf(bytes[0]!), layers[0])
  assert.deepEqual(ranges, [undefined, 'bytes=1000-', 'bytes=2000-'])
})

test('a registry that is busy is asked again, one that refuses is not', async () => {
  putImage(registry, [{ a: '1' }])
  let times = 0
  on('manifests', response => {
    response.statusCode = ++times < 3 ? 503 : 404
    response.end()
  })
  await assert.rejects(pull(), fails('target_not_found', /404/))
  assert.equal(times, 3)
})

const lies: [name: string, lie: (digest: string) => void, code: string, detail: RegExp][] = [
  [
    'other bytes',
    digest => registry.blobs.set(digest, Buffer.alloc(registry.blobs.get(digest)!.length)),
    'digest_mismatch',
    /stated sha256:/,
  ],
  [
    'a shorter body',
    digest => registry.blobs.set(digest, registry.blobs.get(digest)!.subarray(1)),
    'digest_mismatch',
    /bytes/,
  ],
  ['a body without end', digest => on(digest, response => endless(response)), 'digest_mismatch', /has more/],
  [
    'an encoding',
    digest => on(digest, response => response.setHeader('content-encoding', 'gzip').write('x')),
    'digest_mismatch',
    /encoded/,
  ],
  [
    'a part',
    digest => on(digest, response => response.writeHead(206, { 'content-range': 'bytes 5-9/10' }).end('x')),
    'digest_mismatch',
    /part/,
  ],
  [
    'a redirect to the metadata service',
    digest => on(digest, sendTo('http://169.254.169.254/latest')),
    'registry_unreachable',
    /169\.254/,
  ],
  [
    'the same as a number',
    digest => on(digest, sendTo('http://2852039166/latest')),
    'registry_unreachable',
    /169\.254/,
  ],
  ['the same in IPv6', digest => on(digest, sendTo('http://[::ffff:169.254.169.254]/x')), 'registry_unreachable', /./],
  ['a redirect to a file', digest => on(digest, sendTo('file:///etc/passwd')), 'registry_unreachable', /sends us to/],
  [
    'a redirect with a password',
    digest => on(digest, sendTo('http://u:p@127.0.0.1/x')),
    'registry_unreachable',
    /sends us to \S+…@/,
  ],
  [
    'redirects without end',
    digest => on(digest, (response, request) => sendTo(request.url!)(response)),
    'registry_unreachable',
    /redirects/,
  ],
]
for (const [name, lie, code, detail] of lies) {
  test(`a registry that lies: ${name}`, async () => {
    const { layers } = putImage(registry, [{ a: 'text'.repeat(100) }])
    lie(layers[0]!)
    await assert.rejects(pull(), fails(code, detail))
  })
}

function sendTo(location: string): (response: ServerResponse) => void {
  return response => void response.writeHead(307, { location }).end()
}

function endless(response: ServerResponse): void {
  const more = (): void => {
    if (!response.destroyed) response.write(Buffer.alloc(65_536), () => setImmediate(more))
  }
  response.on('error', () => {})
  more()
}

const documents: [name: string, put: () => void, code: string][] = [
  [
    'other bytes under a digest',
    () => registry.manifests.set(digestOf('x'), { type: ociManifest, body: Buffer.from('{}') }),
    'digest_mismatch',
  ],
  [
    'index and manifest in one',
    () =>
      void putImage(registry, [{ a: '1' }], {
        name: digestOf('x'),
        change: manifest => ({ ...manifest, manifests: [] }),
      }),
    'malformed',
  ],
  [
    'media types that contradict each other',
    () =>
      void putImage(registry, [{ a: '1' }], {
        name: digestOf('x'),
        change: manifest => ({ ...manifest, mediaType: ociIndex }),
      }),
    'malformed',
  ],
  [
    'a chart, not an image',
    () =>
      void putImage(registry, [], {
        name: digestOf('x'),
        change: manifest => ({
          ...manifest,
          config: { ...(manifest.config as object), mediaType: 'application/vnd.cncf.helm.config.v1+json' },
        }),
      }),
    'not_an_image',
  ],
  [
    'schema 1',
    () =>
      void putManifest(registry, digestOf('x'), 'application/vnd.docker.distribution.manifest.v1+prettyjws', {
        schemaVersion: 1,
        fsLayers: [],
      }),
    'unsupported',
  ],
  ['text', () => registry.manifests.set(digestOf('x'), { type: ociManifest, body: Buffer.from('hello') }), 'malformed'],
  [
    'a digest that is a path',
    () =>
      void putImage(registry, [], {
        name: digestOf('x'),
        change: manifest => ({ ...manifest, config: { digest: '../../x', size: 1 } }),
      }),
    'malformed',
  ],
  ['a manifest of a gigabyte', () => on('manifests', endless), 'limit_exceeded'],
]
for (const [name, put, code] of documents) {
  test(`a bad manifest: ${name}`, async () => {
    put()
    // By tag, so that only what is in the document counts.
    const under = registry.manifests.get(digestOf('x'))
    if (under) registry.manifests.set('1', under)
    await assert.rejects(pull({}, {}, code === 'digest_mismatch' ? `app@${digestOf('x')}` : 'app:1'), fails(code))
  })
}

test('an index that leads to itself ends', async () => {
  const arch = { platform: { os: 'linux', architecture: 'amd64' } }
  const loop = {
    type: ociIndex,
    body: Buffer.from(
      JSON.stringify({ manifests: [{ digest: digestOf('l'), size: 1, mediaType: ociIndex, ...arch }] }),
    ),
  }
  registry.manifests.set('1', loop).set(digestOf('l'), loop)
  await assert.rejects(pull({}, { platform: 'linux/amd64' }), fails('digest_mismatch'))
})

test('foreign layers are asked of the registry alone; encrypted ones are named', async () => {
  const change = (mediaType: string) => (manifest: Record<string, unknown>) => ({
    ...manifest,
    layers: (manifest.layers as object[]).map(layer => ({ ...layer, mediaType, urls: [`http://${other.host}/layer`] })),
  })
  const foreign = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'
  const { layers } = putImage(registry, [{ a: '1' }], { change: change(foreign) })
  assert.equal((await pull()).bytes.length, 1)
  registry.blobs.delete(layers[0]!)
  await assert.rejects(pull(), fails('unsupported', /foreign/))
  putImage(registry, [{ a: '1' }], { change: change('application/vnd.oci.image.layer.v1.tar+gzip+encrypted') })
  await assert.rejects(pull(), fails('unsupported', /encrypted/))
  assert.deepEqual(other.asked, [])
})

test('an image above the limit is not fetched', async () => {
  putImage(registry, [{ a: 'x'.repeat(5000) }, { b: '2' }])
  await assert.rejects(pull({ maxImageBytes: 10 }), fails('limit_exceeded', /max-image-size/))
  assert.equal(registry.asked.filter(line => line.includes('blobs')).length, 1)
})

/** A registry that wants a password, by Basic or by a token of `realm`. */
function guard(challenge: string, proof: string): void {
  registry.intercept = (request, response) => {
    if (request.url?.startsWith('/token') || request.headers.authorization === proof) return false
    response.writeHead(401, { 'www-authenticate': challenge }).end()
    return true
  }
}

test('Basic: the password of config.json', async () => {
  putImage(registry, [{ a: '1' }])
  guard('Basic realm="x"', `Basic ${basic('me:pw')}`)
  await assert.rejects(pull(), fails('registry_denied', /401.*no credential for 127/))
  const config = { auths: { [registry.host]: { auth: basic('me:pw') } } }
  assert.equal((await pull({ credentials: files(config) })).bytes.length, 1)
  const damaged = { ...nobody, readFile: (path: string) => (path.endsWith('config.json') ? '{' : undefined) }
  await assert.rejects(pull({ credentials: damaged }), fails('registry_denied', /config\.json is no JSON/))
})

/** A token server at `/token` of `at`. */
function tokens(at: FakeRegistry, token = 'T0KEN'): void {
  const before = at.intercept
  at.intercept = (request, response) => {
    if (!request.url?.startsWith('/token')) return before?.(request, response)
    response.end(JSON.stringify({ token }))
    return true
  }
}

test('Bearer: a token for one repository, with the password to the realm and the token to the registry', async () => {
  putImage(registry, [{ a: '1' }])
  guard(`Bearer realm="http://${registry.host}/token",service="reg",scope="ignored"`, 'Bearer T0KEN')
  tokens(registry)
  await pull({ credentials: files({ auths: { [registry.host]: { auth: basic('me:pw') } } }) })
  const asked = registry.asked.filter(line => line.includes('/token'))
  assert.deepEqual(asked, [`GET /token?service=reg&scope=repository%3Aapp%3Apull Basic ${basic('me:pw')}`])
})

test('Bearer: an identity token is exchanged by POST', async () => {
  putImage(registry, [{ a: '1' }])
  guard(`Bearer realm="http://${registry.host}/token",service="reg"`, 'Bearer T0KEN')
  tokens(registry)
  await pull({ credentials: files({ auths: { [registry.host]: { identitytoken: 'refresh' } } }) })
  assert.deepEqual(
    registry.asked.filter(line => line.includes('/token')),
    ['POST /token -'],
  )
})

const realms = [
  'http://169.254.169.254/token',
  'file:///etc/passwd',
  'http://example.org/token',
  'http://u:p@127.0.0.1/token',
  '',
]
for (const realm of realms) {
  test(`a realm that no credential and no request goes to: ${realm}`, async () => {
    putImage(registry, [{ a: '1' }])
    guard(`Bearer realm="${realm}"`, 'never')
    await assert.rejects(
      pull({ credential: { user: 'me', password: 'pw' } }),
      fails('registry_denied', /sends us for a token/),
    )
  })
}

test('a token that would be more than a header is none', async () => {
  putImage(registry, [{ a: '1' }])
  guard(`Bearer realm="http://${registry.host}/token"`, 'never')
  tokens(registry, 'a\r\nX-Evil: 1')
  await assert.rejects(pull(), fails('malformed', /no token/))
})

test('a redirect to another host is followed without the password', async () => {
  const { layers } = putImage(registry, [{ a: '1' }])
  for (const [digest, data] of registry.blobs) other.blobs.set(digest, data)
  const challenge = `Basic ${basic('me:pw')}`
  registry.intercept = (request, response) => {
    if (request.headers.authorization !== challenge) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      return true
    }
    if (!request.url!.includes(layers[0]!)) return false
    sendTo(`http://${other.host}${request.url}`)(response)
    return true
  }
  await pull({ credential: { user: 'me', password: 'pw' } })
  assert.deepEqual(other.asked, [`GET /v2/app/blobs/${layers[0]} -`])
})

test('a mirror comes first, the registry has the last word; a password of the one is not told the other', async () => {
  const { layers } = putImage(registry, [{ a: '1' }])
  const mirrors = [{ of: registry.host, host: other.host, prefix: 'proxy' }]
  const credential = { user: 'me', password: 'pw' }
  assert.equal((await pull({ mirrors, credential })).bytes.length, 1)
  assert.deepEqual(other.asked, ['GET /v2/proxy/app/manifests/1 -'])
  putImage(other, [{ a: '1' }])
  registry.asked.length = 0
  assert.deepEqual((await pull({ mirrors, credential })).bytes.map(digestOf), layers)
  assert.deepEqual(registry.asked, [])
})

test('fetching ends when it is not wanted any more, and leaves nothing', async () => {
  const { layers } = putImage(registry, [{ a: '1' }])
  on(layers[0]!, () => {})
  const stop = new AbortController()
  setTimeout(() => stop.abort(new Error('enough')), 50)
  await assert.rejects(pull({}, { signal: stop.signal }), /enough/)
  assert.deepEqual(readdirSync(work), [])
})

test('an answer that falls silent is given up', async () => {
  const { layers } = putImage(registry, [{ a: '1' }])
  on(layers[0]!, response => void response.write('x'))
  await assert.rejects(pull({ stallTimeout: 30 }), fails('registry_unreachable', /breaks off|silent/))
})
