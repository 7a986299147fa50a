import type { AdvisoryRecord, FeedItem } from '../../../../base/model/advisory.ts'
import { withoutEnd } from '../../../../base/trim.ts'
import { jsonParts } from '../../input/json-stream.ts'
import type { FeedFile } from '../feed.ts'
import { clip, type Fields, fields, severityOf, str } from '../fields.ts'

/**
 * The tracker's JSON export: `{ package: { CVE: { description, releases: { codename: { status, fixed_version?, urgency, nodsa?, nodsa_reason? } } } } }`,
 * about 70 MB, read a package at a time.
 */
export async function* parseTracker(file: FeedFile): AsyncGenerator<FeedItem> {
  const described = new Set<string>()
  for await (const { key: name, text } of jsonParts(file.chunks())) {
    for (const [id, flaw] of Object.entries(fields(JSON.parse(text)))) {
      const { description, releases } = fields(flaw)
      for (const [release, verdict] of Object.entries(fields(releases))) {
        const record = verdictOf(id, fields(verdict))
        yield record
          ? { kind: 'record', ecosystem: `Debian:${release}`, name, record }
          : {
              kind: 'problem',
              path: file.path,
              detail: `${name} ${id} ${release}: unknown status ${str(fields(verdict).status)}`,
            }
      }
      if (described.has(id)) continue
      described.add(id)
      yield { kind: 'details', details: detailsOf(id, str(description)) }
    }
  }
}

export function detailsOf(id: string, description: string) {
  return {
    id,
    aliases: [],
    title: '',
    description: clip(description),
    severities: {},
    cvss: [],
    cwes: [],
    references: [`https://security-tracker.debian.org/tracker/${id}`],
  }
}

/**
 * resolved with `fixed_version` "0": never affected. open: no fix, whose prospects `nodsa_reason` and the urgency tell.
 * undetermined: nobody has looked yet.
 */
function verdictOf(id: string, verdict: Fields): AdvisoryRecord | undefined {
  const urgency = withoutEnd(str(verdict.urgency), '*')
  const record: AdvisoryRecord = { id, source: 'debian', aliases: [], status: 'affected', intervals: [{}] }
  const severity = severityOf(urgency)
  if (severity !== undefined) record.severity = severity
  if (urgency === 'unimportant') record.note = urgency
  const status = str(verdict.status)
  const fixed = str(verdict.fixed_version)
  if (status === 'resolved') return fixed === '' ? undefined : fixedIn(record, fixed)
  if (status === 'undetermined') return { ...record, status: 'under_investigation' }
  if (status !== 'open') return undefined
  if (urgency === 'end-of-life') return { ...record, status: 'end_of_life', note: urgency }
  if (verdict.nodsa === undefined) return record
  return { ...record, ...unfixed(str(verdict.nodsa_reason)) }
}

export function fixedIn(record: AdvisoryRecord, version: string): AdvisoryRecord {
  if (version === '0') return { ...record, status: 'not_affected' }
  return { ...record, status: 'fixed', intervals: [{ fixed: version }] }
}

/** Why there is no advisory for a flaw: `ignored` (never will), `postponed` (with the next one), or only "not worth one of its own". */
export function unfixed(reason: string): Pick<AdvisoryRecord, 'status' | 'note'> {
  if (reason === 'ignored') return { status: 'will_not_fix', note: 'ignored' }
  if (reason === 'postponed') return { status: 'fix_deferred', note: 'postponed' }
  return { status: 'affected', note: 'no-dsa' }
}
