import { JennerError } from '../../../base/errors.ts'
import type { LayerReading } from '../../../base/model/visitor.ts'
import type { OpenOptions } from '../source.ts'
import {
  asArray,
  asDescriptor,
  asObject,
  blobPath,
  checkPlatform,
  type Descriptor,
  type Json,
  type Platform,
  parsePlatform,
  platformMatches,
  readDocument,
} from './documents.ts'
import { diffIdsOf, type ImageParts, type StoredLayer } from './image.ts'
import { type FileTree, readJson } from './tree.ts'

const maxManifests = 10_000
export const maxLayers = 1000
const maxDepth = 4

/** OCI image-spec, image-layout.md: `index.json` → (index →)* manifest → configuration and layers. Undefined when there is no `index.json`. */
export function readOciLayout(tree: FileTree, options: OpenOptions): ImageParts | undefined {
  const root = readJson(tree, 'index.json')
  if (root === undefined) return undefined
  const index = asObject(root.value, `${tree.name}: index.json`)
  const problems: LayerReading['problems'] = []
  const { descriptor, manifest, tags } = pickManifest(tree, index, options, problems)
  return {
    ...partsOf(tree, descriptor, manifest, options),
    repoTags: tags,
    repoDigests: tags.map(tag => `${tag.replace(/:[^:/]*$/, '')}@${descriptor.digest}`),
    problems,
  }
}

/** The image that a descriptor leads to, in a store that keeps blobs as an OCI layout does. Throws as `readOciLayout` does. */
export function readManifestOf(tree: FileTree, target: Descriptor, options: OpenOptions): ImageParts {
  const { descriptor, manifest } = descend(
    tree,
    target,
    parsePlatform(options.platform),
    options.platform !== undefined,
  )
  return partsOf(tree, descriptor, manifest, options)
}

function partsOf(tree: FileTree, { platform }: Descriptor, manifest: Json, options: OpenOptions): ImageParts {
  const config = asDescriptor(manifest.config, `${tree.name}: config`)
  const configuration = readDocument(tree, config, 'configuration')
  // What an index says of its images is the choice; many a configuration was copied from another platform's.
  if (platform === undefined) checkPlatform(configuration, options.platform, tree.name)
  return {
    name: tree.name,
    imageId: config.digest,
    config: configuration,
    layers: layersOf(tree, manifest, configuration),
    close: () => tree.close(),
  }
}

interface Picked {
  descriptor: Descriptor
  manifest: Json
  tags: string[]
}

function pickManifest(tree: FileTree, index: Json, options: OpenOptions, problems: LayerReading['problems']): Picked {
  const wanted = parsePlatform(options.platform)
  let descriptors = imagesOf(index, tree.name)
  if (options.image !== undefined) descriptors = descriptors.filter(item => names(item, options.image!))
  if (descriptors.length === 0) throw new JennerError('not_an_image', `${tree.name}: the index names no image`)
  const explicit = options.platform !== undefined
  const chosen = choose(descriptors, wanted, explicit, tree.name)
  const tags = tagsOf(chosen)
  if (new Set(descriptors.map(item => item.digest)).size > 1 && chosen.platform === undefined) {
    problems.push({
      path: tree.name,
      code: 'skipped',
      detail: `${descriptors.length - 1} more images in the same layout`,
    })
  }
  return { ...descend(tree, chosen, wanted, explicit), tags }
}

/** (index →)* manifest */
function descend(tree: FileTree, from: Descriptor, wanted: Platform, explicit: boolean): Omit<Picked, 'tags'> {
  let chosen = from
  const seen = new Set<string>()
  for (let depth = 0; depth <= maxDepth; depth++) {
    if (seen.has(chosen.digest))
      throw new JennerError('malformed', `${tree.name}: the index ${chosen.digest} contains itself`)
    seen.add(chosen.digest)
    const document = readDocument(tree, chosen, 'manifest')
    if (!Array.isArray(document.manifests)) return { descriptor: chosen, manifest: document }
    chosen = choose(imagesOf(document, tree.name), wanted, explicit, tree.name)
  }
  throw new JennerError('limit_exceeded', `${tree.name}: indexes more than ${maxDepth} deep`)
}

/** Descriptors of an index that may be images: not attestations, which carry `vnd.docker.reference.type`. */
export function imagesOf(index: Json, name: string): Descriptor[] {
  const items = asArray(index.manifests, `${name}: manifests`, maxManifests)
  const descriptors = items.map(item => asDescriptor(item, `${name}: manifest`))
  return descriptors.filter(item => item.annotations['vnd.docker.reference.type'] === undefined)
}

/** The image of an index for a platform as the user writes it. Throws target_not_found, bad_argument. */
export function choosePlatform(descriptors: Descriptor[], platform: string | undefined, name: string): Descriptor {
  return choose(descriptors, parsePlatform(platform), platform !== undefined, name)
}

/** The image for the platform; without a word about platforms, the first; a single one unless another platform was asked for by name. */
function choose(descriptors: Descriptor[], wanted: Platform, explicit: boolean, name: string): Descriptor {
  const exact =
    descriptors.find(item => platformMatches(item.platform, wanted)) ??
    descriptors.find(item => item.platform === undefined)
  const only = descriptors.length === 1 && !explicit ? descriptors[0] : undefined
  const found = exact ?? only
  if (found !== undefined) return found
  const offered = descriptors.map(item => `${item.platform?.os}/${item.platform?.architecture}`).join(', ')
  throw new JennerError(
    'target_not_found',
    `${name}: no image for ${wanted.os}/${wanted.architecture}, there is ${offered.slice(0, 300)}`,
  )
}

const nameKeys = ['io.containerd.image.name', 'org.opencontainers.image.ref.name']

function names(descriptor: Descriptor, image: string): boolean {
  return nameKeys.some(key => descriptor.annotations[key] === image) || descriptor.digest.includes(image)
}

/** Names that look like ones: `ref.name` is often a bare tag (`latest`), which names nothing by itself. */
function tagsOf(descriptor: Descriptor): string[] {
  const names = nameKeys.map(key => descriptor.annotations[key]).filter(name => typeof name === 'string')
  return [...new Set(names.filter(name => name.includes(':')))].slice(0, 1)
}

function layersOf(tree: FileTree, manifest: Json, config: Json): StoredLayer[] {
  const diffIds = diffIdsOf(config)
  return asArray(manifest.layers, `${tree.name}: layers`, maxLayers).map((item, index) => {
    const { digest, size, mediaType } = asDescriptor(item, `${tree.name}: layer ${index}`)
    const blob = tree.find(blobPath(digest))
    return { index, digest, diffId: diffIds[index], size: blob?.size ?? size, statedSize: size, mediaType, blob }
  })
}
