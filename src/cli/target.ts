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

/** What `jenner image WORD` means: an image's name, or with a prefix (`registry:app:1`, `docker-archive:image.tar`, `dir:.`) what it says. */
export function imageTarget(word: string): ScanTarget {
  const [, scheme, slashes, name] = /^([a-z-]+):(\/\/)?(.+)$/.exec(word) ?? []
  const meaning = scheme !== undefined && Object.hasOwn(schemes, scheme) ? schemes[scheme]! : undefined
  if (meaning === undefined) return { kind: 'image', name: word }
  // `docker://` is skopeo's word for a registry and ours for the engine: whoever opens it decides.
  if (slashes !== undefined && meaning.source === 'docker') return { kind: 'image', name: word }
  if (slashes !== undefined && meaning.kind !== 'image') return { kind: meaning.kind, name: `${slashes}${name}` }
  // `docker:24` and `registry:2` are images themselves: a prefix is followed by more than a tag (twelve hexadecimal digits are an id).
  const isTag =
    slashes === undefined && /^[\w.-]+$/.test(name!) && /^\d|^latest$/.test(name!) && !/^[0-9a-f]{12,64}$/.test(name!)
  if (isTag && ['docker', 'registry', 'podman', 'containerd', 'oci'].includes(scheme!))
    return { kind: 'image', name: word }
  return { ...meaning, name: name! }
}
