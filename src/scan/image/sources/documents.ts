import { createHash } from 'node:crypto'
import { JennerError } from '../../../base/errors.ts'
import { isDigest } from '../digest.ts'
import { type FileTree, readJson } from './tree.ts'

/** A JSON object out of a hostile document. */
export type Json = Record<string, unknown>

/** OCI image-spec, descriptor.md: what one document says about another. */
export interface Descriptor {
  mediaType: string
  digest: string
  size: number
  annotations: Json
  platform?: Platform
  urls: string[]
}

export interface Platform {
  os: string
  architecture: string
  variant?: string
}

export function asObject(value: unknown, what: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  throw new JennerError('malformed', `${what} is not an object`)
}

export function asArray(value: unknown, what: string, limit: number): unknown[] {
  if (!Array.isArray(value)) throw new JennerError('malformed', `${what} is not a list`)
  if (value.length > limit) throw new JennerError('limit_exceeded', `${what}: ${value.length} items, at most ${limit}`)
  return value
}

export function asStrings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
}

/** Throws malformed for a digest that is none: it would become a path. */
export function asDescriptor(value: unknown, what: string): Descriptor {
  const { mediaType, digest, size, annotations, platform, urls } = asObject(value, what)
  if (!isDigest(digest)) throw new JennerError('malformed', `${what}: digest ${JSON.stringify(digest)?.slice(0, 100)}`)
  if (typeof size !== 'number' || size < 0) throw new JennerError('malformed', `${what}: size`)
  return {
    digest,
    size,
    mediaType: typeof mediaType === 'string' ? mediaType : '',
    annotations: typeof annotations === 'object' && annotations !== null ? (annotations as Json) : {},
    platform: asPlatform(platform),
    urls: asStrings(urls),
  }
}

function asPlatform(value: unknown): Platform | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { os, architecture, variant } = value as Json
  if (typeof os !== 'string' || typeof architecture !== 'string') return undefined
  return { os, architecture, ...(typeof variant === 'string' ? { variant } : {}) }
}

export function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`
}

/** A document of an OCI layout, its size and digest checked against what pointed to it. Throws not_an_image, malformed, digest_mismatch. */
export function readDocument(tree: FileTree, descriptor: Descriptor, what: string): Json {
  const found = readJson(tree, blobPath(descriptor.digest))
  if (found === undefined)
    throw new JennerError('not_an_image', `${tree.name}: ${what} ${descriptor.digest} is not there`)
  verifyDigest(found.bytes, descriptor.digest, `${tree.name}: ${what}`)
  return asObject(found.value, `${tree.name}: ${what}`)
}

export function verifyDigest(bytes: Buffer, digest: string, what: string): void {
  const [algorithm] = digest.split(':')
  const found = `${algorithm}:${createHash(algorithm!).update(bytes).digest('hex')}`
  if (found !== digest) throw new JennerError('digest_mismatch', `${what}: stated ${digest}, is ${found}`)
}

/** `linux/arm64/v8` as a platform; undefined asks for this machine's. Throws bad_argument. */
export function parsePlatform(text: string | undefined): Platform {
  if (text === undefined) return { os: 'linux', architecture: machine() }
  const [os, architecture, variant, ...rest] = text.split('/')
  if (!os || !architecture || rest.length > 0)
    throw new JennerError('bad_argument', `platform ${text}: os/arch[/variant]`)
  return { os, architecture, ...(variant ? { variant } : {}) }
}

/** This machine's architecture in Go's words, which images use. */
function machine(): string {
  const names: Record<string, string> = { x64: 'amd64', ia32: '386', arm64: 'arm64', arm: 'arm', ppc64: 'ppc64le' }
  return names[process.arch] ?? process.arch
}

/** Whether an image that names its platform is the one asked for. Throws target_not_found, bad_argument. */
export function checkPlatform({ os, architecture, variant }: Json, wanted: string | undefined, name: string): void {
  if (wanted === undefined) return
  const asked = parsePlatform(wanted)
  if (typeof os !== 'string' || typeof architecture !== 'string' || os === '' || architecture === '') return
  const own = { os, architecture, ...(typeof variant === 'string' && variant !== '' && { variant }) }
  if (platformMatches(own, asked)) return
  const detail = `${name}: it is for ${os.slice(0, 50)}/${architecture.slice(0, 50)}, not for ${wanted}`
  throw new JennerError('target_not_found', detail)
}

export function platformMatches(found: Platform | undefined, wanted: Platform): boolean {
  if (found === undefined) return false
  const variant = wanted.variant === undefined || found.variant === undefined || found.variant === wanted.variant
  return found.os === wanted.os && found.architecture === wanted.architecture && variant
}
