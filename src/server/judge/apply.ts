import { hash } from 'node:crypto'
import { insertMany } from '../db/insert.ts'
import type { Db, Store } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'
import { updateMany } from '../db/update.ts'
import { type DecisionFacts, decide, type Subject } from './decide.ts'
import type { Judged, JudgedFinding } from './judged.ts'
import { weightOf } from './scales.ts'
import { scoreOf } from './score.ts'

type FindingRow = { [K in keyof Tables['findings']]: Tables['findings'][K] }

/** What changed in the store. */
export interface Applied {
  added: number
  removed: number
  /** Flaws and components whose sums must be taken again. */
  names: Set<string>
  components: Set<number>
}

/** What the server knows of an image when a verdict about it comes. */
export interface ImageFacts {
  id: string
  running: number
  reach: number
  names: readonly string[]
  workloads: Subject['workloads']
}

const columns = [
  'id',
  'image_id',
  'kind',
  'name',
  'severity',
  'title',
  'package',
  'component_id',
  'package_no',
  'purl',
  'installed',
  'fixed',
  'status',
  'path',
  'layer',
  'in_use',
  'reach',
  'running',
  'score',
  'cvss',
  'epss',
  'kev',
  'first_seen',
  'decision_id',
  'evidence',
  'from_base',
] as const
const changing = columns.filter(name => name !== 'id' && name !== 'first_seen' && name !== 'image_id')

/** Puts a verdict about an image in the place of the one before: what is still there keeps the day it was first seen. In one transaction. `verdict` names it (`verdictOf`). */
export async function applyJudged(
  store: Store,
  image: ImageFacts,
  judged: Judged,
  decisions: readonly DecisionFacts[],
  now: number,
  verdict: string,
): Promise<Applied> {
  const { db, kind } = store
  const packages = await db
    .selectFrom('packages')
    .select(['no', 'component_id', 'in_use'])
    .where('image_id', '=', image.id)
    .execute()
  const byNo = new Map(packages.map(row => [row.no, row]))
  const aliases = new Map(judged.flaws.map(flaw => [flaw.id, JSON.parse(flaw.aliases) as string[]]))
  const missing = [...new Set(judged.findings.map(one => one.name))].filter(name => !aliases.has(name))
  if (decisions.some(one => one.vulnerability !== '')) await readAliases(store, missing, aliases)
  const next = new Map<string, FindingRow>()
  for (const finding of judged.findings) {
    const row = rowOf(finding, image, byNo.get(finding.package_no), aliases.get(finding.name) ?? [], decisions, now)
    if (!next.has(row.id)) next.set(row.id, row)
  }
  const out: Applied = { added: 0, removed: 0, names: new Set(), components: new Set() }
  const touch = (row: { name: string; component_id: number; kind: string }) => {
    if (row.kind === 'vulnerability') out.names.add(row.name)
    if (row.component_id > 0) out.components.add(row.component_id)
  }
  await db.transaction().execute(async transaction => {
    const before = await transaction.selectFrom('findings').selectAll().where('image_id', '=', image.id).execute()
    const gone: string[] = []
    const changed: FindingRow[] = []
    for (const row of before) {
      const later = next.get(row.id)
      if (!later) gone.push(row.id)
      else if (changing.some(name => later[name] !== row[name])) changed.push(later)
      else continue
      touch(row)
    }
    const had = new Set(before.map(({ id }) => id))
    const fresh = [...next.values()].filter(({ id }) => !had.has(id))
    for (const row of fresh) touch(row)
    for (let at = 0; at < gone.length; at += 500)
      await transaction
        .deleteFrom('findings')
        .where('id', 'in', gone.slice(at, at + 500))
        .execute()
    await updateMany(transaction, kind, 'findings', ['id'], changing, changed)
    await insertMany(transaction, kind, 'findings', columns, fresh)
    await keepFlaws(transaction, kind, judged.flaws)
    const fields = { ...imageFields(judged, next.values()), verdict }
    await transaction.updateTable('images').set(fields).where('id', '=', image.id).execute()
    out.added = fresh.length
    out.removed = gone.length
  })
  return out
}

