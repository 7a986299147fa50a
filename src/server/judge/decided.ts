import { sql } from 'kysely'
import type { Db, Store } from '../db/open.ts'
import { updateMany } from '../db/update.ts'
import { concerns, type DecisionFacts, decide, inForce, type Subject } from './decide.ts'
import { weightOf } from './scales.ts'

/** Decisions in force now. */
export async function decisionsInForce(db: Db, now: number): Promise<DecisionFacts[]> {
  const rows = await db.selectFrom('decisions').selectAll().where('state', '=', 'active').execute()
  return rows.filter(row => inForce(row, now))
}

/** How each container of an image may be called in a decision's scope. */
export async function workloadsOf(db: Db, imageIds: readonly string[]): Promise<Map<string, string[][]>> {
  const out = new Map<string, string[][]>()
  for (let at = 0; at < imageIds.length; at += 500) {
    const rows = await db
      .selectFrom('containers')
      .select(['image_id', 'name', 'service', 'owner'])
      .where('image_id', 'in', imageIds.slice(at, at + 500))
      .where('state', '!=', 'gone')
      .execute()
    for (const row of rows) {
      const names = [row.name, row.service, row.owner, row.owner && `${row.owner}/${row.service}`].filter(Boolean)
      out.set(row.image_id, [...(out.get(row.image_id) ?? []), names])
    }
  }
  return out
}

interface Candidate {
  id: string
  image_id: string
  kind: string
  name: string
  severity: number
  package: string
  purl: string
  component_id: number
  decision_id: string
}

