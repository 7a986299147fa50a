import type { CvssScore, DatabaseInfo, Status } from './advisory.ts'
import type { MatchKind, Scanner } from './content.ts'
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
  /** Ours, to the end. What was looked for. */
  Scanners?: readonly Scanner[]
  /** Of a machine: how it, its Docker daemon and its containers are set up. */
  Risks?: ReportRisk[]
  Incomplete: { path: string; reason: string; code: IncompleteCode }[]
  Suppressed: SuppressedFinding[]
  /** Ignore entries that had no effect. */
  Warnings?: ReportWarning[]
  Database?: DatabaseInfo
  Timing: Record<string, number>
}

/** `unused`: an ignore entry fits no finding; `expired`: its day has passed, the finding is shown again; `contradicted`: VEX statements about one finding differ; `referenced`: the target names a VEX document that was not read; `unverified`: the SBOM came in an attestation, whose signature was not verified; `damaged`: an archive in the target is cut off, damaged or encrypted, and was judged as a file and as far as it could be opened. */
export interface ReportWarning {
  code: 'unused' | 'expired' | 'contradicted' | 'referenced' | 'unverified' | 'damaged'
  source: string
  detail: string
}

/** What is risky in how a machine or a container is set up. `Target`: the container's name, or that of the machine. `Fix`: a diff to apply. */
export interface ReportRisk {
  ID: string
  Target: string
  Severity: Severity
  Title: string
  Description: string
  Fix?: string
}

export interface ReportMetadata {
  Size?: number
  OS?: { Family: string; Name: string; EOSL?: boolean }
  ImageID?: string
  DiffIDs?: string[]
  RepoTags?: string[]
  RepoDigests?: string[]
  /** Ours. Images that the files of a project name; they were not scanned. */
  Images?: { Image: string; Path: string; Line: number }[]
  ImageConfig?: Record<string, unknown>
  Layers?: { Size: number; Digest?: string; DiffID?: string; CreatedBy?: string }[]
  /** Ours: the image that this one is built on, how that is known, and how many of the first layers are its. */
  BaseImage?: {
    Name?: string
    Digest?: string
    OtherNames?: string[]
    How: 'layers' | 'packages' | 'label' | 'history'
    Layers: number
  }
  /** Ours: other bases compared with it, the best first. */
  BaseAdvice?: {
    Name: string
    Digest?: string
    Kind: 'newer' | 'smaller' | 'other'
    Removes: number
    RemovesBySeverity: Partial<Record<Severity, number>>
    Adds: number
    Remaining: number
    Size?: number
  }[]
}

export interface ReportResult {
  Target: string
  Class: 'os-pkgs' | 'lang-pkgs' | 'config' | 'secret' | 'license' | 'license-file' | 'malware'
  Type?: string
  Packages?: ReportPackage[]
  Vulnerabilities?: ReportVulnerability[]
  Secrets?: ReportSecret[]
  Misconfigurations?: unknown[]
  Licenses?: ReportLicense[]
  /** Ours. */
  Malware?: ReportMalware[]
}

/** A secret, masked. Trivy's fields, then ours. */
export interface ReportSecret {
  RuleID: string
  Category: string
  Severity: Severity
  Title: string
  StartLine: number
  EndLine: number
  Match: string
  /** The account that an AWS key id belongs to. */
  Owner?: string
  Layer?: ReportLayer
  Fingerprint: string
  /** The layer above that deletes or replaces the file. */
  RemovedIn?: ReportLayer
  /** Of a git repository's history: the commit that brought it. */
  Commit?: string
  /** What to do about it; `fix.<code>` in i18n is its sentence. */
  Fix: SecretFix
}

/** `file`: a password in a file; `token`: revoke; `key`: a private key; `env`: in the image's environment or command; `build`: in its history; `removed`: deleted too late. */
export type SecretFix = 'file' | 'token' | 'key' | 'env' | 'build' | 'removed'

/** A file that rules call malware. Ours. */
export interface ReportMalware {
  Rule: string
  RuleSet: string
  Author?: string
  Licence?: string
  Kind: MatchKind
  Severity: Severity
  Title: string
  Reference?: string
  SHA256?: string
  Offset?: number
  Layer?: ReportLayer
  RemovedIn?: ReportLayer
}

export const licenseCategories = [
  'forbidden',
  'restricted',
  'reciprocal',
  'notice',
  'permissive',
  'unencumbered',
  'unknown',
] as const
export type LicenseCategory = (typeof licenseCategories)[number]

/** A licence of a package (`PkgName`) or of a licence text (`FilePath`). Trivy's fields. */
export interface ReportLicense {
  Severity: Severity
  Category: LicenseCategory
  PkgName: string
  FilePath: string
  /** SPDX identifier or expression where there is one, else the words as stated. */
  Name: string
  /** 0 to 1. */
  Confidence: number
  Link: string
  /** Ours: `deny` by policy, `allow` is not shown. */
  Policy?: 'deny'
  Layer?: ReportLayer
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
  /** Ours: of a Go program's module, its packages that are in the program, by blanks; absent where that is not known. */
  LinkedPackages?: string
  /** Ours: of a Java archive without a group, the packages that its classes are in, by blanks. */
  ClassRoots?: string
  /** Ours: whether the base image brought it. */
  FromBase?: boolean
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
  /** Whether the base image brought the package. */
  FromBase?: boolean
  /** `probably`: the package under which the advisory speaks, where the one found does not say itself that it is that (a Java archive without a group). */
  Evidence: { advisory: string; source: string; range: string; path: string; compared: string; probably?: string }
}

export interface SuppressedFinding {
  /** Ours: what kind of finding; absent for a vulnerability. Of the others `VulnerabilityID` is the rule or licence, `PkgName` the path. */
  Class?: 'secret' | 'malware' | 'license'
  VulnerabilityID: string
  PkgName: string
  InstalledVersion: string
  PkgIdentifier: { PURL: string }
  /** not_affected · owned_by_os_package · third_party_package · kernel_headers · minimum_version · not_linked · ignored · vex · unfixed · severity · low_certainty · baseline */
  Reason: string
  /** Whose word: an ignore file and its line, a VEX document, a vendor record. */
  Source: string
  Statement?: string
}

export type { CvssScore }