/** Tells of images whose findings are the same as before by which advisories that is known. */
export async function confirmJudged({ db, kind }: Store, images: readonly { id: string; judged: Judged }[]) {
  const fields = ['os_eol', 'incomplete', 'judged_by', 'base_name', 'base_how'] as const
  await db.transaction().execute(async transaction => {
    await keepFlaws(
      transaction,
      kind,
      images.flatMap(({ judged }) => judged.flaws),
    )
    for (const based of [true, false]) {
      const rows = images.filter(({ judged }) => (judged.base !== undefined) === based)
      await updateMany(
        transaction,
        kind,
        'images',
        ['id'],
        based ? fields : fields.slice(0, 3),
        rows.map(({ id, judged }) => ({ id, ...saidOf(judged) })),
      )
    }
  })
}

/** Most texts are told again as they were. */
async function keepFlaws(db: Db, kind: Store['kind'], flaws: Judged['flaws']): Promise<void> {
  await insertMany(db, kind, 'flaws', flawColumns, flaws, { conflict: flawConflict })
}

const flawColumns = ['id', 'aliases', 'title', 'description', 'url', 'cvss', 'epss', 'kev', 'refs'] as const
const flawConflict = `(id) do update set ${flawColumns
  .slice(1)
  .map(name => `${name} = excluded.${name}`)
  .join(', ')} where ${flawColumns
  .slice(1)
  .map(name => `flaws.${name} <> excluded.${name}`)
  .join(' or ')}`

async function readAliases({ db }: Store, names: string[], into: Map<string, string[]>): Promise<void> {
  for (let at = 0; at < names.length; at += 500) {
    const part = names.slice(at, at + 500)
    const rows = await db.selectFrom('flaws').select(['id', 'aliases']).where('id', 'in', part).execute()
    for (const { id, aliases } of rows) into.set(id, JSON.parse(aliases) as string[])
  }
}

function rowOf(
  finding: JudgedFinding,
  image: ImageFacts,
  pkg: { component_id: number; in_use: number } | undefined,
  aliases: readonly string[],
  decisions: readonly DecisionFacts[],
  now: number,
): FindingRow {
  const subject = { ...finding, aliases, images: [image.id, ...image.names], workloads: image.workloads }
  const facts = {
    ...finding,
    image_id: image.id,
    component_id: pkg?.component_id ?? 0,
    in_use: pkg?.in_use ?? 1,
    reach: image.reach,
    running: image.running,
  }
  return {
    ...facts,
    id: idOf(image.id, finding),
    score: scoreOf(facts),
    first_seen: now,
    decision_id: decide(subject, decisions)?.id ?? '',
  }
}

/** The same thing wrong with the same image has the same id, whichever way it is judged. */
function idOf(imageId: string, { kind, name, purl, path, package: pkg }: JudgedFinding): string {
  return hash('sha256', [imageId, kind, name, purl || pkg, path].join('\0'), 'hex').slice(0, 32)
}

/** Names a verdict with all else that findings hold of: while it is the same, they are too. */
export function verdictOf(
  { digest }: Judged,
  { running, reach, names, workloads }: ImageFacts,
  decisions: readonly DecisionFacts[],
): string {
  return `${digest}:${hash('sha256', JSON.stringify([running, reach, names, workloads, decisions]), 'hex').slice(0, 32)}`
}

/** Only what nobody decided about counts. */
function imageFields(judged: Judged, rows: Iterable<FindingRow>) {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0, secrets: 0, malware: 0 }
  const names = ['critical', 'high', 'medium', 'low', 'unknown'] as const
  for (const { kind, severity, decision_id } of rows) {
    if (decision_id !== '') continue
    if (kind === 'vulnerability') counts[names[severity] ?? 'unknown']++
    else if (kind === 'secret') counts.secrets++
    else if (kind === 'malware') counts.malware++
  }
  return {
    ...counts,
    weight: weightOf(counts),
    ...saidOf(judged),
  }
}

/** What a verdict says of the image as a whole. */
function saidOf(judged: Judged) {
  return {
    os_eol: judged.endOfLife === undefined ? null : Number(judged.endOfLife),
    incomplete: JSON.stringify(judged.incomplete),
    judged_by: judged.by,
    ...(judged.base && { base_name: judged.base.name, base_how: judged.base.how }),
  }
}
