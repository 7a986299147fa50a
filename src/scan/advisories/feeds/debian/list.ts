import type { AdvisoryRecord, FeedItem } from '../../../../base/model/advisory.ts'
import { clip, severityOf } from '../fields.ts'
import { detailsOf, fixedIn, unfixed } from './tracker.ts'

/** Releases to which an entry without a release tag speaks as long as nothing more exact is said. */
const releases = ['buster', 'bullseye', 'bookworm', 'trixie', 'forky', 'sid']

/**
 * data/CVE/list:
 *
 *     CVE-2024-2961 (text …) | [text] | RESERVED | REJECTED
 *     \t{DSA-5673-1 DLA-3807-1}
 *     \t- glibc 2.37-18 (bug #1069191; low)
 *     \t[buster] - glibc <no-dsa> (Minor issue)
 *     \tNOTE: …
 *
 * `- package version`: fixed in unstable by that version; a release's own line wins for it. A release without one that has an older version has no fix to install.
 * `<removed>` from unstable without a fix: what releases still have is open.
 * Where an erratum is named (`{…}`) the releases' fixes stand in DSA/list and DLA/list, so only unstable and what was never affected is spoken of here.
 */
export function* parseCveList(text: string): Generator<FeedItem> {
  for (const block of blocks(text)) {
    const id = /^(?:CVE|TEMP)-\S+/.exec(block.head)?.[0]
    if (id === undefined || /\bREJECTED\b/.test(block.head) || block.lines.some(line => line === 'REJECTED')) continue
    const items = [...entries(id, block.lines)]
    yield* items
    const description = block.head
      .slice(id.length)
      .trim()
      .replace(/^[([]|[)\]]$/g, '')
    if (items.length > 0) yield { kind: 'details', details: detailsOf(id, clip(description)) }
  }
}

function* blocks(text: string): Generator<{ head: string; lines: string[] }> {
  let block: { head: string; lines: string[] } | undefined
  for (const line of text.split('\n')) {
    if (line.startsWith('\t') || line.startsWith(' ')) block?.lines.push(line.trim())
    else if (line !== '') {
      if (block !== undefined) yield block
      block = { head: line, lines: [] }
    }
  }
  if (block !== undefined) yield block
}

function* entries(id: string, lines: string[]): Generator<FeedItem> {
  const erratum = lines.some(line => /^\{.*D[LS]A-/.test(line))
  const tagged = new Map<string, Set<string>>()
  const parsed = lines.flatMap(line => {
    const match = /^(?:\[([a-z]+)\] )?- (\S+) (<[a-z-]+>|\S+)(?: \(([^)]*)\))?/.exec(line)
    return match === null ? [] : [{ release: match[1], name: match[2]!, state: match[3]!, notes: match[4] ?? '' }]
  })
  for (const { release, name } of parsed)
    if (release !== undefined) tagged.set(name, (tagged.get(name) ?? new Set()).add(release))
  for (const { release, name, state, notes } of parsed) {
    if (release === 'experimental') continue
    const record = recordOf(id, state, notes)
    if (record === undefined) continue
    const others = releases.filter(known => !tagged.get(name)?.has(known))
    const elsewhere = erratum && record.status !== 'not_affected'
    const spoken = release !== undefined ? [release] : elsewhere ? ['sid'] : others
    for (const one of spoken) {
      const own = release !== undefined || one === 'sid' || record.status !== 'fixed'
      yield {
        kind: 'record',
        ecosystem: `Debian:${one}`,
        name,
        record: own ? record : { ...record, status: 'affected' },
      }
    }
  }
}

/** <unfixed> <no-dsa> <ignored> <postponed> <end-of-life> <not-affected> <removed> <undetermined> <itp>, or the version with the fix. */
function recordOf(id: string, state: string, notes: string): AdvisoryRecord | undefined {
  const urgency = notes
    .split(';')
    .map(note => note.trim())
    .find(note => severityOf(note) !== undefined)
  const record: AdvisoryRecord = { id, source: 'debian', aliases: [], status: 'affected', intervals: [{}] }
  const severity = severityOf(urgency)
  if (severity !== undefined) record.severity = severity
  if (urgency === 'unimportant') record.note = urgency
  switch (state) {
    case '<unfixed>':
    case '<removed>':
      return record
    case '<not-affected>':
      return { ...record, status: 'not_affected' }
    case '<end-of-life>':
      return { ...record, status: 'end_of_life', note: 'end-of-life' }
    case '<undetermined>':
      return { ...record, status: 'under_investigation' }
    case '<no-dsa>':
    case '<ignored>':
    case '<postponed>':
      return { ...record, ...unfixed(state.slice(1, -1)) }
    default:
      // <itp>: the package is not yet in the archive.
      return state.startsWith('<') ? undefined : fixedIn(record, state)
  }
}
