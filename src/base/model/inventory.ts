import type { FoundLicense, FoundMalware, FoundSecrets } from './content.ts'
import type { Distro } from './distro.ts'
import type { LayerRef, Package } from './package.ts'

/** Why something that was asked for could not be read or judged. `incomplete.<code>` in i18n is its sentence. */
export const incompleteCodes = [
  'unreadable',
  'truncated',
  'malformed',
  'digest_mismatch',
  'too_large',
  'too_many',
  'too_deep',
  'bomb',
  'unsupported',
  'encrypted',
  'escapes_root',
  'timed_out',
  'memory',
  'worker_died',
  'version_unknown',
  'no_advisories',
  'advisory_coverage_starter',
  'advisories_old',
  'database_corrupt',
  'os_unknown',
  'skipped',
] as const
export type IncompleteCode = (typeof incompleteCodes)[number]

export interface Incomplete {
  /** What it is about: a path in the artifact, a layer digest, a feed, a package purl. */
  path: string
  code: IncompleteCode
  /** English detail beyond the code's sentence: "entry 12 of 40: checksum differs". May hold foreign text: escape before printing. */
  detail: string
}

export type ArtifactType = 'container_image' | 'filesystem' | 'rootfs' | 'repository' | 'cyclonedx' | 'spdx'

/** An image that a file of a project names. */
export interface ImageMention {
  image: string
  path: string
  line: number
  /** Variables without a value. */
  unresolved?: string[]
}

/** What was looked at. */
export interface Artifact {
  name: string
  type: ArtifactType
  imageId?: string
  repoTags: string[]
  repoDigests: string[]
  /** Of an SBOM: the purl of what it is about. */
  purl?: string
  /** An SBOM that came in an attestation, of which no signature was verified. */
  attested?: true
  /** Of an SBOM: addresses of VEX documents that it names. */
  vexReferences?: string[]
  /** Of a project: the images that its files name. */
  images?: ImageMention[]
  layers: (LayerRef & { size: number; createdBy?: string })[]
  /** The OCI image configuration as it stands, size-limited. */
  config?: Record<string, unknown>
  /** Bytes of all layers, uncompressed where read. */
  size: number
}

/** Facts about an artifact: what a scan's first half produces and its second half judges. Plain JSON. */
export interface Inventory {
  artifact: Artifact
  os?: Distro
  packages: Package[]
  /** Of every layer, deleted files too. Absent where nobody asked for it, as are the next two. */
  secrets?: FoundSecrets[]
  malware?: FoundMalware[]
  licenseFiles?: FoundLicense[]
  incomplete: Incomplete[]
  /** Archives that are damaged or encrypted themselves: looked at as files, and as far as they go. */
  notices?: Incomplete[]
  /** Milliseconds per phase, bytes read, entries seen, layers taken from the cache. */
  timing: Record<string, number>
}
