import type {
  AdvisoryDetails,
  AdvisoryRecord,
  CvssScore,
  FeedItem,
  Status,
  VersionInterval,
} from '../../../../base/model/advisory.ts'
import type { Severity } from '../../../../base/model/severity.ts'
import { clip, type Fields, fields, isoDate, list, severityOf, str, strs, unique } from '../fields.ts'
import { lowestOf, streamsOf } from '../rpm-streams.ts'
import { type Product, productReader } from './products.ts'

/** A CSAF document to items: a record per flaw, package and platform. */
export function* parseCsaf(document: Fields): Generator<FeedItem> {
  const head = fields(document.document)
  const read = productReader(fields(document.product_tree))
  const source = sourceOf(str(fields(head.publisher).name))
  for (const flaw of list(document.vulnerabilities).map(fields)) {
    const id = str(flaw.cve) || (list(flaw.ids).map(entry => str(fields(entry).text))[0] ?? '')
    if (id === '') continue
    const verdicts = collect(flaw, read)
    for (const group of withoutSources([...verdicts.values()])) yield { kind: 'record', ...recordOf(group, id, source) }
    if (verdicts.size > 0) yield { kind: 'details', details: detailsOf(flaw, head, id, source) }
  }
}

function sourceOf(publisher: string): string {
  if (/suse/i.test(publisher)) return 'suse'
  return /openeuler/i.test(publisher) ? 'openeuler' : 'redhat'
}

/** What is said of one package on one platform under one status. */
interface Group {
  product: Product
  status: Status
  note: string
  severity: Severity | undefined
  arches: Set<string>
  fixes: Set<string>
  /** Of what is not affected: the builds that were looked at; '' for all. */
  builds: Set<string>
}

const statusWords: [field: string, status: Status][] = [
  ['fixed', 'fixed'],
  ['first_fixed', 'fixed'],
  ['recommended', 'fixed'],
  ['known_affected', 'affected'],
  ['under_investigation', 'under_investigation'],
  ['known_not_affected', 'not_affected'],
]

function collect(flaw: Fields, read: (id: string) => Product | undefined): Map<string, Group> {
  const groups = new Map<string, Group>()
  const why = remediations(flaw)
  const impact = impacts(flaw)
  for (const [field, stated] of statusWords) {
    for (const id of strs(fields(flaw.product_status)[field])) {
      const product = read(id)
      if (product === undefined || /-debug(?:info|source)(?:-|$)/.test(product.name)) continue
      if (stated === 'fixed' && product.version === '') continue
      const { status, note } =
        stated === 'affected'
          ? (why.get(id) ?? { status: stated, note: '' })
          : { status: stated, note: why.get(id)?.note ?? '' }
      const kind = product.arch === 'src' ? 'src' : ''
      const key = [product.ecosystem, product.name, product.module, kind, status, status === 'fixed' ? '' : note].join(
        '\n',
      )
      let group = groups.get(key)
      if (group === undefined) {
        group = {
          product,
          status,
          note,
          severity: impact.get(id) ?? impact.get(''),
          arches: new Set(),
          fixes: new Set(),
          builds: new Set(),
        }
        groups.set(key, group)
      }
      if (product.arch !== '') group.arches.add(product.arch)
      if (status === 'fixed') group.fixes.add(product.version)
      else if (status === 'not_affected') group.builds.add(product.version)
    }
  }
  return groups
}

/**
 * A product of arch `src` is a source package, and what is said of it is said of all that is built from it: Red Hat names nothing else where there is no fix (`kernel-rt`), its hardened
 * images nothing else at all. Beside the binary packages of an erratum it only repeats them.
 */
function withoutSources(groups: Group[]): Group[] {
  const scope = ({ product, status }: Group) => [product.ecosystem, product.version !== '', status].join('\n')
  const binaries = new Set(groups.filter(one => one.product.arch !== 'src').map(scope))
  return groups.filter(one => one.product.arch !== 'src' || one.product.version === '' || !binaries.has(scope(one)))
}

