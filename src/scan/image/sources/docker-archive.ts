import { createHash } from 'node:crypto'
import { JennerError } from '../../../base/errors.ts'
import type { OpenOptions } from '../source.ts'
import { asArray, asObject, asStrings, checkPlatform, type Json, verifyDigest } from './documents.ts'
import { diffIdsOf, type ImageParts, type StoredLayer } from './image.ts'
import { maxLayers } from './oci-layout.ts'
import { type FileTree, readJson } from './tree.ts'

/**
 * `docker save`: `manifest.json` is a list of `{ Config, RepoTags, Layers }` whose values are paths in the archive
 * (moby image/spec v1.2, "Combined Image JSON + Filesystem Changeset Format"). Newer engines put the files under `blobs/sha256/`,
 * so that their names are claims to check. Undefined when there is no `manifest.json`.
 */
export function readDockerArchive(tree: FileTree, options: OpenOptions): ImageParts | undefined {
  const manifest = readJson(tree, 'manifest.json')
  if (manifest === undefined) return undefined
  const images = asArray(manifest.value, `${tree.name}: manifest.json`, 10_000).map(item =>
    asObject(item, `${tree.name}: image`),
  )
  const chosen = options.image === undefined ? images[0] : images.find(image => names(image, options.image!))
  if (chosen === undefined)
    throw new JennerError('target_not_found', `${tree.name}: ${options.image ?? 'manifest.json is empty'}`)
  const { config, imageId } = readConfig(tree, chosen)
  checkPlatform(config, options.platform, tree.name)
  const others = images.length - 1
  const left = options.image === undefined && others > 0
  return {
    name: tree.name,
    imageId,
    repoTags: asStrings(chosen.RepoTags),
    config,
    layers: layersOf(tree, chosen, config),
    problems: left ? [{ path: tree.name, code: 'skipped', detail: `${others} more images in the same archive` }] : [],
    close: () => tree.close(),
  }
}

function names(image: Json, wanted: string): boolean {
  const tags = asStrings(image.RepoTags)
  return tags.includes(wanted) || tags.includes(`${wanted}:latest`) || String(image.Config).includes(wanted)
}

function readConfig(tree: FileTree, image: Json): { config: Json; imageId: string } {
  const path = String(image.Config)
  const found = readJson(tree, path)
  if (found === undefined)
    throw new JennerError('not_an_image', `${tree.name}: the configuration ${path.slice(0, 200)} is not there`)
  const claimed = digestInName(path)
  if (claimed !== undefined) verifyDigest(found.bytes, claimed, `${tree.name}: configuration`)
  const imageId = `sha256:${createHash('sha256').update(found.bytes).digest('hex')}`
  return { config: asObject(found.value, `${tree.name}: configuration`), imageId }
}

function layersOf(tree: FileTree, image: Json, config: Json): StoredLayer[] {
  const diffIds = diffIdsOf(config)
  return asArray(image.Layers, `${tree.name}: Layers`, maxLayers).map((item, index) => {
    const path = String(item)
    const blob = tree.find(path)
    const digest = /^blobs\//.test(path) ? digestInName(path) : undefined
    return {
      index,
      digest,
      diffId: diffIds[index],
      size: blob?.size ?? 0,
      mediaType: 'application/vnd.oci.image.layer.v1.tar',
      blob,
    }
  })
}

/** `blobs/sha256/HEX` and `HEX.json` name their own digest. */
function digestInName(path: string): string | undefined {
  const hex = /^(?:blobs\/sha256\/)?([a-f0-9]{64})(?:\.json)?$/.exec(path)?.[1]
  return hex === undefined ? undefined : `sha256:${hex}`
}
