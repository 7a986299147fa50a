import type { Advisories, FeedItem } from '../../../base/model/advisory.ts'
import { normalizeItem } from '../normalize.ts'
import { memoryAdvisories } from '../store/memory.ts'
import { starterItems } from './items.ts'

/** When a human last went through the facts. */
export const starterDate = '2026-11-24T00:00:00Z'

/** The built-in starter data as a database. `info.starter` is set: a report made from it alone is never clean. */
export function starterAdvisories(): Advisories {
  const items: FeedItem[] = []
  for (const item of starterItems()) items.push(normalizeItem(item))
  const advisories = memoryAdvisories(items, starterDate)
  return { ...advisories, info: { ...advisories.info, starter: true } }
}
