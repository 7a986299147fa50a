import type { AdvisoryDetails, AdvisoryRecord, FeedItem, Status } from '../../../../base/model/advisory.ts'
import { statuses } from '../../../../base/model/advisory.ts'
import { clip, type Fields, fields, isoDate, list, severityOf, str, strs, unique } from '../fields.ts'
import { aliasesOf, ownId, sourceOf } from './ids.ts'
import { rangesOf } from './ranges.ts'
import { repositoryItems } from './repositories.ts'
import { cvssOf, scoredSeverity } from './severity.ts'

/** One OSV record to items; nothing for a withdrawn one. */
export function* parseOsv(osv: Fields, path: string): Generator<FeedItem> {
  if (str(osv.withdrawn) !== '') return
  const id = ownId(str(osv.id))
  const aliases = aliasesOf(osv, id)
  const records = new Map<string, Extract<FeedItem, { kind: 'record' }>>()
  for (const entry of list(osv.affected)) {
    const item = affectedItem(osv, fields(entry), id, aliases)
    for (const one of [...(item ? [item] : []), ...repositoryItems(fields(entry), id, aliases)]) {
      const key = groupKey(one)
      const known = records.get(key)
      if (known === undefined) records.set(key, one)
      else join(known.record, one.record)
    }
  }
  if (records.size === 0 && !namesNothing(osv)) yield { kind: 'problem', path, detail: `${id}: names no package` }
  yield* records.values()
  if (records.size > 0) yield { kind: 'details', details: detailsOf(osv, id, aliases, [...records.values()]) }
}

/** Records about commits of a repository without an address name nothing that could be found, and notices tell of no flaw: no fault of theirs. */
const namesNothing = (osv: Fields) =>
  list(osv.affected)
    .map(fields)
    .every(entry => isNotice(entry) || list(entry.ranges).every(range => fields(range).type === 'GIT'))

/** RustSec: nothing is wrong, something is to be known. */
const isNotice = (affected: Fields) => fields(affected.database_specific).informational === 'notice'

function affectedItem(osv: Fields, affected: Fields, id: string, aliases: string[]) {
  const named = fields(affected.package)
  const ecosystem = str(named.ecosystem)
  const name = str(named.name)
  if (ecosystem === '' || name === '') return undefined
  const specific = { ...fields(affected.ecosystem_specific), ...fields(affected.database_specific) }
  if (isNotice(affected)) return undefined
  const ranges = rangesOf(affected, specific)
  const { intervals, versions, vulnerable } = ranges.record
  if (intervals.length === 0 && versions === undefined && vulnerable === undefined) return undefined
  const record: AdvisoryRecord = {
    id,
    source: sourceOf(ecosystem, id),
    aliases,
    status: statusOf(ranges.record, specific),
    ...ranges.record,
  }
  const severity = vendorSeverity(osv, affected, specific, record.source)
  if (severity !== undefined) record.severity = severity
  const arches = archesOf(specific, str(named.purl))
  if (arches.length > 0) record.arches = arches
  const module = str(specific.rpm_modularity) || str(specific.module)
  if (module !== '') record.module = module.split(':').slice(0, 2).join(':')
  const imports = unique(list(specific.imports).flatMap(one => strs(fields(one).path))).slice(0, 200)
  if (ecosystem === 'Go' && imports.length > 0) record.imports = imports
  const note = str(specific.state) || str(specific.informational) || ranges.note
  if (note !== undefined && note !== '') record.note = note
  return { kind: 'record' as const, ecosystem, name, record }
}

function statusOf(ranges: Pick<AdvisoryRecord, 'intervals' | 'vulnerable' | 'patched'>, specific: Fields): Status {
  const stated = str(specific.status) as Status
  if (statuses.includes(stated)) return stated
  // Debian's tracker says it among the grades of urgency.
  if (specific.urgency === 'end-of-life') return 'end_of_life'
  if (ranges.intervals.length > 0 && ranges.intervals.every(interval => interval.fixed === '0')) return 'not_affected'
  const fix = ranges.intervals.some(interval => interval.fixed !== undefined) || (ranges.patched?.length ?? 0) > 0
  return fix || ranges.vulnerable?.some(range => /<(?!=)/.test(range)) ? 'fixed' : 'affected'
}

/** The vendor's own word for this package; CVSS vectors are kept with the details. */
function vendorSeverity(osv: Fields, affected: Fields, specific: Fields, source: string) {
  const said = [
    specific.vendor_severity,
    specific.severity,
    specific.urgency,
    wordOfVendor(fields(fields(osv.database_specific).vendor_severity), source),
    gradedTitle(str(osv.summary)),
    ...ubuntuWords(affected.severity),
    ...ubuntuWords(osv.severity),
  ]
  for (const word of said) if (typeof word === 'string' && severityOf(word) !== undefined) return severityOf(word)
  return severityOf(fields(osv.database_specific).severity)
}

