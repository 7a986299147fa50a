import type { AdvisoryRecord, FeedItem } from '../../../base/model/advisory.ts'

/** A record with only the fields that matter to a test; `fixed` in the last place is the common case. */
export function record(id: string, fields: Partial<AdvisoryRecord> = {}): AdvisoryRecord {
  return { id, source: 'test', aliases: [], status: 'fixed', intervals: [], ...fields }
}

/** A record item: affected from the start to before `fixed`, or without a fix. */
export function recordItem(
  ecosystem: string,
  name: string,
  id: string,
  fixed?: string,
  fields: Partial<AdvisoryRecord> = {},
): FeedItem {
  const status = fixed === undefined ? 'affected' : 'fixed'
  const interval = fixed === undefined ? { introduced: '0' } : { introduced: '0', fixed }
  return { kind: 'record', ecosystem, name, record: record(id, { status, intervals: [interval], ...fields }) }
}
