import type { AdvisoryDetails, AdvisoryRecord, FeedItem, VersionInterval } from '../../../../base/model/advisory.ts'
import { clip, type Fields, isCve, severityOf, str, strs } from '../fields.ts'

type Version = [number, number, number]
/** From the first version to before the second. */
type Span = [from: Version, to: Version]

/**
 * The project's own list about Node.js itself (`vuln/core`): `cve`, `vulnerable` lines (`8.x || 7.x || 0.10.x`), and the release in each line that has the fix (`patched`:
 * `^8.1.4 || ^7.10.1`). A line without one was never fixed. One record a CVE, about the program that no package manager installed.
 */
export function* coreItems(entry: Fields, path: string): Generator<FeedItem> {
  const number = /(\d{1,6})\.json$/.exec(path)?.[1] ?? ''
  const cves = strs(entry.cve).filter(isCve)
  const { intervals, vulnerable, odd } = linesOf(entry)
  for (const part of odd) yield { kind: 'problem', path, detail: `not a line of versions: ${part.slice(0, 60)}` }
  if (intervals.length === 0 && vulnerable.length === 0) return
  const severity = severityOf(entry.severity)
  const details: Omit<AdvisoryDetails, 'id' | 'aliases'> = {
    title: clip(str(entry.description), 300),
    description: clip(str(entry.overview)),
    severities: severity ? { nodejswg: severity } : {},
    cvss: [],
    cwes: [],
    references: strs(entry.ref),
  }
  for (const id of cves.length > 0 ? cves : [`NSWG-CORE-${number}`]) {
    const record: AdvisoryRecord = {
      id,
      source: 'nodejswg',
      aliases: [],
      status: intervals.length > 0 ? 'fixed' : 'affected',
      intervals,
      ...(vulnerable.length > 0 && { vulnerable }),
      ...(severity && { severity }),
    }
    yield { kind: 'record', ecosystem: 'NVD', name: 'nodejs', record }
    yield { kind: 'details', details: { id, aliases: [], ...details } }
  }
}

/** Lines with their fix, lines without one, and what is no line. */
function linesOf(entry: Fields): { intervals: VersionInterval[]; vulnerable: string[]; odd: string[] } {
  const fixes = parts(entry.patched)
    .map(part => versionOf(part.replace(/^(?:\^|>=)\s*/, '')))
    .filter(version => version !== undefined)
  const found = { intervals: [] as VersionInterval[], vulnerable: [] as string[], odd: [] as string[] }
  for (const part of parts(entry.vulnerable)) {
    const span = spanOf(part)
    if (span === undefined) {
      found.odd.push(part)
      continue
    }
    const [from, to] = span
    const fix = fixes.filter(one => order(from, one) <= 0 && order(one, to) < 0).toSorted(order)[0]
    if (fix) found.intervals.push({ introduced: text(from), fixed: text(fix) })
    else found.vulnerable.push(`>= ${text(from)}, < ${text(to)}`)
  }
  return found
}

const parts = (range: unknown): string[] =>
  str(range)
    .slice(0, 2000)
    .split('||')
    .map(part => part.trim())
    .filter(part => part !== '')

const text = (version: Version): string => version.join('.')
const order = (a: Version, b: Version): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]

function versionOf(words: string): Version | undefined {
  const match = /^v?(\d{1,9})(?:\.(\d{1,9})(?:\.(\d{1,9}))?)?$/.exec(words.trim())
  return match ? [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)] : undefined
}

/** `8.x`, `0.10.x`, `4.1.x`, `^6.0.0`, `>=4.0.0 <4.1.2`, `<= 12`, `6.2.0`. */
function spanOf(part: string): Span | undefined {
  const between = /^>=\s*(\S{1,30})\s+<\s*(\S{1,30})$/.exec(part)
  if (between) {
    const [from, to] = [versionOf(between[1] as string), versionOf(between[2] as string)]
    return from && to ? [from, to] : undefined
  }
  const [, operator = '', words = ''] = /^(\^|<=)?\s*([\d.]{1,30}?)(?:\.x)?$/.exec(part) ?? []
  const version = versionOf(words)
  if (version === undefined) return undefined
  const [major, minor, patch] = version
  const numbers = words.split('.').length
  // The whole line of a number that stands alone, or that `^` keeps.
  const end: Version =
    operator === '^'
      ? major === 0
        ? [0, minor + 1, 0]
        : [major + 1, 0, 0]
      : numbers === 1
        ? [major + 1, 0, 0]
        : numbers === 2
          ? [major, minor + 1, 0]
          : [major, minor, patch + 1]
  return [operator === '<=' ? [0, 0, 0] : version, end]
}
