import type { KnownImage } from '../../base/model/base-image.ts'
import { isDigest } from '../image/digest.ts'
import {
  type DockerImage,
  type DockerOptions,
  inspectDockerImage,
  listDockerImages,
} from '../image/sources/docker-api.ts'
import { asObject, asStrings } from '../image/sources/documents.ts'

const mostImages = 500
/** Images asked about at the same time. */
const together = 8

/**
 * The images of the local Docker daemon as a catalogue: what one was built on is often there too. Only what the daemon says of them is asked, no
 * layer. Images that vanish meanwhile are left out; without a daemon it is empty.
 */
export async function localCatalogue(options: DockerOptions = {}): Promise<KnownImage[]> {
  const images = (await listDockerImages(options).catch(() => [])).slice(0, mostImages)
  const named = images.filter(({ repoTags }) => repoTags.length > 0)
  const known: KnownImage[] = []
  for (let at = 0; at < named.length; at += together) {
    const group = named.slice(at, at + together)
    known.push(...(await Promise.all(group.map(image => knownImagesOf(image, options)))).flat())
  }
  return known
}

/** An image under each of its names. */
async function knownImagesOf(
  { id, repoTags, repoDigests, size }: DockerImage,
  options: DockerOptions,
): Promise<KnownImage[]> {
  const diffIds = await diffIdsOf(id, options)
  if (diffIds.length === 0) return []
  const digest = repoDigests[0]?.split('@')[1]
  return repoTags.map(name => ({ name, diffIds, ...(digest && { digest }), ...(size > 0 && { size }) }))
}

async function diffIdsOf(id: string, options: DockerOptions): Promise<string[]> {
  try {
    const { RootFS } = await inspectDockerImage(id, options)
    return asStrings(asObject(RootFS, 'Docker: image').Layers).filter(isDigest)
  } catch {
    options.signal?.throwIfAborted()
    return []
  }
}
