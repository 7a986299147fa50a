import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { tarOf } from '../testing.ts'

/** For tests: a registry on this machine that does what it is told, also what none may. */
export interface FakeRegistry {
  host: string
  /** `METHOD path authorization` of each request. */
  asked: string[]
  /** Answers before the registry itself does; true: answered. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => boolean | undefined) | undefined
  manifests: Map<string, { type: string; body: Buffer }>
  blobs: Map<string, Buffer>
  close(): Promise<void>
}

export const ociManifest = 'application/vnd.oci.image.manifest.v1+json'
export const ociIndex = 'application/vnd.oci.image.index.v1+json'
export const ociConfig = 'application/vnd.oci.image.config.v1+json'
export const ociLayer = 'application/vnd.oci.image.layer.v1.tar+gzip'

export const digestOf = (data: Buffer | string): string => `sha256:${createHash('sha256').update(data).digest('hex')}`

export async function fakeRegistry(): Promise<FakeRegistry> {
  const registry: Omit<FakeRegistry, 'host' | 'close'> = {
    asked: [],
    intercept: undefined,
    manifests: new Map(),
    blobs: new Map(),
  }
  const server = createServer((request, response) => {
    registry.asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`)
    if (registry.intercept?.(request, response)) return
    answer(registry, request, response)
  })
  await listen(server)
  return Object.assign(registry, {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => closeServer(server),
  })
}

function answer(
  { manifests, blobs }: Pick<FakeRegistry, 'manifests' | 'blobs'>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const [, kind, name] = /^\/v2\/.+\/(manifests|blobs)\/([^/?]+)$/.exec(request.url ?? '') ?? []
  const manifest = kind === 'manifests' ? manifests.get(name!) : undefined
  const body = manifest?.body ?? (kind === 'blobs' ? blobs.get(name!) : undefined)
  if (body === undefined) {
    response.statusCode = 404
    response.end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"unknown"}]}')
    return
  }
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  if (from > 0) {
    response.statusCode = 206
    response.setHeader('content-range', `bytes ${from}-${body.length - 1}/${body.length}`)
  }
  response.setHeader('content-type', manifest?.type ?? 'application/octet-stream')
  response.setHeader('content-length', body.length - from)
  response.end(body.subarray(from))
}

/** Puts an image of these layers (tars, gzipped) under `app:1` (or `name`); returns the digests. */
export function putImage(
  registry: Pick<FakeRegistry, 'manifests' | 'blobs'>,
  files: Record<string, string | Buffer>[],
  { name = '1', change = (manifest: Record<string, unknown>) => manifest } = {},
): { manifest: string; layers: string[]; config: string } {
  const tars = files.map(layer => tarOf(Object.entries(layer).map(([path, data]) => ({ name: path, data }))))
  const layers = tars.map(tar => putBlob(registry, gzipSync(tar)))
  const config = putBlob(
    registry,
    Buffer.from(JSON.stringify({ rootfs: { type: 'layers', diff_ids: tars.map(digestOf) } })),
  )
  const describe = (mediaType: string, digest: string) => ({
    mediaType,
    digest,
    size: registry.blobs.get(digest)!.length,
  })
  const manifest = change({
    schemaVersion: 2,
    mediaType: ociManifest,
    config: describe(ociConfig, config),
    layers: layers.map(digest => describe(ociLayer, digest)),
  })
  return { manifest: putManifest(registry, name, ociManifest, manifest), layers, config }
}

export function putManifest(
  { manifests }: Pick<FakeRegistry, 'manifests'>,
  name: string,
  type: string,
  value: unknown,
): string {
  const body = Buffer.from(JSON.stringify(value))
  const digest = digestOf(body)
  for (const key of [name, digest]) manifests.set(key, { type, body })
  return digest
}

export function putBlob({ blobs }: Pick<FakeRegistry, 'blobs'>, data: Buffer): string {
  blobs.set(digestOf(data), data)
  return digestOf(data)
}

export function listen(server: Server): Promise<void> {
  return new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
}

export function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise(resolve => server.close(() => resolve()))
}
