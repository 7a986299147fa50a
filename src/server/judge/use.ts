import type { Store } from '../db/open.ts'
import { updateMany } from '../db/update.ts'
import { unpackFiles } from './inventory.ts'
import { createOwners, type Owners } from './owners.ts'
import { scoreOf } from './score.ts'
import { type Watched, watchedWell } from './watched.ts'

/** Owners of the images asked for last: to unpack them costs some ten milliseconds. */
const kept = 8
const cache = new WeakMap<object, Map<string, { at: number; owners: Owners }>>()

async function ownersOf({ db }: Store, imageId: string, packages: number): Promise<Owners | undefined> {
  const known = cache.get(db) ?? new Map()
  cache.set(db, known)
  const stored = await db.selectFrom('inventories').select('at').where('image_id', '=', imageId).executeTakeFirst()
  if (!stored) return undefined
  const before = known.get(imageId)
  known.delete(imageId)
  if (before?.at === stored.at) {
    known.set(imageId, before)
    return before.owners
  }
  const row = await db
    .selectFrom('inventories')
    .select('files')
    .where('image_id', '=', imageId)
    .executeTakeFirstOrThrow()
  const owners = createOwners(await unpackFiles(row.files), packages)
  known.set(imageId, { at: stored.at, owners })
  if (known.size > kept) known.delete(known.keys().next().value!)
  return owners
}

/**
 * Joins what processes of an image opened with the packages that own the files, and tells packages and findings.
 * Answers the flaws and components that it changed.
 */
export async function joinUse(
  store: Store,
  imageId: string,
  now: number,
): Promise<{ names: string[]; components: number[] }> {
  const { db, kind } = store
  const packages = await db
    .selectFrom('packages')
    .select(['image_id', 'no', 'component_id', 'in_use'])
    .where('image_id', '=', imageId)
    .execute()
  const owners = await ownersOf(store, imageId, packages.length)
  if (!owners) return { names: [], components: [] }
  const paths = await db.selectFrom('loaded_paths').select('path').where('image_id', '=', imageId).execute()
  const loaded = new Set(paths.flatMap(({ path }) => owners.of(path)))
  const quiet = watchedWell(await watchedOf(store, imageId), now)
  const inUseOf = (no: number) => (loaded.has(no) ? 2 : quiet && !owners.unknown.has(no) ? 0 : 1)
  const changed = packages
    .filter(row => row.in_use !== inUseOf(row.no))
    .map(row => ({ ...row, in_use: inUseOf(row.no) }))
  if (changed.length === 0) return { names: [], components: [] }
  const uses = new Map(changed.map(row => [row.no, row.in_use]))
  const findings = await db
    .selectFrom('findings')
    .select(['id', 'name', 'package_no', 'kev', 'running', 'reach', 'epss', 'cvss', 'severity', 'fixed'])
    .where('image_id', '=', imageId)
    .where('kind', '=', 'vulnerability')
    .execute()
  const touched = findings
    .filter(row => uses.has(row.package_no))
    .map(row => {
      const in_use = uses.get(row.package_no)!
      return { id: row.id, name: row.name, in_use, score: scoreOf({ ...row, in_use }) }
    })
  await db.transaction().execute(async transaction => {
    await updateMany(transaction, kind, 'packages', ['image_id', 'no'], ['in_use'], changed)
    await updateMany(transaction, kind, 'findings', ['id'], ['in_use', 'score'], touched)
  })
  return { names: [...new Set(touched.map(row => row.name))], components: changed.map(row => row.component_id) }
}

async function watchedOf({ db }: Store, imageId: string): Promise<Watched[]> {
  const rows = await db
    .selectFrom('containers')
    .leftJoin('watches', 'watches.container_id', 'containers.id')
    .leftJoin('hosts', 'hosts.id', 'containers.host_id')
    .select(['started_at', 'since', 'lost', 'sensor'])
    .where('containers.image_id', '=', imageId)
    .where('state', 'in', ['running', 'paused'])
    .execute()
  return rows.map(row => ({
    startedAt: row.started_at ?? undefined,
    since: row.since ?? undefined,
    // A counter that is not where it was: something was lost, or it began anew and nobody knows.
    lost: row.lost === null ? 1 : Math.abs(lostOf(row.sensor) - row.lost),
  }))
}

export function lostOf(sensor: string | null): number {
  const { lost = 0, state } = JSON.parse(sensor || '{}') as { lost?: number; state?: string }
  return state === 'running' ? lost : -1
}
