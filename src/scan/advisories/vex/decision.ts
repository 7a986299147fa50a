import type { IncompleteCode } from '../../../base/model/inventory.ts'
import type { Package } from '../../../base/model/package.ts'
import type { Finding } from '../match/finding.ts'

/** The words of all VEX forms, OpenVEX's spelling. */
export type VexStatus = 'not_affected' | 'fixed' | 'affected' | 'under_investigation'

/** What was scanned, for statements about a whole image. */
export interface ArtifactIdentity {
  /** Name as asked for: `registry.example.org/team/app:1.2`. */
  name: string
  /** Its other names: tags and repositories. */
  otherNames?: string[]
  /** Of an SBOM: what it is about. */
  purl?: string
  /** `sha256:…` of manifest, index and configuration. */
  digests: string[]
  /** Whether every way from the artifact to a package leads through one that the test is true of. Never for packages that nothing is known to need. */
  onlyThrough?(pkg: Package, test: (one: Pick<Package, 'purl' | 'version'>) => boolean): boolean
}

/** Someone's word that a finding is not to be shown, or (VEX) that it is. From an ignore file's entry or a VEX statement. */
export interface Decision {
  kind: 'ignored' | 'vex'
  /** Where it stands: `.trivyignore:12`, `openvex.json: https://…/vex-1`. */
  source: string
  /** Ids it is about; empty means any. */
  ids: string[]
  /** What kind of finding it is about; absent: a vulnerability, or whatever has such an id. */
  about?: 'secret' | 'license' | 'misconfiguration'
  /** Ignore files: the paths it is limited to. */
  paths?: string[]
  /** Ignore files: it names a package, so it is about nothing in files. */
  byPackage?: true
  /** Whether it is about this package (and, for statements about images, this artifact). */
  concerns(pkg: Package, artifact: ArtifactIdentity | undefined, finding: Finding): boolean
  status: VexStatus
  /** VEX: ISO time; the newest word about a finding holds. */
  timestamp?: string
  /** Ignore files: ISO date or time after which it no longer holds. */
  expires?: string
  owner?: string
  statement?: string
}

/** What a file gave: its decisions, and what in it could not be understood. */
export interface DecisionFile {
  decisions: Decision[]
  problems: { source: string; detail: string; code?: IncompleteCode }[]
  /** What whoever decided should know of the file itself. */
  warnings?: { code: 'referenced'; source: string; detail: string }[]
}

/** Notes what could not be understood; answers undefined, so that a reader can return it. */
export function unreadable(file: DecisionFile, source: string, detail: string): undefined {
  file.problems.push({ source, detail })
}