/** Findings that a scope may be about; read in parts, so that `*` over everything takes no memory. */
export async function* candidates(
  { db }: Store,
  scope: Pick<DecisionFacts, 'vulnerability' | 'package' | 'rule' | 'image'> & { id?: string },
): AsyncGenerator<Candidate[]> {
  let after = ''
  for (;;) {
    let query = db
      .selectFrom('findings')
      .select(['id', 'image_id', 'kind', 'name', 'severity', 'package', 'purl', 'component_id', 'decision_id'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(5000)
    const { vulnerability, rule, package: pkg } = scope
    const exact = vulnerability || rule
    if (exact && !exact.includes('*')) {
      // Upper case as ids are written; aliases are looked for in their list.
      const names = await namesLike(db, exact)
      query = query.where('name', 'in', names)
    } else if (pkg && !pkg.includes('*') && !pkg.startsWith('pkg:')) query = query.where('package', '=', pkg)
    const rows = await query.execute()
    if (rows.length > 0) yield rows
    if (rows.length < 5000) return
    after = rows.at(-1)!.id
  }
}

async function namesLike(db: Db, id: string): Promise<string[]> {
  const quoted = `%"${id.replace(/[\\%_]/g, '\\$&')}"%`
  const rows = await db
    .selectFrom('flaws')
    .select('id')
    .where(sql<boolean>`aliases like ${quoted} escape '\\'`)
    .limit(1000)
    .execute()
  return [...new Set([id, id.toUpperCase(), id.toLowerCase(), ...rows.map(row => row.id)])]
}

/** Subjects of findings, with what their images and containers are called. */
export async function subjectsOf(db: Db, rows: readonly Candidate[]): Promise<Map<string, Subject>> {
  const imageIds = [...new Set(rows.map(row => row.image_id))]
  const names = new Map<string, string[]>()
  for (let at = 0; at < imageIds.length; at += 500) {
    const part = imageIds.slice(at, at + 500)
    for (const image of await db
      .selectFrom('images')
      .select(['id', 'names', 'digests'])
      .where('id', 'in', part)
      .execute())
      names.set(image.id, [
        image.id,
        ...(JSON.parse(image.names) as string[]),
        ...(JSON.parse(image.digests) as string[]),
      ])
  }
  const workloads = await workloadsOf(db, imageIds)
  const aliases = new Map<string, string[]>()
  const ids = [...new Set(rows.map(row => row.name))]
  for (let at = 0; at < ids.length; at += 500)
    for (const flaw of await db
      .selectFrom('flaws')
      .select(['id', 'aliases'])
      .where('id', 'in', ids.slice(at, at + 500))
      .execute())
      aliases.set(flaw.id, JSON.parse(flaw.aliases) as string[])
  return new Map(
    rows.map(row => [
      row.id,
      {
        kind: row.kind,
        name: row.name,
        aliases: aliases.get(row.name) ?? [],
        package: row.package,
        purl: row.purl,
        images: names.get(row.image_id) ?? [row.image_id],
        workloads: workloads.get(row.image_id) ?? [],
      },
    ]),
  )
}

export interface Redecided {
  changed: number
  names: Set<string>
  components: Set<number>
  images: Set<string>
}

/**
 * Looks at all that a decision covers or may cover, and gives each finding the decision that holds for it now. For a decision that is new, changed, ended or taken back.
 */
export async function redecide(store: Store, decision: DecisionFacts, now: number): Promise<Redecided> {
  const { db, kind } = store
  const out: Redecided = { changed: 0, names: new Set(), components: new Set(), images: new Set() }
  const all = await decisionsInForce(db, now)
  const look = async (rows: readonly Candidate[]) => {
    const subjects = await subjectsOf(db, rows)
    const changed = rows.flatMap(row => {
      const decision_id = decide(subjects.get(row.id)!, all)?.id ?? ''
      return decision_id === row.decision_id ? [] : [{ ...row, decision_id }]
    })
    if (changed.length === 0) return
    await db
      .transaction()
      .execute(transaction => updateMany(transaction, kind, 'findings', ['id'], ['decision_id'], changed))
    out.changed += changed.length
    for (const row of changed) {
      if (row.kind === 'vulnerability') out.names.add(row.name)
      if (row.component_id > 0) out.components.add(row.component_id)
      out.images.add(row.image_id)
    }
  }
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('findings')
      .select(['id', 'image_id', 'kind', 'name', 'severity', 'package', 'purl', 'component_id', 'decision_id'])
      .where('decision_id', '=', decision.id)
      .where('id', '>', after)
      .orderBy('id')
      .limit(5000)
      .execute()
    await look(rows)
    if (rows.length < 5000) break
    after = rows.at(-1)!.id
  }
  for await (const rows of candidates(store, decision)) await look(rows)
  for (const id of out.images) await countImage(db, id)
  return out
}

/** What a decision would cover, before it is made. */
export async function preview(store: Store, scope: Omit<DecisionFacts, 'id' | 'status' | 'created_at' | 'expires'>) {
  let matches = 0
  const images = new Set<string>()
  const samples: { row: Candidate; image: string }[] = []
  for await (const rows of candidates(store, scope)) {
    const subjects = await subjectsOf(store.db, rows)
    for (const row of rows) {
      const subject = subjects.get(row.id)!
      if (!concerns(scope, subject)) continue
      matches++
      images.add(row.image_id)
      if (samples.length < 10) samples.push({ row, image: subject.images[1] ?? row.image_id })
    }
  }
  return { matches, images: images.size, samples }
}

/** Counts an image's open findings anew. */
export async function countImage(db: Db, imageId: string): Promise<void> {
  const rows = await db
    .selectFrom('findings')
    .select(['kind', 'severity', sql<number>`count(*)`.as('n')])
    .where('image_id', '=', imageId)
    .where('decision_id', '=', '')
    .groupBy(['kind', 'severity'])
    .execute()
  const of = (kind: string, severity?: number) =>
    rows
      .filter(row => row.kind === kind && (severity === undefined || row.severity === severity))
      .reduce((sum, row) => sum + Number(row.n), 0)
  const counts = {
    critical: of('vulnerability', 0),
    high: of('vulnerability', 1),
    medium: of('vulnerability', 2),
    low: of('vulnerability', 3),
    unknown: of('vulnerability', 4),
  }
  await db
    .updateTable('images')
    .set({ ...counts, weight: weightOf(counts), secrets: of('secret'), malware: of('malware') })
    .where('id', '=', imageId)
    .execute()
}
