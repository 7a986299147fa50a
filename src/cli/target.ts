import { statSync } from 'node:fs'
import { JennerError } from '../base/errors.ts'
import type { ScanTarget } from '../scan/options.ts'

type Meaning = Pick<ScanTarget, 'kind' | 'source'>

/** Prefixes that Grype's and skopeo's hands type before an image's name. */
const schemes: Record<string, Meaning> = {
  docker: { kind: 'image', source: 'docker' },
  'docker-daemon': { kind: 'image', source: 'docker' },
  registry: { kind: 'image', source: 'remote' },
  podman: { kind: 'image', source: 'podman' },
  'containers-storage': { kind: 'image', source: 'podman' },
  containerd: { kind: 'image', source: 'containerd' },
  'docker-archive': { kind: 'archive' },
  'oci-archive': { kind: 'archive' },
  'oci-dir': { kind: 'archive' },
  oci: { kind: 'archive' },
  dir: { kind: 'fs' },
  sbom: { kind: 'sbom' },
}

/**
 * What `jenner image WORD` means: an image's name, a path that can be no name (`./image.tar`, `/layout`, a file `image.tar`), or with a prefix
 * (`registry:app:1`, `docker-archive:image.tar`, `dir:.`) what it says. Throws bad_argument for an address that is none of an image.
 */
export function imageTarget(word: string): ScanTarget {
  const [, scheme, slashes, name] = /^([a-z-]+):(\/\/)?(.+)$/.exec(word) ?? []
  const meaning = scheme !== undefined && Object.hasOwn(schemes, scheme) ? schemes[scheme]! : undefined
  if (meaning === undefined && slashes !== undefined)
    throw new JennerError('bad_argument', `${word}: not a name of an image`)
  if (meaning === undefined) return { kind: isArchive(word) ? 'archive' : 'image', name: word }
  // `docker://` is skopeo's word for a registry, others' for the engine: both are asked.
  if (slashes !== undefined && scheme === 'docker') return { kind: 'image', name: name! }
  if (slashes !== undefined && meaning.kind !== 'image') return { kind: meaning.kind, name: `${slashes}${name}` }
  // `docker:24` and `registry:2` are images themselves: a prefix is followed by more than a tag (twelve hexadecimal digits are an id).
  const isTag =
    slashes === undefined && /^[\w.-]+$/.test(name!) && /^\d|^latest$/.test(name!) && !/^[0-9a-f]{12,64}$/.test(name!)
  if (isTag && ['docker', 'registry', 'podman', 'containerd', 'oci'].includes(scheme!))
    return { kind: 'image', name: word }
  return { ...meaning, name: name! }
}

/** Image names begin with neither a dot nor a slash; one that ends like an archive is one where such a file is. */
function isArchive(word: string): boolean {
  if (/^\.{1,2}$|^\.{0,2}\//.test(word)) return true
  return /\.(?:tar|tar\.gz|tgz|tar\.zst)$/.test(word) && statSync(word, { throwIfNoEntry: false })?.isFile() === true
}
