import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { JennerError } from '../../../base/errors.ts'
import { isObject, own, stringAt } from '../../../base/json.ts'
import { MiB } from '../../../base/limits.ts'
import { isDigest } from '../digest.ts'
import { fullName, parseReference } from '../registry/reference.ts'
import type { ImageSource, OpenOptions } from '../source.ts'
import { asObject, checkPlatform, type Json, verifyDigest } from './documents.ts'
import { createImageSource, type StoredLayer } from './image.ts'
import { maxLayers } from './oci-layout.ts'
import { storeRoots } from './store-roots.ts'
import { readSplitLayer } from './tar-split.ts'

/** Storage drivers that unpack into folders, and where. */
const drivers = { overlay: (id: string) => `overlay/${id}/diff`, vfs: (id: string) => `vfs/dir/${id}` }
type Driver = keyof typeof drivers

const maxIndexBytes = 256 * MiB
const maxDocumentBytes = 8 * MiB

interface Store {
  root: string
  driver: Driver
}

interface StoredImage {
  id: string
  names: string[]
  digest: string | undefined
  topLayer: string
}

/**
 * An image in containers-storage (Podman, Buildah, CRI-O), of root or of the user who asks:
 * `DRIVER-images/images.json` and `DRIVER-layers/layers.json` are lists, `DRIVER-images/ID/` holds manifest and configuration, layers stand unpacked and are put
 * together again (tar-split.ts). Throws target_not_found, target_unreadable, malformed.
 */
export async function openPodmanImage(name: string, options: OpenOptions): Promise<ImageSource> {
  const stores = (options.storeRoots ?? storeRoots(process.env)).podman.flatMap(storesIn)
  const wanted = namesOf(name)
  for (const store of stores) {
    const image = findImage(store, name, wanted)
    if (image !== undefined) return openStored(name, store, image, options)
  }
  throw new JennerError('target_not_found', stores.length > 0 ? name : 'no Podman store here')
}

function storesIn(root: string): Store[] {
  return (Object.keys(drivers) as Driver[])
    .filter(driver => existsSync(join(root, `${driver}-images/images.json`)))
    .map(driver => ({ root, driver }))
}

/** As typed, in full, and as Podman names what it built itself. */
function namesOf(name: string): string[] {
  const tagged = /[:@][^/]*$/.test(name) ? name : `${name}:latest`
  try {
    return [...new Set([name, fullName(parseReference(name)), tagged, `localhost/${tagged}`])]
  } catch {
    return [name]
  }
}

function findImage({ root, driver }: Store, name: string, wanted: string[]): StoredImage | undefined {
  const images = readList(join(root, `${driver}-images/images.json`)).map(toImage)
  const byName = images.find(image => image.names.some(known => wanted.includes(known)))
  if (byName !== undefined) return byName
  const digest = name.split('@')[1]
  const repository = digest === undefined ? undefined : wanted.map(text => text.split('@')[0]!)
  const byDigest = images.find(
    image => digest !== undefined && image.digest === digest && image.names.some(known => within(known, repository!)),
  )
  if (byDigest !== undefined) return byDigest
  const id = /^(?:sha256:)?([0-9a-f]{12,64})$/.exec(name)?.[1]
  return id === undefined ? undefined : images.find(image => image.id.startsWith(id))
}

/** Whether a name is of one of these repositories, whatever its tag. */
function within(known: string, repositories: string[]): boolean {
  const repository = known.split('@')[0]!.replace(/:[^:/]*$/, '')
  return repositories.some(text => text.replace(/:[^:/]*$/, '') === repository)
}

function toImage(item: Json): StoredImage {
  const names = own(item, 'names')
  return {
    id: stringAt(item, 'id') ?? '',
    names: Array.isArray(names) ? names.filter(name => typeof name === 'string') : [],
    digest: stringAt(item, 'digest'),
    topLayer: stringAt(item, 'layer') ?? '',
  }
}

