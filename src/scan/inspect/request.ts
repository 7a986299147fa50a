import type { Scanner } from '../../base/model/content.ts'
import type { ReadLimits } from '../../base/model/visitor.ts'
import type { RemoteDescription } from '../image/registry/image.ts'
import type { StoreRoots } from '../image/sources/store-roots.ts'

export interface InspectTarget {
  /** `image`: a name that one of `sources` knows; `archive`: a file or folder that holds an image; `sbom`: a document; the rest are folders. */
  kind: 'image' | 'archive' | 'fs' | 'rootfs' | 'repo' | 'sbom'
  name: string
  /** Where an SBOM stands that has no name of its own. */
  file?: string
}

export type LocalStore = 'docker' | 'containerd' | 'podman'

export type Stage = 'lock' | 'installed'

/** What to look for, as plain data: it goes to another process. */
export interface InspectRequest {
  target: InspectTarget
  /** Default: `installed` for images and roots, `lock` for projects; in folders (`fs`) also the system's own packages. */
  stages?: Stage[]
  /** Where facts of layers are kept. Without it nothing is. */
  cacheDir?: string
  /** Of the layer cache, in bytes. Default 1 GiB. */
  maxCacheBytes?: number
  platform?: string
  /** Stores of this machine where an image is looked for, in this order. Default: Docker. */
  sources?: LocalStore[]
  /** Where containerd and Podman keep images. */
  storeRoots?: StoreRoots
  /** The image as its registry described it: its layers come through the parent. */
  remote?: RemoteDescription
  dockerHost?: string
  verifyDiffIds?: boolean
  /** Globs, relative to the root. */
  skipDirs?: string[]
  skipFiles?: string[]
  /** Default true: development packages are there and marked. */
  includeDevelopment?: boolean
  /** What to look for in the content of files beside packages, which are always read. Default: nothing. */
  scanners?: Scanner[]
  /** The text of a user's rules for secrets, in the form of Trivy's `trivy-secret.yaml`. */
  secretConfig?: string
  /** Folders of malware rules beside ours. */
  malwareRules?: string[]
  /** Bytes that may come out of each archive that is opened for malware; 0 opens none. Default 1 GiB. */
  maxArchiveSize?: number
  /** Socket of a running clamd to ask too. */
  clamd?: string
  /** Keep `Package.files`. */
  keepFiles?: boolean
  limits?: Partial<ReadLimits>
}

export interface InspectProgress {
  /** `fetch`: bytes come from the daemon; `layers`: they are read. */
  phase: 'fetch' | 'layers'
  layer?: number
  layers?: number
  /** As stored, over all layers so far. */
  bytes: number
  totalBytes?: number
}

/** Default stages of a target. */
export function stagesOf({ target, stages }: InspectRequest): Stage[] {
  if (stages && stages.length > 0) return stages
  return target.kind === 'fs' || target.kind === 'repo' ? ['lock'] : ['installed']
}
