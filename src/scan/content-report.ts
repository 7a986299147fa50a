import type { FoundMalware, FoundSecrets, Place, Secret } from '../base/model/content.ts'
import type { LayerRef, Package } from '../base/model/package.ts'
import type {
  ReportLayer,
  ReportLicense,
  ReportMalware,
  ReportResult,
  ReportSecret,
  SecretFix,
} from '../base/model/report.ts'
import type { Finding } from './advisories/match/finding.ts'
import type { JudgedLicense } from './licenses/judge.ts'

/** What remains of the findings in content after everybody's decisions. */
export interface ContentFindings {
  secrets: { place: FoundSecrets; secret: Secret }[]
  malware: FoundMalware[]
  /** Packages that the advisories call malicious. */
  malicious: Finding[]
  licenses: PackageLicense[]
  licenseFiles: { place: Place; license: JudgedLicense }[]
}

export interface PackageLicense {
  pkg: Package
  license: JudgedLicense
  /** Heading of the package's own result. */
  heading: string
}

/** Results of content, class by class: secrets, malware, licences of packages, licence texts. Pure. */
export function contentResults(findings: ContentFindings, isImage: boolean): ReportResult[] {
  const rooted = (path: string): string => (isImage && !path.startsWith('config.json') ? `/${path}` : path)
  const secrets = grouped(findings.secrets, ({ place }) => rooted(place.path)).map(
    ([target, found]): ReportResult => ({
      Target: target,
      Class: 'secret',
      Secrets: found.map(({ place, secret }) => secretOf(place, secret)),
    }),
  )
  const files = grouped(findings.malware, ({ path }) => rooted(path)).map(
    ([target, found]): ReportResult => ({ Target: target, Class: 'malware', Malware: found.flatMap(malwareOf) }),
  )
  const packages = grouped(findings.malicious, ({ package: pkg }) => pkg.purl).map(
    ([target, found]): ReportResult => ({ Target: target, Class: 'malware', Malware: found.map(maliciousOf) }),
  )
  const licenses = grouped(findings.licenses, ({ heading }) => heading).map(
    ([target, found]): ReportResult => ({ Target: target, Class: 'license', Licenses: found.map(packageLicense) }),
  )
  const texts = findings.licenseFiles.map(({ place, license }) => ({
    ...licenseOf(license),
    FilePath: rooted(place.path),
    ...layerOf(place),
  }))
  const loose: ReportResult[] =
    texts.length === 0 ? [] : [{ Target: 'Loose File License(s)', Class: 'license-file', Licenses: texts }]
  return [...secrets, ...files, ...packages, ...licenses, ...loose]
}

function grouped<Item>(items: readonly Item[], key: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const name = key(item)
    const group = groups.get(name)
    if (group) group.push(item)
    else groups.set(name, [item])
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

function secretOf(place: FoundSecrets, secret: Secret): ReportSecret {
  return {
    RuleID: secret.rule,
    Category: secret.category,
    Severity: secret.severity,
    Title: secret.title,
    StartLine: secret.startLine,
    EndLine: secret.endLine,
    Match: secret.match,
    ...layerOf(place),
    ...(secret.owner !== undefined && { Owner: secret.owner }),
    Fingerprint: secret.fingerprint,
    ...removedIn(place),
    ...(place.commit !== undefined && { Commit: place.commit }),
    Fix: fixOf(place, secret),
  }
}

function fixOf({ path, removedIn: removed }: FoundSecrets, { category }: Secret): SecretFix {
  if (path === 'config.json (history)') return 'build'
  if (path.startsWith('config.json (')) return 'env'
  if (removed !== undefined) return 'removed'
  if (category === 'key') return 'key'
  return category === 'credential' ? 'file' : 'token'
}

function malwareOf(found: FoundMalware): ReportMalware[] {
  return found.matches.map(match => ({
    Rule: match.rule,
    RuleSet: match.ruleSet,
    ...(match.author !== '' && { Author: match.author }),
    ...(match.licence !== '' && { Licence: match.licence }),
    Kind: match.kind,
    Severity: match.severity,
    Title: match.description,
    ...(match.reference !== '' && { Reference: match.reference }),
    SHA256: found.sha256,
    ...(match.offset !== undefined && { Offset: match.offset }),
    ...layerOf(found),
    ...removedIn(found),
  }))
}

function maliciousOf({ id, ids, package: pkg, details, evidence }: Finding): ReportMalware {
  const rule = ids.find(other => other.startsWith('MAL-')) ?? id
  return {
    Rule: rule,
    RuleSet: evidence.source,
    Kind: 'package',
    Severity: 'CRITICAL',
    Title: details?.title ?? `${pkg.name} ${pkg.version} is known to be malicious`,
    Reference: `https://osv.dev/vulnerability/${rule}`,
    ...layerOf(pkg),
  }
}

function packageLicense({ pkg, license }: PackageLicense): ReportLicense {
  return { ...licenseOf(license), PkgName: pkg.name, FilePath: pkg.path, ...layerOf(pkg) }
}

function licenseOf({ severity, category, name, confidence, link, ruling }: JudgedLicense): ReportLicense {
  return {
    Severity: severity,
    Category: category,
    PkgName: '',
    FilePath: '',
    Name: name,
    Confidence: confidence,
    Link: link,
    ...(ruling === 'deny' && { Policy: ruling }),
  }
}

function layerOf({ layer }: Pick<Place, 'layer'>): { Layer?: ReportLayer } {
  return layer === undefined ? {} : { Layer: reportLayer(layer) }
}

function removedIn(place: Place): { RemovedIn?: ReportLayer } {
  return place.removedIn === undefined ? {} : { RemovedIn: reportLayer(place.removedIn) }
}

function reportLayer({ digest, diffId }: LayerRef): ReportLayer {
  return { ...(digest && { Digest: digest }), ...(diffId && { DiffID: diffId }) }
}
