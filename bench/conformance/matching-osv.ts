import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Advisories, FeedItem } from '../../src/base/model/advisory.ts'
import { parseOsv } from '../../src/scan/advisories/feeds/osv/parse.ts'
import { normalizeItem } from '../../src/scan/advisories/normalize.ts'
import { memoryAdvisories } from '../../src/scan/advisories/store/memory.ts'

type Json = Record<string, unknown>

/** All OSV records below a folder as a database in memory. `adapt` translates what the cases' origin says outside the OSV schema. */
export function readAdvisories(folder: string, adapt: (item: RecordItem, affected: Json) => RecordItem[]): Advisories {
  const items: FeedItem[] = []
  for (const path of existsSync(folder) ? jsonFiles(folder) : []) {
    const osv = JSON.parse(readFileSync(path, 'utf8')) as Json
    for (const affected of (osv.affected as Json[]) ?? [])
      for (const item of parseOsv({ ...osv, affected: [withAffectedVersion(affected)] }, path)) {
        if (item.kind === 'record') items.push(...adapt(item, affected).map(normalizeItem))
        else items.push(item)
      }
  }
  return memoryAdvisories(items)
}

export type RecordItem = Extract<FeedItem, { kind: 'record' }>

function jsonFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => join(folder, name))
}

/** `affected_version`: where one peer keeps the version that brought an unfixed flaw in. */
function withAffectedVersion(affected: Json): Json {
  const since = ((affected.database_specific ?? {}) as Json).affected_version
  if (typeof since !== 'string' || since === '') return affected
  const ranges = ((affected.ranges ?? []) as Json[]).map(range => ({
    ...range,
    events: ((range.events ?? []) as Json[]).map(event => (event.introduced === '0' ? { introduced: since } : event)),
  }))
  return { ...affected, ranges }
}
