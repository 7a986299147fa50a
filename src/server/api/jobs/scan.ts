import { JennerError } from '../../../base/errors.ts'
import type { Context } from '../../context.ts'
import { found } from '../found.ts'

/** Asks a host that has the image to read it again. Answers the job's id. */
export async function requestScan(context: Context, imageId: string): Promise<string> {
  const { db, queue } = context
  const image = found(
    await db.selectFrom('images').select(['id', 'name']).where('id', '=', imageId).executeTakeFirst(),
    'image',
  )
  if (image.id.startsWith('host:')) return requestHostScan(context, image.id.slice(5))
  const place = await db
    .selectFrom('containers')
    .innerJoin('hosts', 'hosts.id', 'containers.host_id')
    .select('hosts.id')
    .where('image_id', '=', imageId)
    .orderBy('hosts.last_seen', 'desc')
    .limit(1)
    .executeTakeFirst()
  const host =
    place ?? (await db.selectFrom('hosts').select('id').orderBy('last_seen', 'desc').limit(1).executeTakeFirst())
  if (!host) throw new JennerError('target_not_found', 'host')
  await db.updateTable('images').set({ scan_state: 'queued', scan_error: '' }).where('id', '=', imageId).execute()
  return queue.add({ kind: 'scan_image', target: imageId, title: image.name, hostId: host.id, priority: 50 })
}

/** The host itself; '' is the one that was seen last. */
export async function requestHostScan({ db, queue }: Context, hostId: string): Promise<string> {
  let query = db.selectFrom('hosts').select(['id', 'name']).orderBy('last_seen', 'desc').limit(1)
  if (hostId) query = query.where('id', '=', hostId)
  const host = found(await query.executeTakeFirst(), 'host')
  return queue.add({ kind: 'scan_host', target: host.id, title: host.name, hostId: host.id, priority: 50 })
}
