import type { FoundMalware, FoundSecrets, Secret } from '../base/model/content.ts'
import type { Inventory } from '../base/model/inventory.ts'
import type { ReportWarning, SuppressedFinding } from '../base/model/report.ts'
import type { Severity } from '../base/model/severity.ts'
import { statementOf } from './advisories/vex/apply.ts'
import type { Decision } from './advisories/vex/decision.ts'
import { globMatches } from './advisories/vex/glob.ts'
import type { Baseline } from './baseline.ts'
import type { ContentFindings } from './content-report.ts'
import { type JudgedLicense, licensesOfFile, licensesOfPackage } from './licenses/judge.ts'
import type { LicensePolicy } from './licenses/policy.ts'
import { headingOf } from './report.ts'

export interface ContentOptions {
  /** Of ignore files: entries by rule or licence, with or without paths. */
  decisions: readonly Decision[]
  severities?: readonly Severity[] | undefined
  baseline?: Baseline | undefined
  policy: LicensePolicy
  /** Whether licences were asked for. */
  licenses: boolean
  now: Date
}

export interface JudgedContent {
  findings: Omit<ContentFindings, 'malicious'>
  suppressed: SuppressedFinding[]
  /** Entries of ignore files that fit something here. */
  used: Set<Decision>
  warnings: ReportWarning[]
}

type Kind = 'secret' | 'malware' | 'license'

/** Judges what was found in content by ignore files, baseline, policy, certainty and severity; whatever is left out is kept with its reason. Pure. */
export function judgeContent(inventory: Inventory, options: ContentOptions): JudgedContent {
  const judge = createJudge(options)
  const secrets = (inventory.secrets ?? []).flatMap(place =>
    place.secrets.filter(secret => judge.keepSecret(place, secret)).map(secret => ({ place, secret })),
  )
  const malware = (inventory.malware ?? []).flatMap((found): FoundMalware[] => {
    const matches = found.matches.filter(({ rule, severity }) => judge.keep('malware', rule, found.path, severity))
    return matches.length > 0 ? [{ ...found, matches }] : []
  })
  const licenses = options.licenses ? packageLicenses(inventory, options.policy) : []
  const files = (inventory.licenseFiles ?? [])
    .filter(({ path }) => !isPackaged(path))
    .flatMap(place => licensesOfFile(place, options.policy).map(license => ({ place, license })))
  return {
    findings: {
      secrets,
      malware,
      licenses: licenses.filter(({ pkg, license }) => judge.keepLicense(license, pkg.path || pkg.name)),
      licenseFiles: files.filter(({ place, license }) => judge.keepLicense(license, place.path)),
    },
    suppressed: judge.suppressed,
    used: judge.used,
    warnings: judge.warnings(),
  }
}

/** Files that describe the one package in whose folder they lie; what stands beside a lock file is the project's own licence. */
const ownFolder =
  /(?:^|\/)(?:package\.json|METADATA|PKG-INFO|DESCRIPTION|META\.json|[^/]+\.(?:gemspec|nuspec|cabal|rockspec))$/

/** Licences of packages; of one that states none those of the licence texts beside it. */
function packageLicenses(inventory: Inventory, policy: LicensePolicy): ContentFindings['licenses'] {
  const folders = new Map<string, JudgedLicense[]>()
  for (const file of inventory.licenseFiles ?? []) folders.set(folderOf(file.path), licensesOfFile(file, policy))
  return inventory.packages.flatMap(pkg => {
    const stated = licensesOfPackage(pkg, policy)
    const beside = ownFolder.test(pkg.path) ? folders.get(folderOf(pkg.path)) : undefined
    const found = stated.length > 0 ? stated : (beside ?? [])
    return found.map(license => ({ pkg, license, heading: headingOf(pkg, inventory) }))
  })
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** Licence texts that packages bring stand for the packages, which state their licences themselves. */
function isPackaged(path: string): boolean {
  return /^usr\/(?:share|lib|lib64|include|src)\/|(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor|gems|pkg\/mod)\//.test(
    path,
  )
}

function createJudge({ decisions, severities, baseline, now }: ContentOptions) {
  const suppressed: SuppressedFinding[] = []
  const used = new Set<Decision>()
  const expired = new Set<Decision>()

  const leaveOut = (
    kind: Kind,
    id: string,
    path: string,
    Reason: string,
    Source: string,
    statement?: string,
  ): false => {
    suppressed.push({
      Class: kind,
      VulnerabilityID: id,
      PkgName: path,
      InstalledVersion: '',
      PkgIdentifier: { PURL: '' },
      Reason,
      Source,
      ...(statement && { Statement: statement }),
    })
    return false
  }
  const isIgnored = (kind: Kind, id: string, path: string): boolean => {
    const fitting = decisions.filter(decision => fits(decision, kind, id, path))
    for (const one of fitting) used.add(one)
    const current = fitting.find(one => !isExpired(one, now))
    for (const one of fitting) if (isExpired(one, now)) expired.add(one)
    if (current) leaveOut(kind, id, path, 'ignored', current.source, statementOf(current))
    return current !== undefined
  }
  const keep = (kind: Kind, id: string, path: string, severity: Severity): boolean => {
    if (isIgnored(kind, id, path)) return false
    return severities && !severities.includes(severity) ? leaveOut(kind, id, path, 'severity', '--severity') : true
  }
  return {
    suppressed,
    used,
    keep,
    keepSecret(place: FoundSecrets, secret: Secret): boolean {
      const { rule, severity, certainty, fingerprint, startLine } = secret
      const where = `${place.path}:${startLine}`
      if (baseline?.has(rule, place.path, fingerprint))
        return leaveOut('secret', rule, where, 'baseline', baseline.source)
      // Whoever asks for LOW by name sees them.
      if (certainty === 'low' && !severities?.includes('LOW'))
        return leaveOut('secret', rule, where, 'low_certainty', 'jenner')
      return keep('secret', rule, place.path, severity)
    },
    keepLicense({ name, severity, ruling }: JudgedLicense, path: string): boolean {
      if (ruling === 'allow') return leaveOut('license', name, path, 'allowed', '--license-allow')
      return keep('license', name, path, severity)
    },
    warnings: (): ReportWarning[] =>
      decisions
        .filter(one => one.kind === 'ignored' && (expired.has(one) || (one.about !== undefined && !used.has(one))))
        .map(one => ({
          code: expired.has(one) ? 'expired' : 'unused',
          source: one.source,
          detail: `${one.ids.join(', ') || '*'}${expired.has(one) ? ` (${one.expires})` : ''}`,
        })),
  }
}

/** An entry about secrets alone, or one of a file that does not say what it is about. Its paths, where it has some, must fit; packages do not count here. */
function fits(decision: Decision, kind: Kind, id: string, path: string): boolean {
  if (decision.kind !== 'ignored' || decision.byPackage) return false
  if (decision.about !== undefined && decision.about !== kind) return false
  if (decision.ids.length > 0 && !decision.ids.some(one => one.toLowerCase() === id.toLowerCase())) return false
  const paths = decision.paths ?? []
  return paths.length === 0 ? decision.ids.length > 0 : paths.some(glob => globMatches(glob, path))
}

function isExpired({ expires }: Decision, now: Date): boolean {
  if (expires === undefined) return false
  return now.getTime() > Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(expires) ? `${expires}T23:59:59.999Z` : expires)
}
