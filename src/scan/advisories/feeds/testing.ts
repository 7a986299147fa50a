import type { FeedItem } from '../../../base/model/advisory.ts'
import { feedFile } from '../input/walk.ts'
import type { FeedFile } from './feed.ts'
import { feeds } from './index.ts'

/** A feed file from text, for tests. */
export function fileOf(path: string, text: string): FeedFile {
  const bytes = Buffer.from(text)
  return feedFile(path, bytes, true, async function* () {
    yield bytes
  })
}

/** What the list of feeds makes of a file: the id of the feed that takes it, and its items. */
export async function readAs(path: string, text: string): Promise<{ feed: string | undefined; items: FeedItem[] }> {
  const file = fileOf(path, text)
  const feed = feeds.find(candidate => candidate.detect(file))
  const items: FeedItem[] = []
  if (feed) for await (const item of feed.parse(file)) items.push(item)
  return { feed: feed?.id, items }
}

/** An item as one line, for tables: `Debian:bookworm openssl CVE-… fixed [..1.0] high no-dsa`. */
export function lineOf(item: FeedItem): string {
  if (item.kind === 'record') {
    const { ecosystem, name, record } = item
    const spans = record.intervals.map(
      span => `${span.introduced ?? ''}..${span.fixed ?? (span.lastAffected ? `=${span.lastAffected}` : '')}`,
    )
    const more = (['versions', 'vulnerable', 'patched', 'unaffected', 'arches'] as const).flatMap(key =>
      record[key] ? [`${key}=${record[key].join('|')}`] : [],
    )
    const tail = [
      record.severity,
      record.module && `module=${record.module}`,
      record.names && `names=${record.names}`,
      record.note && `(${record.note})`,
      record.aliases.length > 0 && `~${record.aliases.join('~')}`,
    ]
    return [ecosystem, name, record.id, record.status, `[${spans.join(' ')}]`, ...more, ...tail.filter(Boolean)].join(
      ' ',
    )
  }
  if (item.kind === 'details') {
    const { id, title, severities, cvss } = item.details
    return ['details', id, title, JSON.stringify(severities), cvss.map(({ score }) => score).join(',')]
      .filter(text => text !== '')
      .join(' ')
  }
  if (item.kind === 'problem') return `problem ${item.detail}`
  if (item.kind === 'eol')
    return `eol ${item.entry.product} ${item.entry.cycle} ${item.entry.eol}${item.entry.extended ? ` +${item.entry.extended}` : ''}`
  return `${item.kind} ${item.cve} ${Object.values(item.entry).join(' ')}`
}
