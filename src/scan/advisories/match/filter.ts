import type { SuppressedFinding } from '../../../base/model/report.ts'
import type { Severity } from '../../../base/model/severity.ts'
import type { Finding } from './finding.ts'

export interface FindingFilter {
  /** Only these severities; all when absent. */
  severities?: Severity[]
  /** Only findings that a newer version fixes. */
  ignoreUnfixed?: boolean
  /** Leave out what is needed for development alone. */
  includeDevelopment?: boolean
}

/** The report's filters. What they take out is kept with its reason (`unfixed`, `severity`, `development`), so that a report never looks cleaner than it is. */
export function filterFindings(
  findings: Finding[],
  filter: FindingFilter,
): { findings: Finding[]; suppressed: SuppressedFinding[] } {
  const kept: Finding[] = []
  const suppressed: SuppressedFinding[] = []
  for (const finding of findings) {
    const reason = reasonAgainst(finding, filter)
    if (!reason) kept.push(finding)
    else
      suppressed.push({
        VulnerabilityID: finding.id,
        PkgName: finding.package.name,
        InstalledVersion: finding.package.version,
        PkgIdentifier: { PURL: finding.package.purl },
        Reason: reason,
        Source:
          reason === 'unfixed' ? '--ignore-unfixed' : reason === 'severity' ? '--severity' : 'development dependency',
      })
  }
  return { findings: kept, suppressed }
}

function reasonAgainst(finding: Finding, filter: FindingFilter): string | undefined {
  if (filter.severities && !filter.severities.includes(finding.severity)) return 'severity'
  if (filter.ignoreUnfixed && finding.fixedVersion === undefined) return 'unfixed'
  return finding.package.development && filter.includeDevelopment === false ? 'development' : undefined
}
