import { readFile } from 'node:fs/promises'
import { JennerError } from '../base/errors.ts'
import type { Status } from '../base/model/advisory.ts'
import type { Artifact, Incomplete, Inventory } from '../base/model/inventory.ts'
import type { Package } from '../base/model/package.ts'
import type { ReportWarning, SuppressedFinding } from '../base/model/report.ts'
import type { Severity } from '../base/model/severity.ts'
import type { Finding } from './advisories/match/finding.ts'
import { applyDecisions } from './advisories/vex/apply.ts'
import type { ArtifactIdentity, Decision, DecisionFile } from './advisories/vex/decision.ts'
import { onlyThrough } from './advisories/vex/graph.ts'
import type { VexContext } from './vex-sources.ts'

/** Reads ignore files and VEX documents. A file that is not there is an error (JennerError bad_argument, and others as `readVexSource` says); what it holds is judged later. */
export async function readDecisionFiles(
  ignoreFiles: string[] = [],
  vexFiles: string[] = [],
  context: VexContext = {},
): Promise<DecisionFile[]> {
  const ignored = ignoreFiles.map(async path => {
    const { readIgnoreFile } = await import('./advisories/vex/read.ts')
    return [await readIgnoreFile(path, await readText(path))]
  })
  if (vexFiles.length === 0) return (await Promise.all(ignored)).flat()
  const { createVexReader } = await import('./vex-sources.ts')
  const readVex = createVexReader(context)
  return (await Promise.all([...ignored, ...vexFiles.map(readVex)])).flat()
}

/** The VEX documents that an SBOM names (CycloneDX `externalReferences` of type exploitability-statement or vulnerability-assertion). They are told, not fetched: the SBOM is foreign. */
export function referencedVex({ artifact }: Inventory, given: readonly string[] = []): DecisionFile[] {
  const warnings = [...new Set(artifact.vexReferences)]
    .filter(url => !given.includes(url))
    .map(url => ({ code: 'referenced' as const, source: artifact.name, detail: url }))
  return warnings.length === 0 ? [] : [{ decisions: [], problems: [], warnings }]
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new JennerError('bad_argument', path, cause)
  }
}

export interface FilterOptions {
  decisions: DecisionFile[]
  /** Only these; all by default. */
  severities?: Severity[] | undefined
  ignoreUnfixed?: boolean | undefined
  ignoreStatuses?: readonly Status[] | undefined
  now: Date
  artifact: Artifact
  /** All packages of the artifact: by them is known what needs what. */
  packages?: readonly Package[]
  /** Entries that fit findings of another kind: they are not unused. */
  used?: ReadonlySet<Decision>
}

export interface Filtered {
  findings: Finding[]
  suppressed: SuppressedFinding[]
  incomplete: Incomplete[]
  warnings: ReportWarning[]
}

/**
 * Takes out what someone decided about (kept under `suppressed` with its reason), then what the filters leave out: unfixed findings and severities that were
 * not asked for. An ignore file or VEX document that cannot be understood is incomplete, never silently less.
 */
export function filterFindings(
  findings: Finding[],
  { decisions, severities, ignoreUnfixed, ignoreStatuses, now, artifact, packages, used }: FilterOptions,
): Filtered {
  const applied = applyDecisions(
    findings,
    decisions.flatMap(file => file.decisions),
    { now, artifact: identityOf(artifact, packages), ...(used && { used }) },
  )
  const suppressed = [...applied.suppressed]
  const kept = applied.findings.filter(finding => {
    const reason =
      ignoreUnfixed && finding.fixedVersion === undefined
        ? 'unfixed'
        : ignoreStatuses?.includes(finding.status)
          ? 'status'
          : severities && !severities.includes(finding.severity)
            ? 'severity'
            : undefined
    if (reason) suppressed.push(leftOut(finding, reason))
    return reason === undefined
  })
  const problems = decisions.flatMap(file => file.problems)
  return {
    findings: kept,
    suppressed,
    incomplete: problems.map(({ source, detail, code = 'malformed' }) => ({ path: source, code, detail })),
    warnings: [...applied.warnings, ...decisions.flatMap(file => file.warnings ?? [])],
  }
}

/** An artifact as statements about whole images name it. */
export function identityOf(artifact: Artifact, packages: readonly Package[] = []): ArtifactIdentity {
  const { name, imageId, purl, repoTags, repoDigests } = artifact
  const digests = [imageId, ...repoDigests.map(digest => digest.slice(digest.indexOf('@') + 1))]
  return {
    name,
    otherNames: [...repoTags, ...repoDigests],
    digests: digests.filter(digest => digest !== undefined),
    ...(purl !== undefined && { purl }),
    onlyThrough: onlyThrough(packages),
  }
}

/** Why something is left out, and by which flag. */
const leaving = { unfixed: '--ignore-unfixed', status: '--ignore-status', severity: '--severity' }

function leftOut({ id, package: pkg }: Finding, reason: keyof typeof leaving): SuppressedFinding {
  return {
    VulnerabilityID: id,
    PkgName: pkg.name,
    InstalledVersion: pkg.version,
    PkgIdentifier: { PURL: pkg.purl },
    Reason: reason,
    Source: leaving[reason],
  }
}
