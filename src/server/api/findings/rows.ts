import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Tables } from '../../db/tables.ts'
import { iso } from '../../ingest/time.ts'
import { severityName } from '../../judge/scales.ts'
import { inUseName, reasonsOf } from '../../judge/score.ts'
import type { Finding } from '../../schemas/vulnerabilities.ts'

/** A left join although each has its image: SQLite then never starts from the images and sorts all findings, nor looks at an image to count. */
export function selectFindings({ db }: Pick<Context, 'db'>) {
  return db
    .selectFrom('findings')
    .leftJoin('images', 'images.id', 'findings.image_id')
    .selectAll('findings')
    .select(sql<string>`coalesce(images.name, '')`.as('image_name'))
}

export type FindingRow = Tables['findings'] & { image_name: string }

export function findingOf(row: FindingRow, rank: (score: number) => number): Finding {
  return {
    id: row.id,
    kind: row.kind as Finding['kind'],
    name: row.name,
    severity: severityName(row.severity),
    title: row.title,
    imageId: row.image_id,
    image: row.image_name,
    ...(row.package && { package: row.package }),
    ...(row.purl && { purl: row.purl }),
    ...(row.installed && { installed: row.installed }),
    ...(row.fixed && { fixed: row.fixed }),
    status: row.status,
    ...(row.path && { path: row.path }),
    ...(row.layer && { layer: row.layer }),
    inUse: inUseName(row.in_use),
    exposed: row.running > 0 && (row.reach & 1) === 1,
    running: row.running,
    rank: rank(row.score),
    reasons: reasonsOf(row),
    firstSeen: iso(row.first_seen),
    ...(row.decision_id && { decision: row.decision_id }),
    evidence: row.evidence,
    ...(row.from_base !== null && { fromBase: row.from_base === 1 }),
  }
}
