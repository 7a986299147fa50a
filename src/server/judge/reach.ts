import type { Store } from '../db/open.ts'
import { updateMany } from '../db/update.ts'
import { scoreOf } from './score.ts'

/** Tells the findings of an image how many containers of it run, and how they may be reached. Answers the flaws that it changed. */
export async function tellReach(store: Store, imageId: string): Promise<string[]> {
  const { db, kind } = store
  const image = await db.selectFrom('images').select(['running', 'reach']).where('id', '=', imageId).executeTakeFirst()
  if (!image) return []
  const findings = await db
    .selectFrom('findings')
    .select(['id', 'name', 'kind', 'in_use', 'kev', 'epss', 'cvss', 'severity', 'fixed'])
    .where('image_id', '=', imageId)
    .where(eb => eb.or([eb('running', '!=', image.running), eb('reach', '!=', image.reach)]))
    .execute()
  if (findings.length === 0) return []
  const rows = findings.map(row => ({ id: row.id, ...image, score: scoreOf({ ...row, ...image }) }))
  await db
    .transaction()
    .execute(transaction => updateMany(transaction, kind, 'findings', ['id'], ['running', 'reach', 'score'], rows))
  return [...new Set(findings.filter(row => row.kind === 'vulnerability').map(row => row.name))]
}

/** Counts the running containers of images, and how they may be reached. Answers the images where that changed. */
export async function countRunning({ db }: Store, imageIds: readonly string[]): Promise<string[]> {
  const changed: string[] = []
  for (const id of imageIds) {
    const rows = await db
      .selectFrom('containers')
      .select(['exposed', 'privileged'])
      .where('image_id', '=', id)
      .where('state', 'in', ['running', 'paused'])
      .execute()
    const reach = rows.reduce((bits, row) => bits | row.exposed | (row.privileged << 1), 0)
    const { numUpdatedRows } = await db
      .updateTable('images')
      .set({ running: rows.length, reach })
      .where('id', '=', id)
      .where(eb => eb.or([eb('running', '!=', rows.length), eb('reach', '!=', reach)]))
      .executeTakeFirstOrThrow()
    if (numUpdatedRows > 0n) changed.push(id)
  }
  return changed
}
