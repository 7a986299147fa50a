import type { Inventory } from '../../base/model/inventory.ts'
import { insertMany } from '../db/insert.ts'
import type { Db, Store } from '../db/open.ts'
import { packInventory } from './inventory.ts'

/** Stores the facts about an image: what was there of it before goes. Answers the components that it holds or held. */
export async function keepInventory(
  store: Store,
  imageId: string,
  inventory: Inventory,
  now: number,
): Promise<Set<number>> {
  const { db, kind } = store
  const packed = await packInventory(inventory)
  return db.transaction().execute(async transaction => {
    const touched = new Set<number>()
    const old = await transaction
      .selectFrom('packages')
      .select('component_id')
      .where('image_id', '=', imageId)
      .execute()
    for (const { component_id } of old) touched.add(component_id)
    await transaction.deleteFrom('packages').where('image_id', '=', imageId).execute()
    const ids = await componentIds({ ...store, db: transaction }, inventory)
    const rows = inventory.packages.map((pkg, no) => ({
      image_id: imageId,
      no,
      component_id: ids.get(pkg.purl)!,
      path: pkg.path,
      layer: pkg.layer?.diffId ?? '',
      in_use: 1,
    }))
    for (const { component_id } of rows) touched.add(component_id)
    await insertMany(transaction, kind, 'packages', ['image_id', 'no', 'component_id', 'path', 'layer', 'in_use'], rows)
    await transaction
      .insertInto('inventories')
      .values({ image_id: imageId, ...packed, at: now })
      .onConflict(on => on.column('image_id').doUpdateSet({ ...packed, at: now }))
      .execute()
    await transaction.updateTable('images').set(imageFields(inventory, now)).where('id', '=', imageId).execute()
    return touched
  })
}

async function componentIds(store: Pick<Store, 'db' | 'kind'>, { packages }: Inventory): Promise<Map<string, number>> {
  const { db, kind } = store
  const fresh = new Map(packages.map(pkg => [pkg.purl, pkg]))
  const rows = [...fresh.values()].map(({ purl, name, version, type, licenses }) => ({
    purl,
    name,
    version,
    type,
    licenses: JSON.stringify(licenses.slice(0, 50)),
    images: 0,
    critical: 0,
    high: 0,
    medium: 0,
    low: 0,
    unknown: 0,
    weight: 0,
    in_use: 1,
  }))
  await insertMany(db, kind, 'components', componentColumns, rows, { conflict: '(purl) do nothing' })
  const ids = new Map<string, number>()
  const purls = [...fresh.keys()]
  for (let at = 0; at < purls.length; at += 1000) {
    const part = purls.slice(at, at + 1000)
    for (const row of await db.selectFrom('components').select(['id', 'purl']).where('purl', 'in', part).execute())
      ids.set(row.purl, row.id)
  }
  return ids
}

const componentColumns = [
  'purl',
  'name',
  'version',
  'type',
  'licenses',
  'images',
  'critical',
  'high',
  'medium',
  'low',
  'unknown',
  'weight',
  'in_use',
] as const

function imageFields({ artifact, os, packages }: Inventory, now: number) {
  const layers = artifact.layers.map(({ diffId, digest, size, createdBy }) => ({
    diffId: diffId ?? '',
    ...(digest && { digest }),
    size,
    ...(createdBy && { createdBy: createdBy.slice(0, 2000) }),
  }))
  return {
    os: os ? `${os.family} ${os.version}`.trim() : '',
    layers: layers.length,
    packages: packages.length,
    layer_list: JSON.stringify(layers),
    scan_state: 'done',
    scan_at: now,
    scan_error: '',
    judged_by: '',
    verdict: '',
    incomplete: JSON.stringify([]),
  }
}

/** Forgets an image that no host has any more, with all that was said of it. Answers what must be summed again. */
export async function forgetImage(db: Db, imageId: string): Promise<{ names: string[]; components: number[] }> {
  return db.transaction().execute(async transaction => {
    const names = await transaction
      .selectFrom('findings')
      .select('name')
      .distinct()
      .where('image_id', '=', imageId)
      .execute()
    const components = await transaction
      .selectFrom('packages')
      .select('component_id')
      .distinct()
      .where('image_id', '=', imageId)
      .execute()
    for (const table of ['findings', 'packages', 'inventories', 'loaded_paths', 'watches', 'image_names'] as const)
      await transaction.deleteFrom(table).where('image_id', '=', imageId).execute()
    await transaction.deleteFrom('images').where('id', '=', imageId).execute()
    return { names: names.map(row => row.name), components: components.map(row => row.component_id) }
  })
}
