import { JennerError } from '../../../base/errors.ts'
import type { DatabaseInfo } from '../../../base/model/advisory.ts'

/**
 * A source that was there and is gone or has lost a fifth of its records is a fault of the feed until someone says otherwise.
 * Throws JennerError feed_empty or feed_shrank naming the sources; those in `allowed` may.
 */
export function refuseShrinking(before: DatabaseInfo, after: DatabaseInfo, allowed: string[]): void {
  const now = new Map(after.sources.map(source => [source.id, source.records]))
  const watched = before.sources.filter(({ id, records }) => records > 0 && !allowed.includes(id))
  const gone = watched.filter(({ id }) => (now.get(id) ?? 0) === 0)
  if (gone.length > 0) throw new JennerError('feed_empty', gone.map(({ id }) => id).join(', '))
  const shrunk = watched.filter(({ id, records }) => now.get(id)! < records * 0.8)
  const said = shrunk.map(({ id, records }) => `${id} (${records} → ${now.get(id)})`)
  if (shrunk.length > 0) throw new JennerError('feed_shrank', said.join(', '))
}
