import type { FeedItem } from '../../../base/model/advisory.ts'

export function* starterItems(): Generator<FeedItem> {}
