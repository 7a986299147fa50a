import type { Advisories, AdvisoryDetails } from '../../../base/model/advisory.ts'
import type { EcosystemTraits } from '../../../base/model/ecosystem.ts'
import type { Incomplete, Inventory } from '../../../base/model/inventory.ts'
import type { Package } from '../../../base/model/package.ts'
import type { SuppressedFinding } from '../../../base/model/report.ts'
import { ecosystemTraits } from '../../inventory/ecosystems/traits.ts'
import { endOfLifeOf } from './end-of-life.ts'
import { troublesOf, verdictsOf } from './explain.ts'
import type { Finding, MatchOptions, MatchResult, Remembered } from './finding.ts'
import { Gaps } from './gaps.ts'
import { withoutTexts } from './memo.ts'
import { deference, notItsOwn, notLinked, notWhatBuilds, type Owner, ownerOf } from './ownership.ts'
import { severityOf } from './severity.ts'
import { type Subject, subjectOf } from './subject.ts'
import type { Verdict } from './verdict.ts'

/**
 * Judges an inventory against what is known. Pure: the same inventory and database give the same answer. What could not be judged (no advisories for a
 * distribution or ecosystem, versions that cannot be compared) is in `incomplete`; what was judged vulnerable by one source and overruled by another in `suppressed`.
 */
export function match(
  inventory: Inventory,
  advisories: Advisories,
  options: MatchOptions = {},
  ecosystems: readonly EcosystemTraits[] = ecosystemTraits,
): MatchResult {
  const now = options.now ?? new Date()
  const byType = new Map(ecosystems.map(one => [one.type, one]))
  const gaps = new Gaps(advisories)
  const out: Output = { findings: [], suppressed: [], incomplete: [] }
  const owners = new Map<string, Owner>()
  const owning = new Set(inventory.packages.flatMap(pkg => pkg.ownedBy ?? []))
  const languages: { subject: Subject; verdicts: Verdict[]; remembered: Remembered | undefined }[] = []
  const most = options.maxFindings ?? 50_000
  let overflow = 0
  for (const pkg of inventory.packages) {
    const ecosystem = byType.get(pkg.type)
    if (!ecosystem) {
      gaps.unknownType(pkg)
      continue
    }
    const subject = subjectOf(pkg, ecosystem, inventory.os, advisories, now.getTime())
    if (!subject.thirdParty) gaps.seen(subject)
    if (ecosystem.class === 'lang-pkgs') lookUp(subject)
    else judgeOs(subject, owning.has(pkg.id) ? owners : undefined)
  }
  for (const pkg of options.owners ?? []) {
    const ecosystem = byType.get(pkg.type)
    if (!ecosystem || !owning.has(pkg.id)) continue
    const subject = subjectOf(pkg, ecosystem, inventory.os, advisories, now.getTime())
    owners.set(pkg.id, ownerWith(subject, verdictsOf(subject, advisories)))
  }
  for (const { subject, verdicts, remembered } of languages)
    for (const verdict of verdicts) judgeLanguage(subject, verdict, remembered)

  /** Kept until all owners are known; most packages have nothing to keep. */
  function lookUp(subject: Subject): void {
    const remembered = recall(subject)
    const verdicts = remembered?.verdicts ?? troublesOf(subject, advisories)
    if (verdicts.length > 0) languages.push({ subject, verdicts, remembered })
  }

  function judgeOs(subject: Subject, keep: Map<string, Owner> | undefined): void {
    const remembered = keep ? undefined : recall(subject)
    const verdicts = remembered?.verdicts ?? (keep ? verdictsOf(subject, advisories) : troublesOf(subject, advisories))
    keep?.set(subject.package.id, ownerWith(subject, verdicts))
    for (const verdict of verdicts) {
      const against = verdict.verdict === 'vulnerable' ? notItsOwn(subject, verdict) : undefined
      if (against)
        out.suppressed.push(suppressedBy(subject.package, verdict, against.reason, against.source, against.statement))
      else conclude(subject, verdict, remembered)
    }
  }

  function recall(subject: Subject): Remembered | undefined {
    return options.memo?.of(subject, () => troublesOf(subject, advisories))
  }

  function judgeLanguage(subject: Subject, verdict: Verdict, remembered: Remembered | undefined): void {
    const left =
      verdict.verdict === 'vulnerable'
        ? (notWhatBuilds(subject, verdict) ??
          notLinked(subject, verdict) ??
          deference(ownerOf(subject.package, owners), verdict, advisories))
        : undefined
    if (left) out.suppressed.push(suppressedBy(subject.package, verdict, left.reason, left.source, left.statement))
    else conclude(subject, verdict, remembered)
  }

  function conclude(subject: Subject, verdict: Verdict, remembered: Remembered | undefined): void {
    if (verdict.verdict === 'vulnerable' && out.findings.length >= most) overflow++
    else if (verdict.verdict === 'vulnerable') out.findings.push(foundIn(subject.package, verdict, remembered))
    else if (verdict.verdict === 'unknown') gaps.uncompared(subject, verdict)
    else if (verdict.overruled) {
      const { record, stated } = verdict.by
      out.suppressed.push(
        suppressedBy(
          subject.package,
          verdict,
          'not_affected',
          `${record.source}: ${record.id}`,
          stated ? 'not affected' : 'fixed in this version',
        ),
      )
    }
  }

  function foundIn(pkg: Package, verdict: Verdict, remembered: Remembered | undefined): Finding {
    const known = remembered?.findings.get(verdict)
    if (known) return { ...known, package: pkg, evidence: { ...known.evidence, path: pkg.path } }
    const finding = findingOf(pkg, verdict, advisories, options)
    remembered?.findings.set(verdict, withoutTexts(finding))
    return finding
  }

  const incomplete = gaps.list()
  if (overflow > 0)
    incomplete.push({
      path: inventory.artifact.name,
      code: 'too_many',
      detail: `${most + overflow} vulnerabilities, at most ${most} are reported`,
    })
  return { ...out, incomplete, ...endOfLifeOf(inventory.os, advisories, now) }
}

