import type { KnownImage } from '../../base/model/base-image.ts'
import { listDockerImages, openDockerImage } from '../image/sources/docker.ts'

const mostImages = 500

/**
 * The images of the local Docker daemon as a catalogue: what one was built on is often there too. Only what the daemon says of them is asked, no
 * layer. Images that vanish meanwhile are left out; without a daemon it is empty.
 */
export async function localCatalogue(
  options: { dockerHost?: string; signal?: AbortSignal } = {},
): Promise<KnownImage[]> {
  const images = await listDockerImages(options).catch(() => [])
  const known: KnownImage[] = []
  for (const { id, repoTags, repoDigests, size } of images.slice(0, mostImages)) {
    const diffIds = repoTags.length === 0 ? [] : await diffIdsOf(id, options)
    const digest = repoDigests[0]?.split('@')[1]
    if (diffIds.length > 0)
      for (const name of repoTags) known.push({ name, diffIds, ...(digest && { digest }), ...(size > 0 && { size }) })
  }
  return known
}

async function diffIdsOf(id: string, options: { dockerHost?: string; signal?: AbortSignal }): Promise<string[]> {
  try {
    const source = await openDockerImage(id, options)
    const diffIds = source.artifact.layers.flatMap(({ diffId }) => diffId ?? [])
    await source.close()
    return diffIds
  } catch {
    options.signal?.throwIfAborted()
    return []
  }
}
