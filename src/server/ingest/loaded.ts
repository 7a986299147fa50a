import type { Context } from '../context.ts'
import { insertMany } from '../db/insert.ts'
import { normal } from '../judge/owners.ts'
import { lostOf } from '../judge/use.ts'
import type { LoadedBatch } from '../schemas/agent.ts'
import { timeOf } from './time.ts'

/** Files of one image that are kept; a program that opens random names must not fill the store. */
const mostPaths = 50_000

/** Notes which files of images were opened or mapped, and joins them with the packages that own them. */
export async function storeLoaded(context: Context, { hostId, items }: LoadedBatch): Promise<void> {
  const { db, store, now, verdicts } = context
  const host = await db.selectFrom('hosts').select('sensor').where('id', '=', hostId).executeTakeFirst()
  const lost = lostOf(host?.sensor ?? null)
  const images = new Set<string>()
  for (const item of items) {
    const since = timeOf(item.watchedSince, now())
    const row = { container_id: item.containerId, image_id: item.imageId, host_id: hostId, since, lost }
    const before = await db
      .selectFrom('watches')
      .select('since')
      .where('container_id', '=', item.containerId)
      .executeTakeFirst()
    // A later beginning means that there was a gap; from then on losses count anew.
    if (!before || before.since < since)
      await db
        .insertInto('watches')
        .values(row)
        .onConflict(on => on.column('container_id').doUpdateSet(row))
        .execute()
    const { n } = await db
      .selectFrom('loaded_paths')
      .select(db.fn.countAll<number>().as('n'))
      .where('image_id', '=', item.imageId)
      .executeTakeFirstOrThrow()
    const paths = item.paths.filter(path => !path.includes('\0')).map(normal)
    const rows = [...new Set(paths)]
      .slice(0, Math.max(0, mostPaths - Number(n)))
      .map(path => ({ image_id: item.imageId, path, first_seen: now() }))
    const fresh = await insertMany(db, store.kind, 'loaded_paths', ['image_id', 'path', 'first_seen'], rows, {
      returning: ['path'],
    })
    if (fresh.length > 0 || !before) images.add(item.imageId)
  }
  if (images.size > 0) await verdicts.used([...images])
}
