import { createHash } from 'node:crypto'
import { JennerError } from '../../../base/errors.ts'
import { MiB } from '../../../base/limits.ts'
import {
  asArray,
  asDescriptor,
  asObject,
  checkPlatform,
  type Descriptor,
  type Json,
  verifyDigest,
} from '../sources/documents.ts'
import { choosePlatform, imagesOf, maxLayers } from '../sources/oci-layout.ts'
import { wholeBody } from './body.ts'
import type { RegistryClient } from './client.ts'
import type { Reference } from './reference.ts'

/** An image as its manifest states it. */
export interface ResolvedImage {
  /** Of the manifest, computed by us. */
  digest: string
  /** Of what the name led to: the index where there is one. */
  nameDigest: string
  config: Descriptor
  configuration: Json
  layers: Descriptor[]
}

/** The distribution specification asks for 4 MiB. */
const maxManifestBytes = 8 * MiB
const maxConfigBytes = 8 * MiB
const maxDepth = 4

const manifestTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]
const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]
const configTypes = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
  // What some builders wrote before there was a word for it.
  'application/octet-stream',
  '',
]

/**
 * Reads what a name leads to: (index →)* manifest → configuration. Every document is checked against the digest that led to it, and must be what its media
 * type says it is. Throws digest_mismatch, malformed, not_an_image, unsupported, limit_exceeded, target_not_found and what the client throws.
 */
export async function resolveImage(
  client: RegistryClient,
  reference: Reference,
  platform: string | undefined,
): Promise<ResolvedImage> {
  const name = `${reference.registry}/${reference.repository}`
  let document = await readManifest(client, reference.digest ?? reference.tag!, name)
  if (reference.digest !== undefined) verifyDigest(document.bytes, reference.digest, `${name}: manifest`)
  const nameDigest = reference.digest ?? digestOf(document.bytes)
  let digest = nameDigest
  for (let depth = 0; document.kind === 'index'; depth++) {
    if (depth > maxDepth) throw new JennerError('limit_exceeded', `${name}: indexes more than ${maxDepth} deep`)
    const chosen = choosePlatform(imagesOf(document.value, name), platform, name)
    document = await readManifest(client, chosen.digest, name)
    verifyDigest(document.bytes, chosen.digest, `${name}: manifest`)
    digest = chosen.digest
  }
  const config = asDescriptor(document.value.config, `${name}: config`)
  if (!configTypes.includes(config.mediaType))
    throw new JennerError('not_an_image', `${name}: it holds ${config.mediaType.slice(0, 100)}`)
  const layers = asArray(document.value.layers, `${name}: layers`, maxLayers).map((item, index) =>
    asDescriptor(item, `${name}: layer ${index}`),
  )
  const configuration = await readConfiguration(client, config, name)
  if (digest === nameDigest) checkPlatform(configuration, platform, name)
  return { digest, nameDigest, config, layers, configuration }
}

interface ManifestDocument {
  kind: 'index' | 'manifest'
  value: Json
  bytes: Buffer
}

async function readManifest(client: RegistryClient, name: string, what: string): Promise<ManifestDocument> {
  const answer = await client.get(`manifests/${name}`, { accept: [...manifestTypes, ...indexTypes].join(', ') })
  const stated = String(answer.headers['content-type'] ?? '')
    .split(';', 1)[0]!
    .trim()
    .toLowerCase()
  const bytes = await wholeBody(answer, maxManifestBytes, `${what}: manifest`)
  const value = asObject(parse(bytes, what), `${what}: manifest`)
  return { kind: kindOf(value, stated, what), value, bytes }
}

/**
 * What a document is. CVE-2021-41190: one that is both an index and a manifest shows different images to different readers, so the media type of the answer,
 * that in the document and its members must agree.
 */
function kindOf(value: Json, stated: string, what: string): ManifestDocument['kind'] {
  const inside = typeof value.mediaType === 'string' ? value.mediaType : undefined
  if (value.schemaVersion === 1 || /distribution\.manifest\.v1\+(?:json|prettyjws)$/.test(stated))
    throw new JennerError('unsupported', `${what}: a manifest of schema 1, which registries gave up in 2019`)
  const looksLike = 'manifests' in value ? 'index' : 'manifest'
  const both = 'manifests' in value && ('layers' in value || 'config' in value || 'fsLayers' in value)
  const claims = [stated, inside].map(type => (type === undefined ? undefined : kindOfType(type)))
  if (both || claims.some(claim => claim !== undefined && claim !== looksLike))
    throw new JennerError('malformed', `${what}: media types of the manifest contradict each other`)
  return looksLike
}

function kindOfType(type: string): ManifestDocument['kind'] | undefined {
  return manifestTypes.includes(type) ? 'manifest' : indexTypes.includes(type) ? 'index' : undefined
}

async function readConfiguration(client: RegistryClient, config: Descriptor, what: string): Promise<Json> {
  if (config.size > maxConfigBytes)
    throw new JennerError('limit_exceeded', `${what}: configuration: ${config.size} bytes, at most ${maxConfigBytes}`)
  const bytes = await wholeBody(await client.get(`blobs/${config.digest}`), maxConfigBytes, `${what}: configuration`)
  verifyDigest(bytes, config.digest, `${what}: configuration`)
  return asObject(parse(bytes, what), `${what}: configuration`)
}

function parse(bytes: Buffer, what: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new JennerError('malformed', `${what}: not JSON`, error)
  }
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
