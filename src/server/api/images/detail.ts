import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Tables } from '../../db/tables.ts'
import { severityName } from '../../judge/scales.ts'
import type { Fix, ImageDetail, ImageDiff, ImageLayer } from '../../schemas/images.ts'
import { found, parsed } from '../found.ts'
import { fixesOf } from './fixes.ts'
import { imageOf } from './rows.ts'

const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN'] as const

export async function imageDetail(context: Context, id: string): Promise<ImageDetail> {
  const { db } = context
  const row = found(await db.selectFrom('images').selectAll().where('id', '=', id).executeTakeFirst(), 'image')
  const containers = await db
    .selectFrom('containers')
    .select(['id', 'name', 'state'])
    .where('image_id', '=', id)
    .where('state', '!=', 'gone')
    .orderBy('name')
    .limit(200)
    .execute()
  const previous = await previousOf(context, row)
  return {
    ...imageOf(row),
    layersList: await layersOf(context, row),
    fixes: await imageFixes(context, id),
    ...(previous && { previous }),
    containers,
  }
}

async function layersOf({ db }: Context, { id, layer_list: list }: Tables['images']): Promise<ImageLayer[]> {
  const layers = parsed<{ diffId: string; digest?: string; size: number; createdBy?: string }[]>(list)
  const packages = await db
    .selectFrom('packages')
    .select(['layer', sql<number>`count(*)`.as('n')])
    .where('image_id', '=', id)
    .groupBy('layer')
    .execute()
  const flaws = await db
    .selectFrom('findings')
    .select(['layer', 'severity', sql<number>`count(*)`.as('n'), sql<number | null>`max(from_base)`.as('base')])
    .where('image_id', '=', id)
    .where('kind', '=', 'vulnerability')
    .where('decision_id', '=', '')
    .groupBy(['layer', 'severity'])
    .execute()
  return layers.map(layer => {
    const own = flaws.filter(row => row.layer === layer.diffId)
    const counts = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 }
    for (const row of own) counts[severities[row.severity] ?? 'UNKNOWN'] += Number(row.n)
    const base = own.find(row => row.base !== null)?.base
    return {
      ...layer,
      packages: Number(packages.find(row => row.layer === layer.diffId)?.n ?? 0),
      vulnerabilities: counts,
      ...(base !== undefined && base !== null && { fromBase: Number(base) === 1 }),
    }
  })
}

/** The image that had one of its names before it. */
async function previousOf({ db }: Context, { id, names }: Tables['images']): Promise<string | undefined> {
  const own = parsed<string[]>(names)
  if (own.length === 0) return undefined
  const since = await db
    .selectFrom('image_names')
    .select('since')
    .where('image_id', '=', id)
    .where('name', 'in', own)
    .executeTakeFirst()
  const row = await db
    .selectFrom('image_names')
    .select('image_id')
    .where('name', 'in', own)
    .where('image_id', '!=', id)
    .where('since', '<=', since?.since ?? 0)
    .orderBy('since', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.image_id
}

export async function imageFixes({ db }: Context, id: string): Promise<Fix[]> {
  const image = await db.selectFrom('images').select('os').where('id', '=', id).executeTakeFirst()
  const rows = await db
    .selectFrom('findings')
    .select(['name', 'package', 'purl', 'installed', 'fixed', 'severity', 'score', 'path'])
    .where('image_id', '=', id)
    .where('kind', '=', 'vulnerability')
    .where('decision_id', '=', '')
    .where('fixed', '!=', '')
    .execute()
  return fixesOf(rows, image?.os ?? '')
}

export async function imageDiff({ db }: Context, from: string, to: string): Promise<ImageDiff> {
  const packagesOf = async (id: string) => {
    const rows = await db
      .selectFrom('packages')
      .innerJoin('components', 'components.id', 'packages.component_id')
      .select(['name', 'type', 'version'])
      .where('image_id', '=', id)
      .execute()
    const out = new Map<string, Set<string>>()
    for (const { name, type, version } of rows) {
      const key = `${type} ${name}`
      out.set(key, (out.get(key) ?? new Set()).add(version))
    }
    return new Map([...out].map(([key, versions]) => [key, [...versions].sort().join(', ')]))
  }
  const flawsOf = async (id: string) => {
    const rows = await db
      .selectFrom('findings')
      .select(['name', 'package', 'severity'])
      .where('image_id', '=', id)
      .where('kind', '=', 'vulnerability')
      .execute()
    return new Map(
      rows.map(row => [
        `${row.name} ${row.package}`,
        { id: row.name, package: row.package, severity: severityName(row.severity) },
      ]),
    )
  }
  for (const id of [from, to])
    found(await db.selectFrom('images').select('id').where('id', '=', id).executeTakeFirst(), 'image')
  const [before, after] = [await packagesOf(from), await packagesOf(to)]
  const [old, fresh] = [await flawsOf(from), await flawsOf(to)]
  const packages = [...new Set([...before.keys(), ...after.keys()])].sort().flatMap(key => {
    const [a, b] = [before.get(key), after.get(key)]
    const name = key.slice(key.indexOf(' ') + 1)
    return a === b ? [] : [{ name, ...(a !== undefined && { before: a }), ...(b !== undefined && { after: b }) }]
  })
  return {
    from,
    to,
    packages,
    added: [...fresh].filter(([key]) => !old.has(key)).map(([, one]) => one),
    removed: [...old].filter(([key]) => !fresh.has(key)).map(([, one]) => one),
  }
}
