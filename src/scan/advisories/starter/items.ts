import { cvssScore } from '../../../base/cvss.ts'
import {
  type AdvisoryDetails,
  type AdvisoryRecord,
  type FeedItem,
  type Status,
  statuses,
  type VersionInterval,
} from '../../../base/model/advisory.ts'
import type { Severity } from '../../../base/model/severity.ts'
import { backportRows } from './backports.ts'
import { endRows } from './ends.ts'
import { exploitedRows } from './exploited.ts'
import { languageRows } from './languages.ts'
import { systemFlaws, systemRows } from './systems.ts'

/** The starter facts as a feed's items. */
export function* starterItems(): Generator<FeedItem> {
  for (const [ecosystem, rows] of Object.entries(languageRows))
    for (const cells of cellsOf(rows)) yield* languageItems(ecosystem, cells)
  yield* systemItems()
  for (const line of linesOf(exploitedRows)) {
    const [cve = '', dateAdded = '', dueDate = '', used] = line.split(' ')
    yield { kind: 'kev', cve, entry: { dateAdded, dueDate, ransomware: used === 'ransomware' } }
  }
  for (const line of linesOf(endRows)) {
    const [product = '', cycle = '', eol = '', extended = '-'] = line.split(' ')
    yield { kind: 'eol', entry: { product, cycle, eol, ...(extended === '-' ? {} : { extended }) } }
  }
}

const linesOf = (rows: string) => rows.split('\n').filter(line => line !== '')
const cellsOf = (rows: string) => linesOf(rows).map(line => line.split(' | '))

function* languageItems(ecosystem: string, cells: string[]): Generator<FeedItem> {
  const [name = '', ids = '', severity = '', vector = '-', affected = '', title = ''] = cells
  const [id = '', ...aliases] = ids.split(' ')
  const spans = affected.split(' ').map(intervalOf)
  const versions = spans.filter(span => typeof span === 'string')
  const intervals = spans.filter(span => typeof span !== 'string')
  const fixable = intervals.some(interval => interval.fixed !== undefined)
  const record: AdvisoryRecord = {
    id,
    source: 'starter',
    aliases,
    status: fixable ? 'fixed' : 'affected',
    intervals,
    severity: severity as Severity,
  }
  if (versions.length > 0) record.versions = versions
  yield { kind: 'record', ecosystem, name, record }
  yield { kind: 'details', details: detailsOf(id, aliases, title, severity as Severity, vector, []) }
}

/** `FROM..BEFORE`, `FROM..=LAST`, or `=EXACT` as the version itself. */
function intervalOf(text: string): VersionInterval | string {
  if (text.startsWith('=')) return text.slice(1)
  const [from = '', to = ''] = text.split('..')
  const interval: VersionInterval = from === '' ? {} : { introduced: from }
  if (to.startsWith('=')) interval.lastAffected = to.slice(1)
  else if (to !== '') interval.fixed = to
  return interval
}

function* systemItems(): Generator<FeedItem> {
  const flaws = new Map(
    cellsOf(systemFlaws).map(([cve = '', title = '', vector = '-']) => [
      cve,
      { title, vector, severity: 'UNKNOWN' as Severity },
    ]),
  )
  for (const [ecosystems = '', names = '', id = '', severity = '', verdict = '', note = '-'] of [
    ...cellsOf(systemRows),
    ...cellsOf(backportRows),
  ]) {
    const stated = statuses.find(status => status === verdict) as Status | undefined
    const record: AdvisoryRecord = {
      id,
      source: 'starter',
      aliases: [],
      status: stated ?? 'fixed',
      intervals: stated === undefined ? [{ fixed: verdict }] : [{}],
    }
    if (note !== '-') record.note = note
    // AlmaLinux states a severity of its own; Debian only says what is unimportant.
    if (ecosystems.startsWith('AlmaLinux') || note === 'unimportant') record.severity = severity as Severity
    const flaw = flaws.get(id)
    if (flaw !== undefined && (flaw.severity === 'UNKNOWN' || !ecosystems.startsWith('AlmaLinux')))
      flaw.severity = severity as Severity
    for (const ecosystem of ecosystems.split(','))
      for (const name of names.split(' ')) yield { kind: 'record', ecosystem, name, record }
  }
  for (const [id, { title, vector, severity }] of flaws) {
    const tracker = `https://security-tracker.debian.org/tracker/${id}`
    yield { kind: 'details', details: detailsOf(id, [], title, severity, vector, [tracker]) }
  }
}

function detailsOf(
  id: string,
  aliases: string[],
  title: string,
  severity: Severity,
  vector: string,
  references: string[],
): AdvisoryDetails {
  const score = vector === '-' ? undefined : cvssScore(vector)
  return {
    id,
    aliases,
    title,
    description: '',
    severities: { nvd: severity },
    cvss: score === undefined ? [] : [{ source: 'nvd', vector, score }],
    cwes: [],
    references: [...[id, ...aliases].flatMap(addressOf), ...references],
  }
}

function addressOf(id: string): string[] {
  if (id.startsWith('CVE-')) return [`https://nvd.nist.gov/vuln/detail/${id}`]
  if (id.startsWith('GHSA-')) return [`https://github.com/advisories/${id}`]
  if (id.startsWith('GO-')) return [`https://pkg.go.dev/vuln/${id}`]
  return id.startsWith('RUSTSEC-')
    ? [`https://rustsec.org/advisories/${id}.html`]
    : [`https://osv.dev/vulnerability/${id}`]
}
