import type { AdvisoryDetails, AdvisoryRecord, FeedItem } from '../../../base/model/advisory.ts'
import type { Severity } from '../../../base/model/severity.ts'
import { unique } from './fields.ts'

/** One fixed package of an erratum. */
export interface ErratumPackage {
  ecosystem: string
  name: string
  /** `epoch:version-release`. */
  version: string
  arch: string
  /** `name:stream`, or ''. */
  module: string
  /** The first version of the line that the fix belongs to, where a repository offers another line of a package beside the system's own. */
  since?: string | undefined
}

/** An erratum of an RPM distribution, whatever it was written in. */
export interface Erratum {
  id: string
  source: string
  title: string
  description: string
  severity: Severity | undefined
  cves: string[]
  references: string[]
  published: string | undefined
  modified: string | undefined
  packages: ErratumPackage[]
}

/** One record per package, module and fixed version, with all the CVEs as aliases: the erratum fixes them together. */
export function* erratumItems(erratum: Erratum): Generator<FeedItem> {
  const { id, source, severity, cves } = erratum
  const groups = new Map<string, { pkg: ErratumPackage; arches: Set<string> }>()
  for (const pkg of erratum.packages) {
    if (/-debug(?:info|source)(?:-|$)/.test(pkg.name)) continue
    const key = [pkg.ecosystem, pkg.name, pkg.module, pkg.version].join('\n')
    const group = groups.get(key) ?? { pkg, arches: new Set<string>() }
    groups.set(key, group)
    if (pkg.arch !== '') group.arches.add(pkg.arch)
  }
  for (const { pkg, arches } of lowestBuilds([...groups.values()])) {
    const { since: introduced, version: fixed } = pkg
    const intervals = [introduced === undefined ? { fixed } : { introduced, fixed }]
    const record: AdvisoryRecord = { id, source, aliases: cves, status: 'fixed', intervals }
    if (severity !== undefined) record.severity = severity
    if (pkg.module !== '') record.module = pkg.module
    if (arches.size > 0 && !arches.has('noarch') && !arches.has('src')) record.arches = [...arches].sort()
    yield { kind: 'record', ecosystem: pkg.ecosystem, name: pkg.name, record }
  }
  if (groups.size > 0) yield { kind: 'details', details: detailsOf(erratum) }
}

/** Of several builds of one version of a module's package (`…-1.module_el8.3.0+2177`, `…-1.module_el8.6.0+2867`) any has the fix: the oldest bounds it. */
function lowestBuilds<Group extends { pkg: ErratumPackage }>(groups: Group[]): Group[] {
  const lowest = new Map<string, Group>()
  const rest: Group[] = []
  for (const group of groups) {
    const { ecosystem, name, module, version } = group.pkg
    if (!version.includes('.module')) {
      rest.push(group)
      continue
    }
    const key = [ecosystem, name, module, version.split('.module', 1)[0]].join('\n')
    const known = lowest.get(key)
    if (known === undefined || version.localeCompare(known.pkg.version, 'en', { numeric: true }) < 0)
      lowest.set(key, group)
  }
  return [...rest, ...lowest.values()]
}

function detailsOf(erratum: Erratum): AdvisoryDetails {
  const { id, source, title, description, severity, cves, references, published, modified } = erratum
  const details: AdvisoryDetails = {
    id,
    aliases: cves,
    title: title.slice(0, 300),
    description: description.slice(0, 2000),
    severities: severity === undefined ? {} : { [source]: severity },
    cvss: [],
    cwes: [],
    references: unique(references).slice(0, 20),
  }
  if (published !== undefined) details.published = published
  if (modified !== undefined) details.modified = modified
  return details
}

/** `epoch:version-release` with an epoch of 0 or none left out. */
export function evr(epoch: string, version: string, release: string): string {
  return `${epoch === '' || epoch === '0' ? '' : `${epoch}:`}${version}${release === '' ? '' : `-${release}`}`
}
