import { closeSync, existsSync, openSync, statfsSync, unlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { JennerError } from '../../../base/errors.ts'
import { GiB, MiB } from '../../../base/limits.ts'
import type { ImageLayer } from '../source.ts'
import type { Json } from '../sources/documents.ts'
import { diffIdsOf } from '../sources/image.ts'
import { fetchBlob } from './blob.ts'
import { createClient, type RegistryClient } from './client.ts'
import { type ResolvedImage, resolveImage } from './manifest.ts'
import { placesOf } from './mirrors.ts'
import type { RegistryOptions } from './options.ts'
import { parseReference, type Reference } from './reference.ts'
import { withRetries } from './retry.ts'

/** What a registry says of an image, checked digest by digest. Plain data: it goes to the process that reads. */
export interface RemoteDescription {
  name: string
  imageId: string
  repoTags: string[]
  repoDigests: string[]
  config: Json
  layers: ImageLayer[]
}

/** An image in a registry: described at once, its layers fetched when they are asked for. */
export interface RemoteImage {
  description: RemoteDescription
  /** A path to the layer's bytes, their digest verified, valid until `close`. `next`: layers that will be asked for after it. Throws JennerError. */
  layer(index: number, next?: readonly number[]): Promise<string>
  close(): Promise<void>
}

export interface RemoteRequest {
  platform?: string
  signal?: AbortSignal
  /** Bytes fetched, and of all layers asked for so far. */
  onProgress?: (bytes: number, total: number) => void
}

const parallel = 3
const defaultMaxImageBytes = 32 * GiB
/** What is left free of a disk that layers are fetched to. */
const reserveBytes = 64 * MiB

/** Looks an image up, at its mirrors first. Throws bad_argument, target_not_found, registry_denied, registry_unreachable and what `resolveImage` throws. */
export async function openRemoteImage(
  name: string,
  options: RegistryOptions = {},
  request: RemoteRequest = {},
): Promise<RemoteImage> {
  const reference = parseReference(name)
  const { client, resolved } = await firstPlace(reference, options, request)
  try {
    const folder = await mkdtemp(join(options.workDir ?? tmpdir(), '.jenner-layers-'))
    const fetcher = createFetcher(client, resolved, folder, options, request)
    return {
      description: describe(name, reference, resolved),
      layer: fetcher.layer,
      async close() {
        client.close()
        fetcher.close()
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    client.close()
    throw error
  }
}

/** The first place that has the image. A mirror that fails in whatever way is passed over; the registry itself has the last word. */
async function firstPlace(
  reference: Reference,
  options: RegistryOptions,
  { platform, signal }: RemoteRequest,
): Promise<{ client: RegistryClient; resolved: ResolvedImage }> {
  const places = placesOf(reference, options.mirrors ?? [])
  for (const place of places) {
    const own = place === reference
    const { credential, ...rest } = options
    const client = createClient(place, own && credential ? { ...rest, credential } : rest, signal)
    try {
      const retry = { hasty: true, ...(options.retryDelay && { delay: options.retryDelay }), ...(signal && { signal }) }
      return { client, resolved: await withRetries(() => resolveImage(client, place, platform), retry) }
    } catch (error) {
      client.close()
      signal?.throwIfAborted()
      if (own || !(error instanceof JennerError) || error.code === 'bad_argument') throw error
    }
  }
  throw new JennerError('target_not_found', reference.repository)
}

function describe(name: string, { registry, repository, tag }: Reference, image: ResolvedImage): RemoteDescription {
  const full = registry === 'docker.io' ? repository.replace(/^library\//, '') : `${registry}/${repository}`
  const diffIds = diffIdsOf(image.configuration)
  return {
    name,
    imageId: image.config.digest,
    repoTags: tag === undefined ? [] : [`${full}:${tag}`],
    repoDigests: [`${full}@${image.nameDigest}`],
    config: image.configuration,
    layers: image.layers.map(({ digest, size, mediaType }, index) => ({
      index,
      digest,
      size,
      mediaType,
      ...(diffIds[index] !== undefined && { diffId: diffIds[index] }),
    })),
  }
}

interface Fetched {
  path: Promise<string>
  size: number
}

function createFetcher(
  client: RegistryClient,
  { layers }: ResolvedImage,
  folder: string,
  options: RegistryOptions,
  { signal, onProgress }: RemoteRequest,
) {
  const byDigest = new Map<string, Fetched>()
  const open: number[] = []
  const gate = createGate(parallel)
  const stop = new AbortController()
  const ended = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal])
  let done = 0
  const wanted = (): number => [...byDigest.values()].reduce((sum, { size }) => sum + size, 0)
  const fetchOne = async (index: number): Promise<string> => {
    const { digest, size, mediaType } = layers[index]!
    ended.throwIfAborted()
    const { fd, path } = openSpool(folder, digest.replace(':', '-'))
    open.push(fd)
    await fetchBlob(client, {
      digest,
      size,
      fd,
      signal: ended,
      ...(options.retryDelay !== undefined && { delay: options.retryDelay }),
      onBytes(bytes) {
        done += bytes
        onProgress?.(done, wanted())
      },
    }).catch(error => {
      throw foreignError(error, mediaType, digest)
    })
    return path
  }
  const start = (index: number): Promise<string> => {
    const { digest, size, mediaType } = layers[index]!
    const known = byDigest.get(digest)
    if (known !== undefined) return known.path
    const refused = refusalOf(mediaType, digest) ?? tooMuch(size, wanted(), folder, options)
    const path = refused ? Promise.reject(refused) : gate(() => fetchOne(index))
    path.catch(() => {})
    byDigest.set(digest, { path, size: refused ? 0 : size })
    return path
  }
  return {
    layer(index: number, next: readonly number[] = []): Promise<string> {
      const path = start(index)
      for (const later of next) if (layers[later] !== undefined) start(later)
      return path
    },
    close(): void {
      stop.abort(new JennerError('timed_out', 'fetching was ended'))
      for (const fd of open.splice(0)) closeSync(fd)
    },
  }
}

function refusalOf(mediaType: string, digest: string): JennerError | undefined {
  return mediaType.endsWith('+encrypted') ? new JennerError('unsupported', `${digest} is encrypted`) : undefined
}

function tooMuch(size: number, before: number, folder: string, options: RegistryOptions): JennerError | undefined {
  const limit = options.maxImageBytes ?? defaultMaxImageBytes
  if (before + size > limit)
    return new JennerError('limit_exceeded', `${before + size} bytes of layers, at most ${limit} (--max-image-size)`)
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize - reserveBytes
  return size > free ? new JennerError('output_unwritable', `${folder}: ${size} bytes needed, ${free} free`) : undefined
}

/** Foreign layers stand elsewhere, by `urls` that we do not follow: whoever writes a manifest would make us ask any host for anything. */
function foreignError(error: unknown, mediaType: string, digest: string): unknown {
  const foreign = /foreign|nondistributable/.test(mediaType)
  if (!foreign || !(error instanceof JennerError) || error.code !== 'target_not_found') return error
  return new JennerError('unsupported', `${digest}: a foreign layer, which the registry does not hold`)
}

const descriptors = `/proc/${process.pid}/fd`

/** A file for a layer that another process can open. Where there is /proc it has no name: it is gone when we are, however we end. */
function openSpool(folder: string, name: string): { fd: number; path: string } {
  const path = join(folder, name)
  try {
    const fd = openSync(path, 'wx+', 0o600)
    if (!existsSync(descriptors)) return { fd, path }
    unlinkSync(path)
    return { fd, path: `${descriptors}/${fd}` }
  } catch (error) {
    throw new JennerError('output_unwritable', folder, error)
  }
}

/** Lets so many at a time. */
function createGate(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  const leave = (): void => {
    running--
    waiting.shift()?.()
  }
  return async work => {
    if (running >= width) await new Promise<void>(resolve => waiting.push(resolve))
    running++
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
