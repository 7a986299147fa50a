import { sql } from 'kysely'
import { insertMany } from '../db/insert.ts'
import type { Store } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'
import { updateMany } from '../db/update.ts'
import { weightOf } from './scales.ts'

/** Sums over findings are kept beside them: a list must not add up 200,000 rows. */

type VulnerabilityRow = Tables['vulnerabilities']
const columns = [
  'id',
  'severity',
  'title',
  'packages',
  'package_names',
  'images',
  'running',
  'in_use',
  'reach',
  'score',
  'cvss',
  'epss',
  'kev',
  'fixable',
  'first_seen',
  'decided',
] as const
const conflict = `(id) do update set ${columns
  .slice(1)
  .map(name => `${name} = excluded.${name}`)
  .join(', ')}`

/** Takes the sums of these flaws anew; `pause` lets others work in between. */
export async function sumFlaws(store: Store, names: readonly string[], pause: () => Promise<void>): Promise<void> {
  for (let at = 0; at < names.length; at += 50) {
    const part = names.slice(at, at + 50)
    const rows = await store.db
      .selectFrom('findings')
      .select([
        'name',
        'image_id',
        'severity',
        'title',
        'package',
        'purl',
        'installed',
        'fixed',
        'in_use',
        'reach',
        'running',
        'score',
        'cvss',
        'epss',
        'kev',
        'first_seen',
        'decision_id',
      ])
      .where('name', 'in', part)
      .where('kind', '=', 'vulnerability')
      .execute()
    const groups = Map.groupBy(rows, row => row.name)
    const gone = part.filter(name => !groups.has(name))
    await store.db.transaction().execute(async transaction => {
      if (gone.length > 0) await transaction.deleteFrom('vulnerabilities').where('id', 'in', gone).execute()
      const sums = [...groups].map(([id, group]) => sumOf(id, group))
      await insertMany(transaction, store.kind, 'vulnerabilities', columns, sums, { conflict })
    })
    await pause()
  }
}

type Part = Pick<
  Tables['findings'],
  | 'image_id'
  | 'severity'
  | 'title'
  | 'package'
  | 'purl'
  | 'installed'
  | 'fixed'
  | 'in_use'
  | 'reach'
  | 'running'
  | 'score'
  | 'cvss'
  | 'epss'
  | 'kev'
  | 'first_seen'
  | 'decision_id'
>

const mostPackages = 50

/** Open findings alone count, as long as there are some: a decision about one image must not colour the others. */
function sumOf(id: string, all: readonly Part[]): VulnerabilityRow {
  const open = all.filter(row => row.decision_id === '')
  const rows = open.length > 0 ? open : all
  const most = (name: 'reach' | 'score' | 'cvss' | 'epss' | 'kev') =>
    rows.reduce((top, row) => Math.max(top, row[name]), -1)
  const running = new Map(rows.map(row => [row.image_id, row.running]))
  const live = rows.filter(row => row.running > 0)
  const packages = packagesOf(rows)
  return {
    id,
    severity: Math.min(...rows.map(row => row.severity)),
    title: rows.find(row => row.title !== '')?.title ?? '',
    packages: JSON.stringify(packages.slice(0, mostPackages)),
    package_names: ` ${[...new Set(packages.map(one => one.name))].join(' ')} `.slice(0, 4000),
    images: running.size,
    running: [...running.values()].reduce((sum, count) => sum + count, 0),
    in_use: inUseOf(live),
    reach: live.reduce((bits, row) => bits | row.reach, 0),
    score: most('score'),
    cvss: most('cvss'),
    epss: most('epss'),
    kev: most('kev'),
    fixable: Number(rows.some(row => row.fixed !== '')),
    first_seen: Math.min(...rows.map(row => row.first_seen)),
    decided: Number(open.length === 0),
  }
}

/** "No" needs every running place to say no. */
function inUseOf(rows: readonly Part[]): number {
  if (rows.some(row => row.in_use === 2)) return 2
  return rows.length > 0 && rows.every(row => row.in_use === 0) ? 0 : 1
}

function packagesOf(rows: readonly Part[]) {
  const out = new Map<string, { name: string; ecosystem: string; installed: string[]; fixed?: string }>()
  for (const row of rows) {
    const ecosystem = /^pkg:([a-z0-9.+-]+)\//i.exec(row.purl)?.[1] ?? ''
    const key = `${ecosystem} ${row.package}`
    const known = out.get(key) ?? { name: row.package, ecosystem, installed: [] }
    if (!known.installed.includes(row.installed) && known.installed.length < 20) known.installed.push(row.installed)
    if (row.fixed !== '') known.fixed = row.fixed
    out.set(key, known)
  }
  return [...out.values()]
}

/** Takes the sums of these components anew: images that hold them, flaws by severity, use. Those that no image holds go. */
export async function sumComponents(store: Store, ids: readonly number[], pause: () => Promise<void>): Promise<void> {
  const { db, kind } = store
  for (let at = 0; at < ids.length; at += 400) {
    const part = ids.slice(at, at + 400)
    const held = await db
      .selectFrom('packages')
      .select(['component_id', sql<number>`count(distinct image_id)`.as('images'), sql<number>`max(in_use)`.as('most')])
      .select(sql<number>`min(in_use)`.as('least'))
      .where('component_id', 'in', part)
      .groupBy('component_id')
      .execute()
    const flaws = await db
      .selectFrom('findings')
      .select(['component_id', 'severity', sql<number>`count(distinct name)`.as('n')])
      .where('component_id', 'in', part)
      .where('kind', '=', 'vulnerability')
      .where('decision_id', '=', '')
      .groupBy(['component_id', 'severity'])
      .execute()
    const byComponent = Map.groupBy(flaws, row => row.component_id)
    const rows = held.map(({ component_id: id, images, most, least }) => {
      const of = (severity: number) => Number(byComponent.get(id)?.find(row => row.severity === severity)?.n ?? 0)
      const counts = { critical: of(0), high: of(1), medium: of(2), low: of(3), unknown: of(4) }
      const in_use = most === 2 ? 2 : least === 0 && most === 0 ? 0 : 1
      return { id, images: Number(images), in_use, ...counts, weight: weightOf(counts) }
    })
    const gone = part.filter(id => !rows.some(row => row.id === id))
    await updateMany(db, kind, 'components', ['id'], sums, rows)
    if (gone.length > 0) await db.deleteFrom('components').where('id', 'in', gone).execute()
    await pause()
  }
}

const sums = ['images', 'in_use', 'critical', 'high', 'medium', 'low', 'unknown', 'weight'] as const
