import { existsSync } from 'node:fs'
import { JennerError } from '../../base/errors.ts'
import type { ImageOrigin, ImageSource, OpenOptions } from './source.ts'
import { openDockerImage } from './sources/docker.ts'
import { openImageFile } from './sources/file.ts'

/** How an image of each origin is opened; what is not built yet says so. */
const openers: Record<Exclude<ImageOrigin, 'auto'>, (target: string, options: OpenOptions) => Promise<ImageSource>> = {
  docker: openDockerImage,
  file: openImageFile,
  registry: notBuilt('registry'),
  containerd: notBuilt('containerd'),
  podman: notBuilt('podman'),
}

/**
 * Opens an image: a name that Docker knows, or a file or folder (`docker save`, OCI layout, root tar; gzip or zstd around it is fine).
 * Throws JennerError target_not_found, target_unreadable, docker_unreachable, not_an_image, malformed, truncated, digest_mismatch (of a document),
 * limit_exceeded, not_built_yet. Bad layers do not throw: they are problems of their reading.
 */
export async function openImage(target: string, options: OpenOptions = {}): Promise<ImageSource> {
  const { origin, name } = originOf(target, options.from ?? 'auto')
  if (name === '') throw new JennerError('bad_argument', 'an image without a name')
  return openers[origin](name, options)
}

function originOf(target: string, from: ImageOrigin): { origin: Exclude<ImageOrigin, 'auto'>; name: string } {
  if (from !== 'auto') return { origin: from, name: target }
  const scheme = /^([a-z]+):\/\//.exec(target)
  const origin = scheme?.[1]
  if (origin !== undefined && Object.hasOwn(openers, origin)) {
    return { origin: origin as Exclude<ImageOrigin, 'auto'>, name: target.slice(scheme![0].length) }
  }
  const isPath = /^\.{0,2}\//.test(target) || existsSync(target)
  return { origin: isPath ? 'file' : 'docker', name: target }
}

function notBuilt(origin: ImageOrigin): () => Promise<ImageSource> {
  return async () => {
    throw new JennerError('not_built_yet', `images from ${origin}`)
  }
}
