export interface ImageName {
  repository: string
  tag: string
  digest?: string
}

/** An image by id alone, not by name. */
const idPattern = /^(?:sha256:)?[0-9a-f]{12,64}$/

/**
 * The parts of an image reference: `[registry[:port]/]path[:tag][@digest]` (the grammar of distribution/reference).
 * Neither tag nor digest means `latest`. An id has no parts.
 */
export function parseImageName(name: string): ImageName {
  if (idPattern.test(name)) return { repository: '', tag: '' }
  const [rest, digest] = name.split('@', 2) as [string, string | undefined]
  const colon = rest.lastIndexOf(':')
  const tagged = colon > rest.lastIndexOf('/') && colon > 0
  const repository = tagged ? rest.slice(0, colon) : rest
  const tag = tagged ? rest.slice(colon + 1) : digest === undefined ? 'latest' : ''
  return { repository, tag, ...(digest === undefined ? {} : { digest }) }
}
