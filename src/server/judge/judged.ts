import { hash } from 'node:crypto'
import type { DatabaseInfo } from '../../base/model/advisory.ts'
import type { Inventory } from '../../base/model/inventory.ts'
import type { Report, ReportResult, ReportVulnerability } from '../../base/model/report.ts'
import { severityNumber } from './scales.ts'

/** A finding as a judge says it, without what the server adds: use, reach, decisions. */
export interface JudgedFinding {
  kind: 'vulnerability' | 'secret' | 'malware' | 'license'
  name: string
  severity: number
  title: string
  package: string
  package_no: number
  purl: string
  installed: string
  fixed: string
  status: string
  path: string
  layer: string
  cvss: number
  epss: number
  kev: number
  evidence: string
  from_base: number | null
}

/** What is told of a flaw, once for all findings of it. */
export interface JudgedFlaw {
  id: string
  aliases: string
  title: string
  description: string
  url: string
  cvss: number
  epss: string
  kev: string
  refs: string
}

export interface Judged {
  findings: JudgedFinding[]
  flaws: JudgedFlaw[]
  incomplete: { path: string; reason: string; code: string }[]
  endOfLife: boolean | undefined
  base: { name: string; how: string; layers: number } | undefined
  /** Which advisories it was judged by. */
  by: string
  /** Names all that is found, so that nobody compares what is the same. */
  digest: string
  /** It is what was asked about: the findings are left out. */
  same?: true
}

/** Names a state of the advisories. */
export function nameOf({ builtAt, starter }: DatabaseInfo): string {
  return `${starter ? 'starter ' : ''}${builtAt}`
}

/** A report's findings as the store has them. `known` flaws are left out. */
export function judgedOf(report: Report, inventory: Inventory, known: Set<string>): Judged {
  const numbers = new Map(inventory.packages.map(({ id }, no) => [hash('sha256', id, 'hex').slice(0, 16), no]))
  const findings: JudgedFinding[] = []
  const flaws = new Map<string, JudgedFlaw>()
  for (const result of report.Results) {
    for (const one of result.Vulnerabilities ?? []) {
      findings.push(vulnerabilityOf(one, numbers))
      if (!known.has(one.VulnerabilityID) && !flaws.has(one.VulnerabilityID))
        flaws.set(one.VulnerabilityID, flawOf(one))
    }
    findings.push(...contentOf(result))
  }
  const { BaseImage: base, OS } = report.Metadata
  // A flaw's other names are none of the finding, but decisions go by them.
  const names = report.Results.flatMap(({ Vulnerabilities = [] }) => Vulnerabilities.map(one => one.Aliases ?? 0))
  return {
    digest: hash('sha256', JSON.stringify([findings, names]), 'hex').slice(0, 32),
    findings,
    flaws: [...flaws.values()],
    incomplete: report.Incomplete.slice(0, 2000),
    endOfLife: OS?.EOSL,
    base: base && { name: base.Name ?? '', how: base.How, layers: base.Layers },
    by: report.Database ? nameOf(report.Database) : '',
  }
}

function vulnerabilityOf(one: ReportVulnerability, numbers: Map<string, number>): JudgedFinding {
  return {
    kind: 'vulnerability',
    name: one.VulnerabilityID,
    severity: severityNumber(one.Severity),
    title: cut(one.Title ?? ''),
    package: one.PkgName,
    package_no: numbers.get(one.PkgIdentifier.UID ?? '') ?? -1,
    purl: one.PkgIdentifier.PURL,
    installed: one.InstalledVersion,
    fixed: one.FixedVersion ?? '',
    status: one.Status,
    path: one.PkgPath ?? one.Evidence.path,
    layer: one.Layer?.DiffID ?? '',
    cvss: cvssOf(one),
    epss: one.EPSS?.score ?? -1,
    kev: kevOf(one),
    evidence: JSON.stringify(one.Evidence),
    from_base: flag(one.FromBase),
  }
}

function kevOf({ KEV }: ReportVulnerability): number {
  if (!KEV) return 0
  return KEV.ransomware ? 2 : 1
}

function cvssOf({ CVSS }: ReportVulnerability): number {
  const scores = Object.values(CVSS ?? {}).map(one => one.V40Score ?? one.V3Score ?? one.V2Score ?? -1)
  return Math.max(-1, ...scores)
}

function flawOf(one: ReportVulnerability): JudgedFlaw {
  return {
    id: one.VulnerabilityID,
    aliases: JSON.stringify((one.Aliases ?? []).filter(id => id !== one.VulnerabilityID)),
    title: cut(one.Title ?? ''),
    description: (one.Description ?? '').slice(0, 8000),
    url: one.PrimaryURL ?? '',
    cvss: cvssOf(one),
    epss: one.EPSS ? JSON.stringify(one.EPSS) : '',
    kev: one.KEV ? JSON.stringify(one.KEV) : '',
    refs: JSON.stringify((one.References ?? []).slice(0, 50)),
  }
}

const nothing = { package: '', package_no: -1, purl: '', installed: '', fixed: '', cvss: -1, epss: -1, kev: 0 }

function contentOf({ Target, Secrets = [], Malware = [], Licenses = [] }: ReportResult): JudgedFinding[] {
  return [
    ...Secrets.map(
      (one): JudgedFinding => ({
        ...nothing,
        kind: 'secret',
        name: one.RuleID,
        severity: severityNumber(one.Severity),
        title: cut(one.Title),
        status: one.RemovedIn ? 'removed_later' : 'affected',
        path: `${Target}:${one.StartLine}`,
        layer: one.Layer?.DiffID ?? '',
        evidence: JSON.stringify({ match: one.Match, fix: one.Fix, fingerprint: one.Fingerprint }),
        from_base: null,
      }),
    ),
    ...Malware.map(
      (one): JudgedFinding => ({
        ...nothing,
        kind: 'malware',
        name: one.Rule,
        severity: severityNumber(one.Severity),
        title: cut(one.Title),
        status: one.RemovedIn ? 'removed_later' : 'affected',
        path: Target,
        layer: one.Layer?.DiffID ?? '',
        evidence: JSON.stringify({
          kind: one.Kind,
          ruleSet: one.RuleSet,
          sha256: one.SHA256,
          reference: one.Reference,
        }),
        from_base: null,
      }),
    ),
    ...Licenses.map(
      (one): JudgedFinding => ({
        ...nothing,
        kind: 'license',
        name: one.Name,
        severity: severityNumber(one.Severity),
        title: one.Category,
        package: one.PkgName,
        status: 'affected',
        path: one.FilePath,
        layer: one.Layer?.DiffID ?? '',
        evidence: JSON.stringify({ category: one.Category, confidence: one.Confidence }),
        from_base: null,
      }),
    ),
  ]
}

function cut(title: string): string {
  return title.slice(0, 500)
}

function flag(value: boolean | undefined): number | null {
  return value === undefined ? null : Number(value)
}