/**
 * Among several vendors' words the one of the record's own; feeds of OVAL and CVRF name themselves `oracle-oval`, `suse-cvrf`. For language packages GitHub's
 * advisories are the nearest to a vendor.
 */
function wordOfVendor(words: Fields, source: string): unknown {
  const own = source === 'osv' ? 'ghsa' : source
  return Object.entries(words).find(
    ([vendor]) => vendor.replace(/-(oval|cvrf)$/, '').replace('cbl-mariner', 'azure') === own,
  )?.[1]
}

/** AlmaLinux and Rocky say it in the title alone: `Important: httpd security update`. */
const gradedTitle = (title: string) => /^(Critical|Important|Moderate|Low): /.exec(title)?.[1]

const ubuntuWords = (severities: unknown) =>
  list(severities)
    .map(fields)
    .filter(severity => !str(severity.type).startsWith('CVSS'))
    .map(severity => severity.score)

/** Chainguard says the architecture in the purl; `source` is none. */
function archesOf(specific: Fields, purl: string): string[] {
  const stated = strs(specific.arches)
  if (stated.length > 0) return stated
  const arch = /[?&]arch=([^&#]+)/.exec(purl)?.[1]
  return arch === undefined || arch === 'source' || arch === 'src' || arch === 'all' || arch === 'noarch' ? [] : [arch]
}

function groupKey({ ecosystem, name, record }: { ecosystem: string; name: string; record: AdvisoryRecord }): string {
  return JSON.stringify([
    ecosystem,
    name,
    record.status === 'not_affected',
    record.module,
    record.arches,
    record.severity,
    record.note,
  ])
}

/** A package stands several times in `affected`, once per range: one record with all its ranges. */
function join(record: AdvisoryRecord, more: AdvisoryRecord): void {
  for (const interval of more.intervals) record.intervals.push(interval)
  // Two entries of one module: only where both say which packages is a union of them all.
  if (record.imports !== undefined || more.imports !== undefined) {
    if (record.imports && more.imports) record.imports = unique([...record.imports, ...more.imports])
    else delete record.imports
  }
  for (const key of ['versions', 'vulnerable', 'patched', 'unaffected'] as const) {
    const values = more[key]
    if (values !== undefined) record[key] = unique([...(record[key] ?? []), ...values])
  }
  if (more.status === 'fixed' && record.status === 'affected') record.status = 'fixed'
  const { module } = record
  if (module !== undefined && record.intervals.length > 1) record.intervals = lowestBuild(record.intervals)
}

/**
 * An erratum of a module lists the same package once per build of the module (`…-1.module_el8.3.0+2177`, `…-1.module_el8.6.0+2867`):
 * any of these builds has the fix, so the oldest of one version bounds it.
 */
function lowestBuild(intervals: AdvisoryRecord['intervals']): AdvisoryRecord['intervals'] {
  const lowest = new Map<string, AdvisoryRecord['intervals'][number]>()
  for (const interval of intervals) {
    const version = (interval.fixed ?? '').split('.module', 1)[0]!
    const key = `${interval.introduced ?? ''} ${version} ${interval.fixed === undefined}`
    const known = lowest.get(key)
    if (known === undefined || byNumbers(interval.fixed ?? '', known.fixed ?? '') < 0) lowest.set(key, interval)
  }
  return [...lowest.values()]
}

const byNumbers = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })

function detailsOf(osv: Fields, id: string, aliases: string[], items: { record: AdvisoryRecord }[]): AdvisoryDetails {
  const source = items[0]!.record.source
  const specific = fields(osv.database_specific)
  const cvss = cvssOf(osv, source)
  const details: AdvisoryDetails = {
    id,
    aliases,
    title: clip(str(osv.summary), 300),
    description: clip(str(osv.details)),
    severities: {},
    cvss,
    cwes: unique(strs(specific.cwe_ids ?? specific.cwes).filter(cwe => /^CWE-\d+$/.test(cwe))),
    references: unique(list(osv.references).flatMap(reference => strs(fields(reference).url))).slice(0, 20),
  }
  for (const [vendor, word] of Object.entries(fields(specific.vendor_severity))) {
    const severity = severityOf(word)
    if (severity !== undefined) details.severities[vendor] = severity
  }
  const severity =
    severityOf(specific.severity) ?? items.find(item => item.record.severity)?.record.severity ?? scoredSeverity(cvss)
  if (severity !== undefined && details.severities[source] === undefined) details.severities[source] = severity
  const published = isoDate(osv.published)
  const modified = isoDate(osv.modified)
  if (published !== undefined) details.published = published
  if (modified !== undefined) details.modified = modified
  return details
}
