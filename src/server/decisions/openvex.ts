import { hash } from 'node:crypto'
import { iso } from '../ingest/time.ts'
import type { DecisionRow } from './store.ts'

/** A finding under a decision, as far as VEX goes. */
export interface Covered {
  decision_id: string
  name: string
  purl: string
  image: string
  digests: readonly string[]
}

/** VEX's words. An accepted risk is a risk: it is `affected`, and so is what is being fixed; a false positive is code that is not there. */
const words: Record<string, { status: 'affected' | 'not_affected'; justification?: string }> = {
  fixing: { status: 'affected' },
  accepted: { status: 'affected' },
  false_positive: { status: 'not_affected', justification: 'vulnerable_code_not_present' },
  not_affected: { status: 'not_affected' },
}

/** OpenVEX 0.2.0 of decisions in force: one statement per decision and flaw, with the images and packages that it covers now. */
export function openVexOf(
  decisions: readonly DecisionRow[],
  covered: readonly Covered[],
  now: number,
  version: string,
): Record<string, unknown> {
  const byDecision = Map.groupBy(covered, one => one.decision_id)
  const statements = decisions
    .filter(row => row.vulnerability !== '' || row.package !== '')
    .flatMap(row =>
      [...Map.groupBy(byDecision.get(row.id) ?? [], one => one.name)].map(([flaw, group]) =>
        statementOf(row, flaw, group),
      ),
    )
  const body = { statements }
  return {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': `https://openvex.dev/docs/jenner/${hash('sha256', JSON.stringify(body)).slice(0, 32)}`,
    author: 'Jenner',
    timestamp: iso(now),
    version: 1,
    tooling: `jenner/${version}`,
    ...body,
  }
}

function statementOf(row: DecisionRow, flaw: string, group: readonly Covered[]): Record<string, unknown> {
  const { status, justification } = words[row.status] ?? { status: 'affected' as const }
  const images = Map.groupBy(group, one => one.digests[0] ?? one.image)
  return {
    vulnerability: { name: flaw },
    timestamp: iso(row.created_at),
    last_updated: iso(row.updated_at),
    products: [...images].map(([id, parts]) => ({
      '@id': id,
      subcomponents: [...new Set(parts.map(one => one.purl))]
        .filter(Boolean)
        .map(purl => ({ '@id': purl, identifiers: { purl } })),
    })),
    status,
    ...(status === 'not_affected'
      ? { justification: row.justification || justification, ...(row.comment && { impact_statement: row.comment }) }
      : { action_statement: actionOf(row) }),
  }
}

function actionOf({ status, owner, expires, comment }: DecisionRow): string {
  const until = expires === null ? '' : ` until ${iso(expires)}`
  return `${status === 'accepted' ? 'risk accepted' : 'being fixed'} by ${owner}${until}${comment ? `: ${comment}` : ''}`
}
