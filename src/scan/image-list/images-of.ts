import { imagesOfDockerfile } from './dockerfile.ts'
import { interpolate } from './interpolate.ts'
import type { NamedImage, RawImage } from './named-image.ts'
import { imagesOfYaml } from './yaml.ts'

/**
 * The images that a Dockerfile, Compose file, Kubernetes manifest (also rendered by Helm) or kustomization names, in the order of the file; none for anything else.
 * Variables of Compose files take their values from `variables` (an `.env` file, say), never from this process's environment: a file from elsewhere could send
 * secrets away in the name of a registry. What stays without a value is told. Throws JennerError malformed, limit_exceeded.
 */
export function imagesOf(text: string, path: string, variables: ReadonlyMap<string, string> = new Map()): NamedImage[] {
  if (isDockerfile(text, path)) {
    const { images, variables: own } = imagesOfDockerfile(text)
    return images.map(image => named(image, path, new Map([...own, ...variables])))
  }
  if (
    !/\.(?:ya?ml|json)$/i.test(path) &&
    !/^\s*(?:[\w"-]+\s*:|---|\{)/.test(text.slice(0, 4096).replace(/^[ \t]*#.*$/gm, ''))
  )
    return []
  const { kind, images } = imagesOfYaml(text, path)
  return images.map(image => (kind === 'compose' ? named(image, path, variables) : plain(image, path)))
}

/** Whether a file is named as those are that name images: cheap, by the path alone. */
export function mayNameImages(path: string): boolean {
  return isDockerfileName(path) || /(?:^|\/)(?:(?:docker-)?compose[^/]*|kustomization)\.ya?ml$/i.test(path)
}

function isDockerfile(text: string, path: string): boolean {
  return (
    isDockerfileName(path) || (!/\.(?:ya?ml|json)$/i.test(path) && /^[ \t]*FROM\s+\S+/im.test(text.slice(0, 65_536)))
  )
}

function isDockerfileName(path: string): boolean {
  return (
    /(?:^|\/)(?:Dockerfile|Containerfile)(?:[.-][^/]*)?$/i.test(path) || /\.(?:dockerfile|containerfile)$/i.test(path)
  )
}

function named({ text, line, platform }: RawImage, path: string, variables: ReadonlyMap<string, string>): NamedImage {
  const image = interpolate(text, variables)
  const where = platform === undefined ? undefined : interpolate(platform, variables).text
  return {
    image: image.text,
    where: { path, line },
    ...(where && { platform: where }),
    ...(image.unresolved.length > 0 && { unresolved: image.unresolved }),
  }
}

function plain({ text, line }: RawImage, path: string): NamedImage {
  return { image: text, where: { path, line } }
}