function openStored(name: string, store: Store, image: StoredImage, options: OpenOptions): ImageSource {
  const { config, imageId } = readConfiguration(store, image)
  checkPlatform(config, options.platform, name)
  return createImageSource(
    {
      name,
      imageId,
      repoTags: image.names.filter(text => !text.includes('@')),
      repoDigests: image.names.flatMap(text =>
        image.digest === undefined ? [] : [`${text.split('@')[0]!.replace(/:[^:/]*$/, '')}@${image.digest}`],
      ),
      config,
      layers: layersOf(store, image, options),
      addressedBy: 'diffId',
      close() {},
    },
    options,
  )
}

/** Big data of an image is named by its key, in base64 where the key has more than digits, dots and small letters. */
function bigData({ root, driver }: Store, id: string, key: string): string {
  const file = /^[0-9a-z.]+$/.test(key) ? key : `=${Buffer.from(key).toString('base64')}`
  return join(root, `${driver}-images`, checkedId(id), file)
}

function readConfiguration(store: Store, image: StoredImage): { config: Json; imageId: string } {
  const manifest = parseDocument(readSmall(bigData(store, image.id, 'manifest'), maxDocumentBytes), 'manifest')
  const digest = stringAt(own(manifest, 'config'), 'digest')
  if (!isDigest(digest)) throw new JennerError('unsupported', `${image.names[0] ?? image.id}: no manifest of an image`)
  const bytes = readSmall(bigData(store, image.id, digest), maxDocumentBytes)
  verifyDigest(bytes, digest, 'configuration')
  return { config: parseDocument(bytes, 'configuration'), imageId: digest }
}

function layersOf(store: Store, image: StoredImage, options: OpenOptions): StoredLayer[] {
  const { root, driver } = store
  const byId = new Map(
    readList(join(root, `${driver}-layers/layers.json`)).map(layer => [stringAt(layer, 'id') ?? '', layer]),
  )
  const chain: Json[] = []
  for (let id = image.topLayer; id !== ''; ) {
    const layer = byId.get(id)
    if (layer === undefined) throw new JennerError('malformed', `${image.id}: layer ${id.slice(0, 80)} is not there`)
    chain.unshift(layer)
    if (chain.length > maxLayers) throw new JennerError('limit_exceeded', `more than ${maxLayers} layers`)
    id = stringAt(layer, 'parent') ?? ''
  }
  return chain.map((layer, index) => storedLayer(store, layer, index, options))
}

function storedLayer({ root, driver }: Store, layer: Json, index: number, options: OpenOptions): StoredLayer {
  const id = checkedId(stringAt(layer, 'id') ?? '')
  const stated = stringAt(layer, 'diff-digest')
  const diffId = isDigest(stated) ? stated : undefined
  const size = Number(own(layer, 'diff-size')) || 0
  const split = {
    splitFile: join(root, `${driver}-layers`, `${id}.tar-split.gz`),
    folder: join(root, drivers[driver](id)),
    diffId,
    index,
    ...(options.signal && { signal: options.signal }),
    onProgress: (done: number) => options.onProgress?.({ phase: 'layer', index, done, total: size }),
  }
  return {
    index,
    ...(diffId && { diffId }),
    size,
    mediaType: 'application/vnd.oci.image.layer.v1.tar',
    read: (visitor, limits) => readSplitLayer(split, visitor, limits),
  }
}

/** Ids become parts of paths. */
function checkedId(id: string): string {
  if (/^[0-9a-f]{64}$/.test(id)) return id
  throw new JennerError('malformed', `containers-storage: id ${id.slice(0, 80)}`)
}

function readList(file: string): Json[] {
  try {
    const value: unknown = JSON.parse(readSmall(file, maxIndexBytes).toString('utf8'))
    if (Array.isArray(value)) return value.filter(isObject)
  } catch (error) {
    if (error instanceof JennerError) throw error
  }
  throw new JennerError('malformed', file)
}

function parseDocument(bytes: Buffer, what: string): Json {
  try {
    return asObject(JSON.parse(bytes.toString('utf8')), what)
  } catch (error) {
    throw error instanceof JennerError ? error : new JennerError('malformed', what, error)
  }
}

function readSmall(file: string, limit: number): Buffer {
  try {
    if (statSync(file).size > limit) throw new JennerError('limit_exceeded', file)
    return readFileSync(file)
  } catch (error) {
    throw error instanceof JennerError ? error : new JennerError('target_unreadable', file, error)
  }
}
