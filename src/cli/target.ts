import { JennerError } from '../base/errors.ts'
import type { ScanTarget } from '../scan/options.ts'

/** Prefixes that Grype's and skopeo's hands type before an image's name. */
const schemes: Record<string, ScanTarget['kind'] | undefined> = {
  docker: 'image',
  'docker-daemon': 'image',
  'docker-archive': 'archive',
  'oci-archive': 'archive',
  'oci-dir': 'archive',
  oci: 'archive',
  dir: 'fs',
  sbom: 'sbom',
  registry: undefined,
  podman: undefined,
  containerd: undefined,
}

/** What `jenner image WORD` means: a name that Docker knows, or with a prefix (`docker-archive:image.tar`, `dir:.`) what it says. Throws not_built_yet for sources to come. */
export function imageTarget(word: string): ScanTarget {
  const [, scheme, name] = /^([a-z-]+):(?!\/\/)(.+)$/.exec(word) ?? []
  if (scheme === undefined || !Object.hasOwn(schemes, scheme)) return { kind: 'image', name: word }
  // `docker:24` and `registry:2` are images themselves: a prefix is followed by more than a tag.
  if (
    /^[\w.-]+$/.test(name!) &&
    ['docker', 'registry', 'podman', 'containerd', 'oci'].includes(scheme) &&
    /^\d|^latest$/.test(name!)
  )
    return { kind: 'image', name: word }
  const kind = schemes[scheme]
  if (kind === undefined) throw new JennerError('not_built_yet', `${scheme}:`)
  return { kind, name: name! }
}
