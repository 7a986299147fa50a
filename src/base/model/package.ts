/** Where in an image something stands. */
export interface LayerRef {
  /** Position from the base, 0 first. */
  index: number
  /** Digest of the blob as stored (compressed), when known: `sha256:…`. */
  digest?: string
  /** Digest of the uncompressed tar: `sha256:…`. */
  diffId?: string
}

/** How a package came to be there, by the words of whoever asks for some of them. */
export const packageRelationships = ['unknown', 'root', 'workspace', 'direct', 'indirect'] as const
export type PackageRelationship = (typeof packageRelationships)[number]

/** One installed or required package, as a fact: what the artifact says, with no verdict. */
export interface Package {
  /** Unique within an inventory: the purl, with `#path` behind it where two packages share a purl. */
  id: string
  /** As the ecosystem writes it: `@scope/name`, `group:artifact` (Maven), `github.com/a/b`, Debian's binary package name. */
  name: string
  /** Whole version as the ecosystem compares it, epoch included: `1:2.3-4+deb12u1`, `2.28-100.el8` (RPM: `epoch:version-release`, epoch left out when absent or 0). `''` when unknown. */
  version: string
  /** purl type: deb apk rpm npm pypi maven golang gem cargo composer nuget … the id of its ecosystem folder. */
  type: string
  purl: string
  /** Id of the extractor that found it, which is the report's `Type`: debian's is `debian`; `npm`, `yarn`, `node-pkg`, `jar`, `gobinary` … as Trivy names them. */
  foundBy: string
  /** The file that states it, relative to the root, no leading slash. */
  path: string
  /** Lines of that file, 1-based, where known. */
  lines?: { start: number; end: number }
  /** The layer in which this name and version first appeared at that path. */
  layer?: LayerRef
  /** Licence names or SPDX expressions as stated. */
  licenses: string[]
  arch?: string
  /** deb, apk, rpm: the source package that advisories name, and its version (equal to ours where not stated). */
  source?: { name: string; version: string }
  /** RPM: `name:stream:…` module label; `''` is "stated to be none", undefined is "not known". */
  module?: string
  /** deb: Maintainer; rpm: Vendor. */
  maintainer?: string
  /** Set for an OS package that does not come from the distribution itself (docker.com, nodesource …). */
  thirdParty?: boolean
  /** Ids of packages this one needs, within the same inventory. */
  dependsOn: string[]
  /** Absent where the file does not say. */
  relationship?: Exclude<PackageRelationship, 'unknown'>
  development?: boolean
  /** OS package that owns the file this was found in (its id), when one does. */
  ownedBy?: string
  /** OS packages: paths they own, relative to the root. Not part of reports. */
  files?: string[]
  /** Facts of one ecosystem that its own matcher or a format needs (`{ srcRpm, buildTime, sha1, integrity, ldflags … }`). */
  extra?: Record<string, string>
}