function ownerWith(subject: Subject, verdicts: Verdict[]): Owner {
  return { subject, verdicts: new Map(verdicts.flatMap(one => one.flaw.ids.map(id => [id, one] as const))) }
}

interface Output {
  findings: Finding[]
  suppressed: SuppressedFinding[]
  incomplete: Incomplete[]
}

function findingOf(pkg: Package, verdict: Verdict, advisories: Advisories, options: MatchOptions): Finding {
  const { flaw, by, fixed } = verdict
  const id = flaw.ids[0] as string
  const details = detailsOf(verdict, advisories)
  const words = [by, ...flaw.judgements.filter(one => one !== by && one.verdict === 'vulnerable')]
  const { severity, source } = severityOf(words, details, options.severityOrder)
  const finding: Finding = {
    id,
    ids: flaw.ids,
    vendorIds: [...new Set(words.flatMap(one => [one.record.id, ...one.record.aliases]))]
      .filter(one => flaw.vendorIds.includes(one))
      .sort(),
    package: pkg,
    status: by.status,
    severity,
    evidence: {
      advisory: by.record.id,
      source: by.record.source,
      found: `${by.ecosystem} ${by.name}`,
      range: by.range,
      compared: by.fixed === undefined ? `${by.version}: ${by.status}` : `${by.version} < ${by.fixed}`,
      path: pkg.path,
      ...(by.probable && { probably: by.name }),
    },
  }
  // RPM's epoch 0 is left out, as in installed versions.
  if (fixed !== undefined) finding.fixedVersion = pkg.type === 'rpm' ? fixed.replace(/^0:/, '') : fixed
  if (source !== undefined) finding.severitySource = source
  if (details) finding.details = details
  const kev = flaw.ids.map(one => advisories.kev(one)).find(one => one !== undefined)
  const epss = flaw.ids.map(one => advisories.epss(one)).find(one => one !== undefined)
  if (kev) finding.kev = kev
  if (epss) finding.epss = epss
  return finding
}

/** What is told about the flaw itself; where only texts about vendors' packages are there, the deciding vendor's. */
function detailsOf({ flaw, by }: Verdict, advisories: Advisories): AdvisoryDetails | undefined {
  const details = flaw.ids.map(one => advisories.details(one)).find(one => one !== undefined)
  if (details && flaw.ids.includes(details.id)) return details
  const own = advisories.details(by.record.id)
  return details && own ? { ...details, title: own.title, description: own.description } : (details ?? own)
}

function suppressedBy(
  pkg: Package,
  verdict: Verdict,
  reason: string,
  source: string,
  statement: string,
): SuppressedFinding {
  return {
    VulnerabilityID: verdict.flaw.ids[0] as string,
    PkgName: pkg.name,
    InstalledVersion: pkg.version,
    PkgIdentifier: { PURL: pkg.purl },
    Reason: reason,
    Source: source,
    Statement: statement,
  }
}
