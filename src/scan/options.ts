import type { Status } from '../base/model/advisory.ts'
import type { KnownImage } from '../base/model/base-image.ts'
import type { Scanner } from '../base/model/content.ts'
import type { PackageRelationship } from '../base/model/package.ts'
import type { Severity } from '../base/model/severity.ts'
import type { RegistryOptions } from './image/registry/options.ts'
import type { ImageSourceName } from './inspect/find-image.ts'

/** What to scan. `image`: a name that one of `imageSources` knows; `archive`: a docker-save tar, OCI layout tar or folder; the rest are paths (`sbom`: `-` is standard input). */
export interface ScanTarget {
  kind: 'image' | 'archive' | 'fs' | 'rootfs' | 'repo' | 'sbom'
  name: string
  /** Of an image: where it is looked for, whatever `imageSources` say. */
  source?: ImageSourceName
}

export interface ScanProgress {
  phase: 'fetch' | 'layers' | 'match'
  layer?: number
  layers?: number
  /** Bytes read so far and in all, as stored. */
  bytes: number
  totalBytes?: number
}

export interface ScanOptions {
  /** What to look for. Default: vulnerabilities and secrets. */
  scanners?: readonly Scanner[]
  /** File of a user's rules for secrets, in the form of Trivy's `trivy-secret.yaml`. */
  secretConfig?: string
  /** A JSON report of ours whose secrets are known already. */
  secretBaseline?: string
  /** Folders of malware rules beside our own: YARA, hash lists, ClamAV signatures. */
  malwareRules?: string[]
  /** Bytes that may come out of each archive that is opened for malware; 0 opens none. Default 1 GiB. */
  maxArchiveSize?: number
  /** Socket of a running clamd that is asked too. */
  clamd?: string
  /** SPDX identifiers, patterns with `*`, or categories. */
  licenseAllow?: string[]
  licenseDeny?: string[]
  /** Advisory database file. Without it: the default place, then the built-in starter data. */
  db?: string
  cacheDir?: string
  /** Whether the starter data alone is enough for a complete report. */
  allowStarter?: boolean
  severities?: Severity[]
  /** Whose severity counts, first found first (`vendor`, `nvd`, `ghsa`, a feed id). */
  severityOrder?: string[]
  ignoreUnfixed?: boolean
  /** Vulnerabilities of these statuses are left out. */
  ignoreStatuses?: readonly Status[]
  /** `os`, `library`; both by default. */
  pkgTypes?: ('os' | 'library')[]
  /** How packages came to be there; `unknown` where the file does not say. All by default. */
  pkgRelationships?: readonly PackageRelationship[]
  includeDevelopment?: boolean
  listAllPackages?: boolean
  ignoreFiles?: string[]
  vexFiles?: string[]
  skipDirs?: string[]
  skipFiles?: string[]
  platform?: string
  /** Where an image is looked for, in this order. Default: Docker, containerd, Podman; `remote`, its registry, only when asked for. */
  imageSources?: readonly ImageSourceName[]
  registry?: RegistryOptions
  /** Of a repository: what is fetched, and whether secrets are looked for in all its commits. */
  git?: { branch?: string; tag?: string; commit?: string; history?: boolean; maxBytes?: number }
  /** Images that others may be built on: by these a scanned image's base is recognised by name. */
  baseImages?: readonly KnownImage[]
  /** Other bases to judge beside an image's own: names of images, or files that hold one. */
  compareBases?: readonly string[]
  /** Nothing is fetched. */
  offline?: boolean
  /** Milliseconds for reading the artifact. */
  timeout?: number
  /** Bytes the reading process may hold. */
  maxMemory?: number
  /** Verify diffIDs even where a blob digest stands for the layer. */
  verifyDiffIds?: boolean
  noCache?: boolean
  /** `readInventory`: keep which files each OS package owns. */
  keepFiles?: boolean
  onProgress?: (progress: ScanProgress) => void
  /** Ends the scan early. */
  signal?: AbortSignal
  /** Today, for expiry dates and end of life; now by default. */
  now?: Date
}
