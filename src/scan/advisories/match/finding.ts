import type { AdvisoryDetails, EpssScore, KevEntry, Status } from '../../../base/model/advisory.ts'
import type { Incomplete } from '../../../base/model/inventory.ts'
import type { Package } from '../../../base/model/package.ts'
import type { SuppressedFinding } from '../../../base/model/report.ts'
import type { Severity } from '../../../base/model/severity.ts'
import type { Subject } from './subject.ts'
import type { Verdict } from './verdict.ts'

/** One flaw of one package, with all that led to it. */
export interface Finding {
  /** The CVE where there is one, else the first id. */
  id: string
  /** Every id of the flaw, `id` first. */
  ids: string[]
  /** Vendors' errata that speak of it: RHSA-…, DSA-…, USN-…. */
  vendorIds: string[]
  package: Package
  status: Status
  /** First version with the fix, as the ecosystem writes it; several for patched lists (`>= 4.2.2, ~> 4.1.11`). */
  fixedVersion?: string
  severity: Severity
  /** Whose severity it is: a feed id, `nvd`, `ghsa` …; absent when nobody said. */
  severitySource?: string
  evidence: Evidence
  details?: AdvisoryDetails
  kev?: KevEntry
  epss?: EpssScore
}

export interface Evidence {
  /** Id of the advisory that decided. */
  advisory: string
  /** Its feed. */
  source: string
  /** Ecosystem and package name it was found under: `Debian:12 openssl`. */
  found: string
  range: string
  /** `3.0.11-1 < 3.0.11-1+deb12u2`, or `3.0.11-1 (no fix)`. */
  compared: string
  /** The file that states the package. */
  path: string
  /** The package under which the advisory speaks of it, where that is concluded and not the package's own word: an archive without a group. */
  probably?: string
}

export interface MatchOptions {
  /** Today; now by default. */
  now?: Date
  /**
   * Whose severity counts, first found first; `vendor` is the deciding record's own. Default: vendor, then the deciding feed, nvd, ghsa, then any other.
   */
  severityOrder?: string[]
  /** How many findings are kept; what is beyond is counted under `incomplete`. Default: 50,000. */
  maxFindings?: number
  /** Packages that nobody asked about, but that own files of those in the inventory: their records count, and nothing is reported of them. */
  owners?: readonly Package[]
  /** What was said of packages before, by the same advisories: for whoever judges many inventories. */
  memo?: VerdictMemo
}

export interface MatchResult {
  findings: Finding[]
  suppressed: SuppressedFinding[]
  incomplete: Incomplete[]
  /** The distribution's support has ended; undefined when not known. */
  endOfLife?: boolean
  /** ISO date of that end where known. */
  endOfLifeDate?: string
}

/** What was said of a package, whatever image it stands in. */
export interface Remembered {
  verdicts: Verdict[]
  /** Findings already made of them, without their package's place. */
  findings: Map<Verdict, Finding>
}

/**
 * Verdicts kept from one inventory to the next: images share most of their packages. Good for one opening of the advisories, one day and one order of severities; of a flaw that was told once
 * the long texts are not kept. The least recently used go.
 */
export interface VerdictMemo {
  of(subject: Subject, judge: () => Verdict[]): Remembered
}
