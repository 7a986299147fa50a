import type { CvssScore, DatabaseInfo, Status } from './advisory.ts'
import type { ArtifactType, IncompleteCode } from './inventory.ts'
import type { Severity } from './severity.ts'

/** The JSON report: a superset of Trivy's, SchemaVersion 2. Field names and meanings are Trivy's unless marked ours. Absent rather than empty. */
export interface Report {
  SchemaVersion: 2
  CreatedAt: string
  ArtifactName: string
  ArtifactType: ArtifactType
  Metadata: ReportMetadata
  Results: ReportResult[]
  /** Ours, to the end. */
  Incomplete: { path: string; reason: string; code: IncompleteCode }[]
  Suppressed: SuppressedFinding[]
  /** Ignore entries that had no effect. */
  Warnings?: ReportWarning[]
  Database?: DatabaseInfo
  Timing: Record<string, number>
}

/** `unused`: an ignore entry fits no finding; `expired`: its day has passed, the finding is shown again. */
export interface ReportWarning {
  code: 'unused' | 'expired'
  source: string
  detail: string
}

export interface ReportMetadata {
  Size?: number
  OS?: { Family: string; Name: string; EOSL?: boolean }
  ImageID?: string
  DiffIDs?: string[]
  RepoTags?: string[]
  RepoDigests?: string[]
  ImageConfig?: Record<string, unknown>
  Layers?: { Size: number; Digest?: string; DiffID?: string; CreatedBy?: string }[]
}

export interface ReportResult {
  Target: string
  Class: 'os-pkgs' | 'lang-pkgs' | 'config' | 'secret' | 'license'
  Type?: string
  Packages?: ReportPackage[]
  Vulnerabilities?: ReportVulnerability[]
  Secrets?: unknown[]
  Misconfigurations?: unknown[]
  Licenses?: unknown[]
  Malware?: unknown[]
}

export interface ReportLayer {
  Digest?: string
  DiffID?: string
}

export interface ReportPackage {
  ID: string
  Name: string
  Identifier: { PURL: string; UID?: string }
  Version: string
  Release?: string
  Epoch?: number
  Arch?: string
  SrcName?: string
  SrcVersion?: string
  SrcRelease?: string
  SrcEpoch?: number
  Licenses?: string[]
  Maintainer?: string
  Modularitylabel?: string
  Relationship?: string
  Dev?: boolean
  DependsOn?: string[]
  Layer?: ReportLayer
  FilePath?: string
  Locations?: { StartLine: number; EndLine: number }[]
  /** `algorithm:hex` of the package's own archive, where its source states one: `sha512:…`, `sha1:…`. */
  Digest?: string
  /** Ours: the OS package that owns the file. */
  OwnedBy?: string
}

export interface ReportVulnerability {
  VulnerabilityID: string
  VendorIDs?: string[]
  PkgID?: string
  PkgName: string
  PkgPath?: string
  PkgIdentifier: { PURL: string; UID?: string }
  InstalledVersion: string
  FixedVersion?: string
  Status: Status
  Layer?: ReportLayer
  SeveritySource?: string
  PrimaryURL?: string
  DataSource?: { ID: string; Name: string; URL?: string }
  Title?: string
  Description?: string
  Severity: Severity
  CweIDs?: string[]
  VendorSeverity?: Record<string, number>
  CVSS?: Record<
    string,
    { V2Vector?: string; V3Vector?: string; V40Vector?: string; V2Score?: number; V3Score?: number; V40Score?: number }
  >
  References?: string[]
  PublishedDate?: string
  LastModifiedDate?: string
  /** Ours, to the end. Every id of the flaw, the primary one first. */
  Aliases?: string[]
  KEV?: { dateAdded: string; dueDate?: string; ransomware: boolean }
  EPSS?: { score: number; percentile: number; date: string }
  Priority: { rank: number; reasons: string[] }
  InUse?: boolean
  Evidence: { advisory: string; source: string; range: string; path: string; compared: string }
}

export interface SuppressedFinding {
  VulnerabilityID: string
  PkgName: string
  InstalledVersion: string
  PkgIdentifier: { PURL: string }
  /** not_affected · owned_by_os_package · third_party_package · kernel_headers · ignored · vex · unfixed · severity */
  Reason: string
  /** Whose word: an ignore file and its line, a VEX document, a vendor record. */
  Source: string
  Statement?: string
}

export type { CvssScore }
