import { closeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { JennerError } from '../../../base/errors.ts'
import { MiB } from '../../../base/limits.ts'
import { openUnlinked } from '../content.ts'
import { isDigest } from '../digest.ts'
import type { ImageSource, OpenOptions } from '../source.ts'
import { writeAll } from '../spool.ts'
import { getDocker, getJson, inspectDockerImage, piecesOf } from './docker-api.ts'
import { asArray, asObject, asStrings, checkPlatform, type Json } from './documents.ts'
import { noImage, readParts } from './file.ts'
import { createImageSource, type ImageParts } from './image.ts'
import { openTarTree } from './tree.ts'

/**
 * An image of the Docker daemon, by name, name:tag, digest or (part of) an id. What the daemon says about it comes at once;
 * its bytes (GET /images/ID/get) only with the first layer that is read, so that an image whose layers are all known costs nothing.
 */
export async function openDockerImage(name: string, options: OpenOptions): Promise<ImageSource> {
  const path = `/images/${encodeURIComponent(name)}`
  const inspected = await inspectDockerImage(name, options)
  const history = await getJson(`${path}/history`, options, name)
  const config = configOf(inspected, history)
  checkPlatform(config, options.platform, name)
  const diffIds = (config.rootfs as Json).diff_ids as string[]
  let opened: ImageParts | undefined
  const fetch = async (): Promise<ImageParts> => {
    opened = await fetchImage(String(inspected.Id), name, options)
    if (opened.layers.length !== diffIds.length)
      throw new JennerError('malformed', `Docker sent ${opened.layers.length} layers of ${diffIds.length}`)
    return { ...opened, layers: opened.layers.map((layer, index) => ({ ...layer, diffId: diffIds[index] })) }
  }
  const parts: ImageParts = {
    name,
    imageId: String(inspected.Id),
    repoTags: asStrings(inspected.RepoTags),
    repoDigests: asStrings(inspected.RepoDigests),
    config,
    layers: diffIds.map((diffId, index) => ({
      index,
      diffId,
      size: 0,
      mediaType: 'application/vnd.oci.image.layer.v1.tar',
    })),
    fetch,
    addressedBy: 'diffId',
    close: () => opened?.close(),
  }
  const source = createImageSource(parts, options)
  source.artifact.size = Number(inspected.Size) || 0
  return source
}

/** The answer of GET /images/NAME/json in the words of an OCI image configuration. */
function configOf(inspected: Json, history: unknown): Json {
  const { Architecture, Os, Created, Config, RootFS, Variant } = inspected
  const diffIds = asStrings((RootFS as Json | undefined)?.Layers).filter(isDigest)
  const steps = asArray(history ?? [], 'Docker: history', 10_000).map(item => asObject(item, 'Docker: history'))
  return {
    architecture: Architecture,
    os: Os,
    ...(Variant ? { variant: Variant } : {}),
    created: Created,
    config: Config ?? {},
    rootfs: { type: 'layers', diff_ids: diffIds },
    history: steps.reverse().map(step => historyStep(step)),
  }
}

/** Docker tells a step's size, not whether it made a layer: a guess until the image's own configuration is read with its bytes. */
function historyStep({ Created, CreatedBy, Comment, Size }: Json): Json {
  const created = new Date(Number(Created) * 1000)
  return {
    created: Number.isNaN(created.getTime()) ? undefined : created.toISOString(),
    created_by: CreatedBy,
    ...(Comment ? { comment: Comment } : {}),
    ...(Size === 0 ? { empty_layer: true } : {}),
  }
}

async function fetchImage(id: string, name: string, options: OpenOptions): Promise<ImageParts> {
  const fd = openUnlinked(options.workDir ?? tmpdir())
  try {
    const size = await spoolImage(id, fd, options)
    const blob = { fd, offset: 0, size }
    const tree = openTarTree(name, blob)
    const parts = readParts(tree, undefined, { ...options, image: undefined })
    if (parts === undefined) throw noImage(name, tree)
    return parts
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

async function spoolImage(id: string, fd: number, options: OpenOptions): Promise<number> {
  const answer = await getDocker(`/images/${encodeURIComponent(id)}/get`, options, id)
  let size = 0
  let told = 0
  for await (const piece of piecesOf(answer, options)) {
    size = writeAll(fd, piece, size)
    if (size - told < 4 * MiB) continue
    told = size
    options.onProgress?.({ phase: 'spool', done: size })
  }
  return size
}