/** Why an affected product has no fix; for fixed ones the erratum. */
function remediations(flaw: Fields): Map<string, { status: Status; note: string }> {
  const found = new Map<string, { status: Status; note: string }>()
  for (const remediation of list(flaw.remediations).map(fields)) {
    const category = str(remediation.category)
    const details = str(remediation.details)
    let verdict: { status: Status; note: string } | undefined
    if (category === 'vendor_fix')
      verdict = { status: 'affected', note: /\b(RH[SBE]A-\d{4}:\d+)\b/.exec(str(remediation.url))?.[1] ?? '' }
    else if (category === 'no_fix_planned' || category === 'none_available' || category === 'fix_planned') {
      verdict = { status: unfixedStatus(category, details), note: details.length < 60 ? details : '' }
    }
    if (verdict !== undefined) for (const id of strs(remediation.product_ids)) found.set(id, verdict)
  }
  return found
}

/** Red Hat's words: "Will not fix", "Out of support scope", "Fix deferred", "Affected". */
function unfixedStatus(category: string, details: string): Status {
  if (/out of support/i.test(details)) return 'end_of_life'
  if (/defer/i.test(details)) return 'fix_deferred'
  return category === 'no_fix_planned' ? 'will_not_fix' : 'affected'
}

/** Severity per product; '' for all. */
function impacts(flaw: Fields): Map<string, Severity> {
  const found = new Map<string, Severity>()
  for (const threat of list(flaw.threats).map(fields)) {
    const severity = str(threat.category) === 'impact' ? severityOf(threat.details) : undefined
    if (severity === undefined) continue
    const ids = strs(threat.product_ids)
    for (const id of ids.length > 0 ? ids : ['']) found.set(id, severity)
  }
  return found
}

/** What is said of builds by their versions is said of them and later ones: an earlier build may have been affected, and fixed since. */
function since(builds: ReadonlySet<string>): VersionInterval {
  const first = builds.has('') ? undefined : lowestOf([...builds])
  return first === undefined ? {} : { introduced: first }
}

function recordOf({ product, status, note, severity, arches, fixes, builds }: Group, id: string, source: string) {
  const record: AdvisoryRecord = {
    id,
    source,
    aliases: [],
    status,
    intervals: status === 'fixed' ? streamsOf([...fixes]) : [since(builds)],
  }
  if (severity !== undefined) record.severity = severity
  if (product.module !== '') record.module = product.module
  if (note !== '') record.note = note
  if (product.arch === 'src') record.names = 'source'
  const every = arches.size === 0 || arches.has('noarch') || arches.has('src')
  if (!every) record.arches = [...arches].sort()
  return { ecosystem: product.ecosystem, name: product.name, record }
}

function detailsOf(flaw: Fields, head: Fields, id: string, source: string): AdvisoryDetails {
  const note = (category: string) =>
    str(
      list(flaw.notes)
        .map(fields)
        .find(entry => entry.category === category)?.text,
    )
  const cvss: CvssScore[] = []
  for (const score of list(flaw.scores).map(fields)) {
    const { vectorString, baseScore } = fields(score.cvss_v4 ?? score.cvss_v3 ?? score.cvss_v2)
    const known = cvss.some(other => other.vector === vectorString)
    if (typeof vectorString === 'string' && typeof baseScore === 'number' && !known && cvss.length < 4)
      cvss.push({ source, vector: vectorString, score: baseScore })
  }
  const severity = impacts(flaw).values().next().value ?? severityOf(fields(head.aggregate_severity).text)
  const details: AdvisoryDetails = {
    id,
    aliases: [],
    title: clip(str(flaw.title) || note('summary') || str(head.title), 300),
    description: clip(note('description') || note('general')),
    severities: severity === undefined ? {} : { [source]: severity },
    cvss,
    cwes: strs(fields(flaw.cwe).id),
    references: unique(list(flaw.references).flatMap(reference => strs(fields(reference).url))).slice(0, 20),
  }
  const published = isoDate(flaw.release_date)
  const modified = isoDate(fields(head.tracking).current_release_date)
  if (published !== undefined) details.published = published
  if (modified !== undefined) details.modified = modified
  return details
}
