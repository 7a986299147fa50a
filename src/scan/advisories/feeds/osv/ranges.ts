import type { AdvisoryRecord, VersionInterval } from '../../../../base/model/advisory.ts'
import { type Fields, fields, list, str, strs } from '../fields.ts'

type Ranges = Pick<AdvisoryRecord, 'intervals' | 'versions' | 'vulnerable' | 'patched'>

/**
 * What versions of one `affected` entry are affected. SEMVER and ECOSYSTEM ranges become intervals; GIT ranges speak of commits: repositories.ts reads them.
 * `versions` counts beside the ranges (https://ossf.github.io/osv-schema/#evaluation); mostly it is the same said in full, and is left out when the record is kept.
 */
export function rangesOf(affected: Fields, specific: Fields): { record: Ranges; note?: string } {
  const ranges = list(affected.ranges).map(fields)
  const spans = ranges.filter(range => range.type !== 'GIT')
  const record: Ranges = { intervals: spans.flatMap(range => intervalsOf(list(range.events).map(fields))) }
  const custom = list(specific.custom_ranges).flatMap(range => intervalsOf(list(fields(range).events).map(fields)))
  if (custom.length > 0 && record.intervals.every(isEverything)) record.intervals = custom
  const stated = constraintsOf(specific)
  if (stated !== undefined) return { record: stated }
  const versions = strs(affected.versions)
  if (versions.length > 0) record.versions = versions
  else if (record.intervals.length === 0 && specific.status !== undefined) record.intervals = [{}]
  return bounded(record, str(specific.last_known_affected_version_range))
}

/**
 * Go's database calls all versions affected where the real ones are none that Go's module system knows (tags without the path's `/v3`), and says the real ones in
 * `custom_ranges` (https://go.dev/doc/security/vuln/database).
 */
const isEverything = ({ introduced, fixed, lastAffected }: VersionInterval): boolean =>
  introduced === undefined && fixed === undefined && lastAffected === undefined

/** Databases that keep their own constraint language beside the ranges: it says more (`~> 4.1.11` as fixed). */
function constraintsOf(specific: Fields): Ranges | undefined {
  const vulnerable = constraintList(specific.vulnerable)
  const patched = constraintList(specific.patched)
  if (vulnerable.length > 0)
    return { intervals: [], vulnerable, ...(patched.length > 0 ? { patched: patched.map(exactly) } : {}) }
  return patched.some(range => /[<>=~^]/.test(range)) ? { intervals: [{}], patched } : undefined
}

const constraintList = (value: unknown) => strs(value).filter(range => range !== 'null')
/** A bare version in a list of fixes is that version. */
const exactly = (range: string) => (/[<>=~^]/.test(range) ? range : `>= ${range}, <= ${range}`)

/** GitHub: a range without a fix whose end is known (`<= 1.2.3`, `< 1.2.4`) says it beside the events. */
function bounded(record: Ranges, range: string): { record: Ranges } {
  const bound = /^(<=?)\s*([^\s,]+)$/.exec(range)
  const [first] = record.intervals
  if (
    bound === null ||
    record.intervals.length !== 1 ||
    first?.fixed !== undefined ||
    first?.lastAffected !== undefined
  )
    return { record }
  if (bound[1] === '<=') return { record: { ...record, intervals: [{ ...first, lastAffected: bound[2]! }] } }
  const from = first?.introduced === undefined ? '' : `>= ${first.introduced}, `
  return { record: { ...record, intervals: [], vulnerable: [`${from}< ${bound[2]}`] } }
}

/**
 * `introduced` opens, `fixed` or `last_affected` (or `limit`) closes; several pairs may follow. An event object should hold one of them; where it holds more, they are taken
 * in that order. `introduced: "0"` is the very start.
 */
function intervalsOf(events: Fields[]): VersionInterval[] {
  const intervals: VersionInterval[] = []
  let open: VersionInterval | undefined
  for (const event of ordered(events)) {
    const introduced = str(event.introduced)
    if (introduced !== '') {
      open ??= introduced === '0' ? {} : { introduced }
    }
    const end = endOf(event)
    if (end === undefined) continue
    if (open !== undefined) intervals.push({ ...open, ...end })
    else if (intervals.length > 0 && end.lastAffected === undefined) continue
    else intervals.push(end)
    open = undefined
  }
  if (open !== undefined) intervals.push(open)
  return intervals
}

function endOf(event: Fields): VersionInterval | undefined {
  if (str(event.fixed) !== '') return { fixed: str(event.fixed) }
  if (str(event.last_affected) !== '') return { lastAffected: str(event.last_affected) }
  const limit = str(event.limit)
  return limit === '' || limit === '*' ? undefined : { fixed: limit }
}

/**
 * The schema leaves the order of events open, and has them judged in the order of their versions. Nearly all records are written so; only where beginnings
 * and ends do not take turns, or an end lies before its beginning, are they sorted, number by number.
 */
function ordered(events: Fields[]): Fields[] {
  const bounds = events.filter(event => str(event.introduced) !== '' || endOf(event) !== undefined)
  const inTurn = bounds.every((event, index) => {
    const begins = str(event.introduced) !== ''
    if (begins !== (index % 2 === 0)) return false
    const [from, to] = [versionOf(bounds[index - 1] ?? event), versionOf(event)]
    return begins || !plain.test(from) || !plain.test(to) || byNumbers(from, to) <= 0
  })
  return inTurn ? events : bounds.toSorted((a, b) => byNumbers(versionOf(a), versionOf(b)) || rank(a) - rank(b))
}

/** Only of plain numbers is it certain without the ecosystem's own order that one comes first. */
const plain = /^\d+(?:\.\d+)*$/

const versionOf = (event: Fields): string => {
  const end = endOf(event)
  return str(event.introduced) || end?.fixed || end?.lastAffected || ''
}

/** Of one version what was affected up to it ends before what begins with it. */
const rank = (event: Fields): number => (str(event.introduced) === '' ? 0 : 1)

const byNumbers = (a: string, b: string): number =>
  a === b ? 0 : a === '0' ? -1 : b === '0' ? 1 : a.localeCompare(b, 'en', { numeric: true })
