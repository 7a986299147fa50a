import type { Severity } from './severity.ts'

export const statuses = [
  'affected',
  'fixed',
  'will_not_fix',
  'fix_deferred',
  'end_of_life',
  'under_investigation',
  'not_affected',
] as const
/** Trivy's status words. */
export type Status = (typeof statuses)[number]

/** Part of a version line: from `introduced` (inclusive; absent or '0' = from the start) to before `fixed`, or up to and with `lastAffected`. */
export interface VersionInterval {
  introduced?: string
  fixed?: string
  lastAffected?: string
}

/**
 * One advisory's word about one package of one ecosystem: all that a verdict needs, nothing for show.
 * Vulnerable when a version is in any interval, or satisfies `vulnerable`, or is in `versions`; and is neither in `patched` nor in `unaffected`.
 */
export interface AdvisoryRecord {
  /** The source's own id: CVE-…, GHSA-…, RHSA-…, DSA-…, ALAS-…, PYSEC-… */
  id: string
  /** Feed id: debian, alpine, ubuntu, redhat, amazon, alma, rocky, osv, ghsa, rustsec, starter … */
  source: string
  /** Other ids of the same flaw (OSV `aliases`, and `upstream`/`related` CVEs where the feed means "this advisory fixes these"). */
  aliases: string[]
  /** No record without a status: `fixed` when a fix is known, `affected` when none can be installed (an interval's `fixed` then only bounds it: what another release has); `not_affected` silences other sources for this package. */
  status: Status
  intervals: VersionInterval[]
  /** Single versions named as affected. */
  versions?: string[]
  /** Ranges in the ecosystem's own constraint language. */
  vulnerable?: string[]
  patched?: string[]
  unaffected?: string[]
  /** This vendor's severity for this package. */
  severity?: Severity
  /** Only for these architectures (as the package database writes them). */
  arches?: string[]
  /** RPM module `name:stream`. */
  module?: string
  /** Red Hat: CPEs or repositories the record is for. */
  cpes?: string[]
  /** Debian/Red Hat nuance kept for `explain`: no-dsa, postponed, ignored … */
  note?: string
  /** Go: import paths of the affected packages of the module; a program in which none of them is linked does not hold the flaw. */
  imports?: string[]
  /** Which package the name means, where it differs from what the distribution's feeds usually mean. */
  names?: 'source' | 'binary' | 'both'
}

export interface CvssScore {
  /** Who scored: nvd, ghsa, redhat … */
  source: string
  /** `CVSS:3.1/AV:N/…` */
  vector: string
  score: number
}

/** What a report says about a vulnerability beyond the verdict; read only for what is reported. Keyed by any of its ids. */
export interface AdvisoryDetails {
  id: string
  aliases: string[]
  title: string
  description: string
  /** By who said so: `{ nvd: 'HIGH', redhat: 'LOW' }`. */
  severities: Record<string, Severity>
  cvss: CvssScore[]
  cwes: string[]
  references: string[]
  published?: string
  modified?: string
}

export interface KevEntry {
  dateAdded: string
  dueDate?: string
  ransomware: boolean
}

export interface EpssScore {
  score: number
  percentile: number
  date: string
}

/** `eol` is an ISO date, true (ended, date unknown) or false (supported, no date). */
export interface EndOfLife {
  product: string
  cycle: string
  eol: string | boolean
  /** Extended or paid support ends. */
  extended?: string
}

/** A feed parser's output, one item at a time. */
export type FeedItem =
  | { kind: 'record'; ecosystem: string; name: string; record: AdvisoryRecord }
  | { kind: 'details'; details: AdvisoryDetails }
  | { kind: 'kev'; cve: string; entry: KevEntry }
  | { kind: 'epss'; cve: string; entry: EpssScore }
  | { kind: 'eol'; entry: EndOfLife }
  | { kind: 'problem'; path: string; detail: string }

export interface DatabaseSource {
  id: string
  /** ISO time of the newest thing in it, or of the fetch. */
  updatedAt: string
  records: number
}

export interface DatabaseInfo {
  builtAt: string
  sources: DatabaseSource[]
  /** Only the built-in starter data is there. */
  starter: boolean
}

/** An open advisory database. All lookups are synchronous and cheap; a damaged answer throws JennerError database_corrupt, never returns less. */
export interface Advisories {
  info: DatabaseInfo
  /** `ecosystem` in OSV's spelling (`npm`, `Debian:12`, `Alpine:v3.19`, `Red Hat:9` …); `name` as `normalizeName` of the ecosystem gives it. The answer is shared: not to be changed. */
  find(ecosystem: string, name: string): AdvisoryRecord[]
  /** The groups under which it knows a Maven artifact: an archive that states none is known by its name alone. */
  groups(artifact: string): string[]
  /** Whether the database holds anything at all for an ecosystem: "no advisories" is not "no vulnerabilities". */
  covers(ecosystem: string): boolean
  details(id: string): AdvisoryDetails | undefined
  kev(cve: string): KevEntry | undefined
  epss(cve: string): EpssScore | undefined
  endOfLife(product: string, cycle: string): EndOfLife | undefined
  close(): void
}
